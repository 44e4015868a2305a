"""A street to deliver in: people with chats, a mouth in memory that can be told to fail."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aftercare.clock import MovableClock
from aftercare.messages import Lane, Message, Terms
from aftercare.pictures import Picture
from aftercare.records import clients, offices, outbox, people
from aftercare.records.consents import Consent
from aftercare.records.database import Database
from aftercare.records.outbox import Cause, Outgoing
from aftercare.records.people import Person
from aftercare.records.staff import Staff
from aftercare.words import Book, Text, Worded
from scheduler.delivery import Delivery
from scheduler.mouth import Outcome, Said
from scheduler.pace import Pace
from tests.waiting import until

BOOK = Book(
    {"note.anyone.plain": Text("{words}"), "note.anyone.other": Text("Halo {nickname}, {words}")}
)


@dataclass(slots=True)
class FakeMouth:
    """Notes what was said, in which order; each failure that was ordered is used once."""

    said: list[tuple[int, str]] = field(default_factory=list)
    failures: deque[Outcome] = field(default_factory=deque)
    slow: dict[int, float] = field(default_factory=dict)
    fails_to_edit: Outcome | None = None
    most_at_once: int = 0
    _now: int = 0

    async def say(self, chat: int, worded: Worded, picture: Picture | None) -> Outcome:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        await asyncio.sleep(self.slow.get(chat, 0))
        self._now -= 1
        self.said.append((chat, worded.text))
        return self.failures.popleft() if self.failures else Said(len(self.said))

    async def reword(self, chat: int, message: int, worded: Worded) -> Outcome:
        if self.fails_to_edit:
            return self.fails_to_edit
        self.said.append((chat, f"edit {message}: {worded.text}"))
        return Said(message)

    async def rebutton(self, chat: int, message: int, worded: Worded) -> Outcome:
        return Said(message)

    async def show_menu(self, chat: int, commands: list[tuple[str, str]]) -> Outcome:
        return Said(None)


class Street:
    def __init__(self, database: Database, clock: MovableClock, rate: float = 1000) -> None:
        self.database, self.clock, self.mouth = database, clock, FakeMouth()
        self.delivery = Delivery(database, self.mouth, BOOK, clock, Pace(rate))
        self._causes = 0

    async def person(self, name: str, chat: int, role: people.Audience = "officer") -> Person:
        async with self.database.transaction() as db:
            office = (await offices.all_(db) or [await self._office(db)])[0]
            one = people.add(db, role, name, now=self.clock.now(), office_id=office.id)
            one.telegram_id = chat
            await db.flush()
            if role in people.STAFF:
                db.add(Staff(id=one.id))
        return one

    async def _office(self, db: Any) -> offices.Office:
        office = offices.Office(name="Bapas Bandung", waits={}, made_at=self.clock.now())
        db.add(office)
        await db.flush()
        return office

    async def client(self, name: str, chat: int, officer: Person) -> Person:
        """A client who has joined."""
        one = await self.person(name, chat, "client")
        now = self.clock.now()
        async with self.database.transaction() as db:
            db.add(clients.Client(id=one.id, officer_id=officer.id, joined_at=now))
            db.add(Consent(person_id=one.id, kind="join", given=True, text_version="1", at=now))
        return one

    async def posts(
        self, to: Person, *words: str, lane: Lane = Lane.REPLY, **terms: Any
    ) -> list[int]:
        """One message a word; gives the ids of the rows."""
        first = self._causes
        async with self.database.transaction() as db:
            for word in words:
                self._causes += 1
                message = Message(terms.pop("key", "note.anyone.plain"), {"words": word})
                cause = Cause(f"test:{self._causes}", self.clock.now())
                outbox.post(db, message, to=to, because=cause, terms=Terms(lane, **terms))
        return list(range(first + 1, self._causes + 1))

    async def row(self, row_id: int) -> Outgoing:
        async with self.database.transaction() as db:
            return await db.get_one(Outgoing, row_id)

    async def states(self) -> list[str]:
        return [(await self.row(number + 1)).state for number in range(self._causes)]

    @property
    def heard(self) -> list[str]:
        return [words for _, words in self.mouth.said]

    async def speaks_until(self, enough: int, at_most: float = 20.0) -> None:
        """Run the real loop until this many messages were said."""
        stop = asyncio.Event()
        running = asyncio.ensure_future(self.delivery.run(stop))
        await until(lambda: len(self.mouth.said) >= enough, at_most=at_most)
        stop.set()
        await running
