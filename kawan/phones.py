"""Phones without a network: a mouth that speaks into memory, and updates as Telegram makes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from aftercare.pictures import Picture
from aftercare.words import Worded
from scheduler.mouth import Outcome, Refused, Said


@dataclass(frozen=True, slots=True)
class Heard:
    """A message on a phone. `rows` are (label, callback data, url)."""

    number: int
    text: str
    rows: tuple[tuple[tuple[str, str | None, str | None], ...], ...] = ()
    picture: Picture | None = None


@dataclass(slots=True)
class Phone:
    """One Telegram account. `updates` takes what this person does."""

    chat: int
    updates: Callable[[dict[str, Any]], None]
    numbers: Any = field(default_factory=lambda: count(1))
    messages: list[Heard] = field(default_factory=list)
    menu: list[tuple[str, str]] = field(default_factory=list)
    blocked: bool = False

    def writes(self, text: str) -> None:
        self.updates({"message": {**self._message(), "text": text}})

    def sends(self, **content: Any) -> None:
        """Anything but text: `phone.sends(sticker={...})`."""
        self.updates({"message": {**self._message(), **content}})

    def taps(self, label: str) -> None:
        """The newest button whose label holds these words."""
        for heard in reversed(self.messages):
            for row in heard.rows:
                for shown, data, _url in row:
                    if label in shown and data:
                        self.taps_data(data, on=heard)
                        return
        raise AssertionError(f"no button {label!r}; the newest are {self.buttons}")

    def taps_data(self, data: str, on: Heard | None = None) -> None:
        message = {**self._message(), "message_id": on.number, "text": on.text} if on else None
        query = {
            "id": f"{self.chat}-{data}",
            "from": self._user(),
            "chat_instance": "1",
            "data": data,
        }
        self.updates({"callback_query": {**query, **({"message": message} if message else {})}})

    def blocks(self) -> None:
        self.blocked = True
        self.updates({"my_chat_member": self._membership("member", "kicked")})

    def unblocks(self) -> None:
        self.blocked = False
        self.updates({"my_chat_member": self._membership("kicked", "member")})

    @property
    def newest(self) -> Heard:
        return self.messages[-1]

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message that has any."""
        for heard in reversed(self.messages):
            if heard.rows:
                return [label for row in heard.rows for label, _, _ in row]
        return []

    def _user(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": "Orang"}

    def _message(self) -> dict[str, Any]:
        chat = {"id": self.chat, "type": "private", "first_name": "Orang"}
        return {
            "message_id": 10_000 + next(self.numbers),
            "date": 0,
            "chat": chat,
            "from": self._user(),
        }

    def _membership(self, before: str, after: str) -> dict[str, Any]:
        bot = {"id": 1, "is_bot": True, "first_name": "Kawan"}
        return {
            "chat": {"id": self.chat, "type": "private"},
            "from": self._user(),
            "date": 0,
            "old_chat_member": {"status": before, "user": bot, "until_date": 0},
            "new_chat_member": {"status": after, "user": bot, "until_date": 0},
        }


class Phones:
    """Every phone in town, and the mouth that reaches them."""

    def __init__(self) -> None:
        self.all: dict[int, Phone] = {}
        self.said: list[dict[str, Any]] = []
        self._numbers = count(1)

    def phone(self, chat: int) -> Phone:
        return self.all.setdefault(chat, Phone(chat, self.said.append))

    async def say(self, chat: int, worded: Worded, picture: Picture | None) -> Outcome:
        phone = self.phone(chat)
        if phone.blocked:
            return Refused("Forbidden: bot was blocked by the user", gone=True)
        phone.messages.append(Heard(next(self._numbers), worded.text, worded.rows, picture))
        return Said(phone.newest.number)

    async def reword(self, chat: int, message: int, worded: Worded) -> Outcome:
        return self._change(chat, message, text=worded.text, rows=worded.rows)

    async def rebutton(self, chat: int, message: int, worded: Worded) -> Outcome:
        return self._change(chat, message, rows=worded.rows)

    async def show_menu(self, chat: int, commands: list[tuple[str, str]]) -> Outcome:
        self.phone(chat).menu = commands
        return Said(None)

    def _change(self, chat: int, message: int, **change: Any) -> Outcome:
        messages = self.phone(chat).messages
        for at, heard in enumerate(messages):
            if heard.number == message:
                messages[at] = replace(heard, **change)
                return Said(message)
        return Refused("Bad Request: message to edit not found")
