"""Words that are a button of the last message: heard as the tap they stand for.

For everything that is posted outside conversations (weekly prompts, cards, menus); an open question
of a conversation reads its own labels. Danger and commands are heard before this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import Message as Heard

from aftercare import words
from aftercare.records import said
from aftercare.records.outbox import Outgoing
from aftercare.words import Book, Reader
from bot import anew
from bot.flows import taps, typed
from bot.flows.playing import Turn

#: Longer than any label: who tells us something is not looked up.
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Button:
    """What it carries, and the number of the message it stands under."""

    data: str
    under: int | None


class IsAButton(BaseFilter):
    """The words are one label of the last message that this person got."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def __call__(self, heard: Heard, turn: Turn) -> bool | dict[str, Any]:
        if not heard.text or heard.text.startswith("/") or len(heard.text) > _LONGEST:
            return False
        last = await said.last(turn.db, turn.person.id)
        found = _named(heard.text, _labels(self._book, last, turn)) if last else None
        if last is None or found is None or taps.unpack(found):
            return False
        return {"button": Button(found, last.telegram_message_id)}


def _labels(book: Book, last: Outgoing, turn: Turn) -> list[tuple[str, str]]:
    """Label and data of each button, as this person reads them; none where its words are gone."""
    person = turn.person
    reader = Reader(person.called, turn.now, "", "", person.time_zone, person.language)
    try:
        rows = book.rows(last.message, reader)
    except (words.UnknownKey, words.MissingValue):
        return []
    return [(label, data) for row in rows for label, data, _ in row if data]


def _named(said: str, labels: list[tuple[str, str]]) -> str | None:
    at = typed.place(said, [label for label, _ in labels])
    return None if at is None else labels[at][1]


async def tapped(heard: Heard, button: Button, turn: Turn, **data: Any) -> None:
    if heard.from_user:
        await anew.as_tap(button.data, button.under, heard.from_user, turn, data)


def router(book: Book) -> Router:
    router = Router(name=__name__)
    router.message.register(tapped, IsAButton(book))
    return router
