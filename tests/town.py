"""A town in memory: the whole product but Telegram itself, with a clock that the test moves.

await budi.writes("halo")
await town.passes(hours=2)
assert await sari.heard() == ["alert.staff.no_show"]
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select

from aftercare.clock import MovableClock
from aftercare.records import clients, offices, people
from aftercare.records.consents import Consent
from aftercare.records.database import Database
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person
from aftercare.records.staff import Staff
from kawan import house
from kawan.days import Days
from kawan.phones import Phone, Phones

#: Monday, eight in the morning in Bandung; no public holiday for weeks around.
MONDAY: Final = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TOKEN: Final = "1:test"


@dataclass(slots=True)
class Neighbour:
    """Somebody with a phone. What is heard is read back from committed rows, by key."""

    town: Town
    id: int
    phone: Phone
    _read: int = 0

    async def writes(self, text: str) -> None:
        self.phone.writes(text)
        await self.town.settle()

    async def taps(self, label: str) -> None:
        self.phone.taps(label)
        await self.town.settle()

    async def sends(self, **content: Any) -> None:
        self.phone.sends(**content)
        await self.town.settle()

    async def taps_data(self, data: str) -> None:
        self.phone.taps_data(data)
        await self.town.settle()

    async def heard(self) -> list[str]:
        """The keys of what was said to this person since the last time this was asked."""
        async with self.town.database.transaction() as db:
            found = await db.scalars(
                select(Outgoing)
                .where(
                    Outgoing.person_id == self.id,
                    Outgoing.id > self._read,
                    Outgoing.state == "sent",
                    Outgoing.verb == "say",
                )
                .order_by(Outgoing.sent_at, Outgoing.id)
            )
            rows = list(found)
        self._read = max([self._read, *(row.id for row in rows)])
        return [row.key for row in rows]

    async def row(self) -> Person:
        async with self.town.database.transaction() as db:
            return await people.get(db, self.id)


class Town:
    """`sari` is Budi's officer, `dewi` covers for her, `hendra` is the head of the office."""

    sari: Neighbour
    dewi: Neighbour
    hendra: Neighbour
    budi: Neighbour
    office: int

    def __init__(self, database: Database, clock: MovableClock) -> None:
        self.database, self.clock = database, clock
        self.phones = Phones()
        self.house = house.build(database, clock, self.phones)
        self.doorway = house.doorway(self.house, TOKEN, "http://127.0.0.1:9")
        self.days = Days(self.house, clock, self.doorway)
        self._updates = 1
        self._chats = 100

    @classmethod
    async def found(cls, database: Database, clock: MovableClock) -> Town:
        town = cls(database, clock)
        async with database.transaction() as db:
            office = offices.Office(
                name="Bapas Bandung", time_zone="Asia/Jakarta", waits={}, made_at=clock.now()
            )
            db.add(office)
            await db.flush()
            town.office = office.id
        town.hendra = await town.staff("Hendra", "head")
        town.dewi = await town.staff("Dewi", "officer")
        town.sari = await town.staff("Sari", "officer", cover=town.dewi)
        town.budi = await town.client("Budi", officer=town.sari)
        return town

    async def staff(
        self, name: str, role: people.Audience, cover: Neighbour | None = None
    ) -> Neighbour:
        neighbour = await self.person(name, role)
        async with self.database.transaction() as db:
            db.add(Staff(id=neighbour.id, cover_id=cover.id if cover else None))
        return neighbour

    async def client(
        self,
        name: str,
        officer: Neighbour | None = None,
        *,
        regime: clients.Regime = "aftercare",
        sharing_level: int = 2,
    ) -> Neighbour:
        """A client who has joined and agreed to check-ins."""
        neighbour = await self.person(name, "client")
        async with self.database.transaction() as db:
            client = clients.Client(
                id=neighbour.id,
                officer_id=(officer or self.sari).id,
                regime=regime,
                sharing_level=sharing_level,
                joined_at=self.clock.now(),
            )
            db.add(client)
            for kind in ("join", "check_ins", "crisis"):
                db.add(
                    Consent(
                        person_id=neighbour.id,
                        kind=kind,
                        given=True,
                        text_version="1",
                        at=self.clock.now(),
                    )
                )
        return neighbour

    async def person(
        self, name: str, audience: people.Audience, *, linked: bool = True
    ) -> Neighbour:
        self._chats += 1
        async with self.database.transaction() as db:
            person = people.add(db, audience, name, now=self.clock.now(), office_id=self.office)
            person.telegram_id = self._chats if linked else None
            await db.flush()
            return Neighbour(self, person.id, self.phones.phone(self._chats))

    async def stranger(self) -> Neighbour:
        """A phone that nobody here knows; its person exists once it has written."""
        self._chats += 1
        return Neighbour(self, 0, self.phones.phone(self._chats))

    async def settle(self) -> None:
        await self.keep()
        await self.days.settle()

    async def keep(self) -> None:
        """What people did is in the inbox, and nobody has looked at it yet."""
        updates, self.phones.said[:] = list(self.phones.said), []
        await self.days.keep(updates, self._updates)
        self._updates += len(updates)

    async def passes(self, **length: float) -> None:
        await self.days.passes(**length)

    async def until(self, at: datetime) -> None:
        await self.days.until(at)

    async def leave(self) -> None:
        await self.doorway.bot.session.close()
