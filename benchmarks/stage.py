"""An office of any size in a database of its own, for measuring."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import insert, select

from aftercare import sealed
from aftercare.records import offices, people, schema
from aftercare.records.clients import Client
from aftercare.records.consents import Consent
from aftercare.records.database import Database, Db
from aftercare.records.people import Person
from aftercare.records.staff import Staff
from aftercare.records.timers import TimerRow

#: The number of the first client; officers and offices come before it.
FIRST: Final = 1000


@asynccontextmanager
async def database() -> AsyncIterator[Database]:
    """SQLite as an office has it: a file, WAL, every commit on the disk."""
    sealed.unlock(sealed.fresh_key())
    with TemporaryDirectory() as folder:
        made = Database(f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}")
        await schema.upgrade(made)
        yield made
        await made.close()


async def settle(made: Database, clients: int, now: datetime) -> range:
    """So many clients who joined at that moment, with one officer; returns their numbers."""
    ids = range(FIRST, FIRST + clients)
    async with made.transaction() as db:
        office_id, officer_id = await _officer(db, now)
        if not clients:
            return ids
        person = {"office_id": office_id, "audience": "client", "time_zone": "Asia/Jakarta"}
        person |= {"name": "Budi", "made_at": now}
        rows = [{**person, "id": number, "telegram_id": number} for number in ids]
        await db.execute(insert(Person), rows)
        client = {"officer_id": officer_id, "joined_at": now}
        await db.execute(insert(Client), [{**client, "id": number} for number in ids])
        agreed = {"given": True, "text_version": "1", "at": now}
        for kind in ("join", "check_ins"):
            said = [{**agreed, "person_id": number, "kind": kind} for number in ids]
            await db.execute(insert(Consent), said)
    return ids


async def _officer(db: Db, now: datetime) -> tuple[int, int]:
    bapas = offices.Office(name="Bapas", waits={}, made_at=now)
    db.add(bapas)
    await db.flush()
    sari = people.add(db, "officer", "Sari", now=now, office_id=bapas.id)
    await db.flush()
    db.add(Staff(id=sari.id))
    await db.flush()
    return bapas.id, sari.id


async def office(db: Db) -> int:
    """The number of the one that `settle` founded."""
    return (await db.scalars(select(offices.Office.id))).one()


async def arm(db: Db, kind: str, subjects: Sequence[str], due: datetime) -> None:
    timer = {"kind": kind, "due_at": due, "payload": {}, "tries": 0}
    if subjects:
        await db.execute(insert(TimerRow), [{**timer, "subject": one} for one in subjects])


class Pulse:
    """Notes the longest time for which the event loop answered nobody, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Pulse:
        self._task = asyncio.create_task(self._beat())
        await asyncio.sleep(0.05)
        self.longest = 0.0
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _beat(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.perf_counter() - before - 0.001)
