"""Methods that put a new message into a chat."""

from simulator import uploads
from simulator.calls import Call
from simulator.chats import Chat
from simulator.formatting import NO_WORDS, Formatted
from simulator.messages import Media, Message
from simulator.methods import words
from simulator.refusals import bad
from simulator.telegram import Telegram
from simulator.wire import Json

_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
})  # fmt: skip
_FILES = {
    "sendPhoto": "photo", "sendDocument": "document", "sendAnimation": "animation",
    "sendVideo": "video", "sendAudio": "audio", "sendVoice": "voice",
    "sendVideoNote": "video_note", "sendSticker": "sticker",
}  # fmt: skip


def send_message(telegram: Telegram, call: Call) -> Json:
    body = words.text(telegram, call)
    return _sent(telegram, call, body=body)


def send_file(telegram: Telegram, call: Call) -> Json:
    kind = _FILES[call.method]
    caption = words.caption(telegram, call)
    words.markup(telegram, call)
    chat = _open_chat(telegram, call)
    file = uploads.stored(telegram.files, call, kind=kind, named=call.text(kind))
    return _sent(telegram, call, body=caption, media=Media(kind, file), chat=chat)


def send_media_group(telegram: Telegram, call: Call) -> list[Json]:
    items = call.parameters["media"]
    if len(items) > 10:
        raise bad("too many messages to send as an album")
    if len(items) < 2:
        raise bad("too few messages to send as an album")
    chat = _open_chat(telegram, call)
    album = telegram.fresh_id()
    parts = [_album_part(telegram, call, item=item, album=album) for item in items]
    return [_placed(telegram, chat, **part).as_json(chat.as_json()) for part in parts]


def send_location(telegram: Telegram, call: Call) -> Json:
    place = {name: call.parameters[name] for name in ("latitude", "longitude")}
    return _sent(telegram, call, extra=(("location", place),))


def send_contact(telegram: Telegram, call: Call) -> Json:
    card = {name: call.text(name) for name in ("phone_number", "first_name")}
    return _sent(telegram, call, extra=(("contact", card),))


def send_chat_action(telegram: Telegram, call: Call) -> bool:
    if call.text("action") not in _ACTIONS:
        raise bad("wrong parameter action in request")
    chat = telegram.chat(call.parameters["chat_id"])
    chat.accept()
    telegram.tell("typing", chat)
    return True


def _sent(
    telegram: Telegram,
    call: Call,
    *,
    chat: Chat | None = None,
    body: Formatted | None = None,
    **parts: object,
) -> Json:
    markup = words.markup(telegram, call)
    chat = chat or _open_chat(telegram, call)
    replied = _reply(chat, call)
    message = _placed(
        telegram, chat, body=body or NO_WORDS, markup=markup,
        silent=call.flag("disable_notification"), reply_to=replied, **parts,
    )  # fmt: skip
    return message.as_json(chat.as_json())


def _placed(telegram: Telegram, chat: Chat, **parts: object) -> Message:
    telegram.pace.count(chat.id)
    return telegram.say(chat, **parts)


def _open_chat(telegram: Telegram, call: Call) -> Chat:
    chat = telegram.chat(call.parameters["chat_id"])
    chat.accept()
    return chat


def _reply(chat: Chat, call: Call) -> int | None:
    asked = call.parameters.get("reply_parameters") or {}
    number = asked.get("message_id")
    if number is None or number in chat.messages:
        return number
    if asked.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")


def _album_part(telegram: Telegram, call: Call, *, item: Json, album: str) -> Json:
    kind = item.get("type", "")
    if kind not in {"photo", "document", "video", "audio"}:
        raise bad(f"can't parse InputMedia: type must be known, not {kind!r}")
    worded = Call(call.method, {**item, "caption": item.get("caption", "")})
    caption = words.caption(telegram, worded)
    file = uploads.stored(telegram.files, call, kind=kind, named=item.get("media", ""))
    extra = (("media_group_id", album),)
    return {"body": caption, "media": Media(kind, file), "extra": extra}


METHODS = {
    "sendMessage": send_message,
    **dict.fromkeys(_FILES, send_file),
    "sendMediaGroup": send_media_group,
    "sendLocation": send_location,
    "sendContact": send_contact,
    "sendChatAction": send_chat_action,
}
