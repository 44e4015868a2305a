"""Small questions that a handler's line of registration may ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from aiogram.filters import BaseFilter, Command
from aiogram.types import CallbackQuery, TelegramObject

from aftercare.records.people import Person

_DEED: Final = re.compile(r"d:([a-z_]{1,24}):(\d{1,19})(?::([a-z0-9_]{1,20}))?", re.ASCII)


def command(*names: str) -> Command:
    """`/name`, also as `/name@bot`, without asking Telegram who we are."""
    return Command(*names, ignore_mention=True, ignore_case=True)


class From(BaseFilter):
    """The person is one of these audiences."""

    def __init__(self, *audiences: str) -> None:
        self.audiences = audiences

    async def __call__(self, _event: TelegramObject, person: Person) -> bool:
        return person.audience in self.audiences


@dataclass(frozen=True, slots=True)
class Done:
    """What a button outside conversations asks for: this, about that, in this way."""

    about: int
    how: str


class Deed(BaseFilter):
    """A button `d:name:number` or `d:name:number:how`. Whether it is allowed is the handler's."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def __call__(self, tap: CallbackQuery) -> bool | dict[str, Any]:
        found = _DEED.fullmatch(tap.data or "")
        if not found or found[1] != self.name:
            return False
        return {"deed": Done(int(found[2]), found[3] or "")}
