"""Methods that only look: who am I, who are they, where is that file."""

from simulator.calls import Call
from simulator.refusals import bad
from simulator.telegram import Telegram
from simulator.wire import Json

_DOWNLOADABLE = 20 * 1024 * 1024
_ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


def get_me(telegram: Telegram, call: Call) -> Json:
    return telegram.me | _ABILITIES


def get_chat(telegram: Telegram, call: Call) -> Json:
    chat = telegram.chat(call.parameters["chat_id"])
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
         "gifts_from_channels"), False,
    )  # fmt: skip
    looks: Json = {"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return chat.as_json() | looks


def get_file(telegram: Telegram, call: Call) -> Json:
    stored = telegram.files.find(call.text("file_id"))
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(stored.data) > _DOWNLOADABLE:
        raise bad("file is too big")
    return stored.facts() | {"file_path": stored.path}


def accept(telegram: Telegram, call: Call) -> bool:
    return True


METHODS = {
    "getMe": get_me,
    "getChat": get_chat,
    "getFile": get_file,
    "logOut": accept,
    "close": accept,
}
