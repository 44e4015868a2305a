"""The bot's name, descriptions, commands and menu buttons, by scope and language."""

import re
from dataclasses import dataclass, field

from simulator.refusals import bad
from simulator.wire import Json

_COMMAND = re.compile(r"^[a-z0-9_]{1,32}$")
_SCOPES = frozenset({
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators",
    "chat", "chat_administrators", "chat_member",
})  # fmt: skip
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}
DEFAULT_BUTTON: Json = {"type": "commands"}

Scope = tuple[str, int | str | None]


@dataclass(slots=True)
class Menus:
    """What the bot has told Telegram about itself."""

    first_name: str
    _commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    _words: dict[tuple[str, str], str] = field(default_factory=dict)
    _buttons: dict[int | None, Json] = field(default_factory=dict)

    def set_commands(self, commands: list[Json], *, scope: Json | None, language: str) -> None:
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        self._commands[_scope(scope), language] = [_command(entry) for entry in commands]

    def commands(self, scope: Json | None, language: str) -> list[Json]:
        return self._commands.get((_scope(scope), language), [])

    def delete_commands(self, scope: Json | None, language: str) -> None:
        self._commands.pop((_scope(scope), language), None)

    def shown_to(self, chat_id: int, language: str) -> list[Json]:
        """The commands a person sees: the closest scope first, their language before none."""
        scopes: tuple[Scope, ...] = (
            ("chat", chat_id), ("all_private_chats", None), ("default", None),
        )  # fmt: skip
        asked = ((scope, tongue) for scope in scopes for tongue in (language, ""))
        return next((self._commands[key] for key in asked if self._commands.get(key)), [])

    def set_words(self, kind: str, text: str, *, language: str) -> None:
        """The name, the description or the short description."""
        if len(text) > _LENGTHS[kind]:
            raise bad(f"bot {kind.replace('_', ' ')} is too long")
        self._words[kind, language] = text

    def words(self, kind: str, language: str) -> str:
        return self._words.get((kind, language)) or self._words.get((kind, ""), "")

    def name(self, language: str) -> str:
        return self.words("name", language) or self.first_name

    def set_button(self, chat_id: int | None, button: Json) -> None:
        if button.get("type") not in {"commands", "default", "web_app"}:
            raise bad("MenuButton has unsupported type")
        self._buttons[chat_id] = button

    def button(self, chat_id: int | None) -> Json:
        return self._buttons.get(chat_id) or self._buttons.get(None) or DEFAULT_BUTTON


def _scope(scope: Json | None) -> Scope:
    if scope is None:
        return "default", None
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    if kind.startswith("chat") and not scope.get("chat_id"):
        raise bad("can't parse BotCommandScope: Empty chat_id specified")
    return kind, scope.get("chat_id")


def _command(entry: object) -> Json:
    if not isinstance(entry, dict):
        raise bad("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(entry.get(name), str):
            raise bad(f"can't parse BotCommand: Can't find field \"{name}\"")
    if not _COMMAND.match(entry["command"].removeprefix("/")):
        raise bad("BOT_COMMAND_INVALID")
    if not entry["description"]:
        raise bad("command description must be non-empty")
    if len(entry["description"]) > 256:
        raise bad("command description length must not exceed 256")
    command = entry["command"].removeprefix("/")
    return {"command": command, "description": entry["description"]}
