"""Methods with which the bot tells about itself: commands, names, menu button."""

from simulator.calls import Call
from simulator.telegram import Telegram
from simulator.wire import Json


def set_commands(telegram: Telegram, call: Call) -> bool:
    commands = call.parameters.get("commands") or []
    scope = call.parameters.get("scope")
    telegram.menus.set_commands(commands, scope=scope, language=_language(call))
    telegram.tell_all("phone")
    return True


def get_commands(telegram: Telegram, call: Call) -> list[Json]:
    return telegram.menus.commands(call.parameters.get("scope"), _language(call))


def delete_commands(telegram: Telegram, call: Call) -> bool:
    telegram.menus.delete_commands(call.parameters.get("scope"), _language(call))
    telegram.tell_all("phone")
    return True


def set_name(telegram: Telegram, call: Call) -> bool:
    telegram.menus.set_words("name", call.text("name"), language=_language(call))
    return True


def get_name(telegram: Telegram, call: Call) -> Json:
    return {"name": telegram.menus.name(_language(call))}


def set_description(telegram: Telegram, call: Call) -> bool:
    telegram.menus.set_words("description", call.text("description"), language=_language(call))
    telegram.tell_all("phone")
    return True


def get_description(telegram: Telegram, call: Call) -> Json:
    return {"description": telegram.menus.words("description", _language(call))}


def set_short_description(telegram: Telegram, call: Call) -> bool:
    words = call.text("short_description")
    telegram.menus.set_words("short_description", words, language=_language(call))
    return True


def get_short_description(telegram: Telegram, call: Call) -> Json:
    words = telegram.menus.words("short_description", _language(call))
    return {"short_description": words}


def set_menu_button(telegram: Telegram, call: Call) -> bool:
    button = call.parameters.get("menu_button") or {"type": "default"}
    telegram.menus.set_button(call.chat_id, button)
    return True


def get_menu_button(telegram: Telegram, call: Call) -> Json:
    return telegram.menus.button(call.chat_id)


def _language(call: Call) -> str:
    return call.text("language_code")


METHODS = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": set_name,
    "getMyName": get_name,
    "setMyDescription": set_description,
    "getMyDescription": get_description,
    "setMyShortDescription": set_short_description,
    "getMyShortDescription": get_short_description,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
