"""Another reader's opinion of some words, asked between two transactions and never inside one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from aftercare import background
from bot.understanding.reading import Intent

#: Opinions of updates that another process has handled meanwhile are dropped, the oldest first.
_KEPT: Final = 100


class Reader(Protocol):
    """Answers within its own time, None where it has no opinion."""

    async def read(self, text: str, sender: str) -> Intent | None: ...


class Unread(Exception):
    """These words want another reader's opinion first; nothing has been done about them yet."""

    def __init__(self, text: str, sender: str) -> None:
        super().__init__()
        self.text, self.sender = text, sender


@dataclass(slots=True)
class Second:
    """A second opinion of one update, as its handler sees it.

    `possible` is whether there is somebody to ask who has not been asked; a handler that wants
    the opinion notes so in `wanted`, and does nothing else: it will be called again.
    """

    possible: bool = False
    opinion: Intent | None = None
    wanted: Unread | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One that is being asked: `enough` ends the waiting for it, `over` says that it has ended."""

    enough: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Opinions:
    """What is being asked, by the sender's Telegram id, and what was answered, by update."""

    reader: Reader | None = None
    asked: dict[int, Question] = field(default_factory=dict)
    _given: dict[int, Intent | None] = field(default_factory=dict)
    _news: bool = False

    def of(self, seq: int) -> Second:
        """What is known of this update so far."""
        possible = self.reader is not None and seq not in self._given
        return Second(possible, self._given.get(seq))

    def settle(self, seq: int) -> None:
        self._given.pop(seq, None)

    def ask(self, seq: int, sender: int, words: Unread, *, then: Callable[[], None]) -> None:
        """Others are let in meanwhile; this sender's next update waits, so that order is kept."""
        question = self.asked[sender] = Question()

        async def read() -> None:
            opinion = None
            try:
                opinion = await self._opinion(words, question.enough)
            finally:
                self._keep(seq, opinion)
                del self.asked[sender]
                question.over.set()
                then()

        background.run(read(), name="opinion")

    def hurry(self, sender: int) -> None:
        """The same person has more to say: what is not answered yet goes without an opinion."""
        if question := self.asked.get(sender):
            question.enough.set()

    async def _opinion(self, words: Unread, enough: asyncio.Event) -> Intent | None:
        if self.reader is None:
            return None
        reading = asyncio.ensure_future(self.reader.read(words.text, words.sender))
        waiting = asyncio.ensure_future(enough.wait())
        try:
            await asyncio.wait((reading, waiting), return_when=asyncio.FIRST_COMPLETED)
            return await reading if reading.done() else None
        finally:
            reading.cancel()
            waiting.cancel()

    def _keep(self, seq: int, opinion: Intent | None) -> None:
        self._given[seq], self._news = opinion, True
        while len(self._given) > _KEPT:
            del self._given[next(iter(self._given))]

    async def arrive(self) -> bool:
        """Wait for what was asked; whether anything came since this was last called."""
        await asyncio.gather(*(one.over.wait() for one in self.asked.values()))
        came, self._news = self._news, False
        return came
