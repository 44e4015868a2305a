"""The process dies at any moment: nothing that was heard is lost, nothing happens twice."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from aftercare.casework.check_ins import check_ins
from aftercare.clock import SystemClock
from aftercare.records import clients, offices, people, timers
from aftercare.records.check_ins import CheckIn
from aftercare.records.consents import Consent
from aftercare.records.database import Database
from aftercare.records.inbox import Update
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person
from aftercare.records.staff import Staff
from aftercare.records.timers import TimerRow
from scheduler.pace import MOST_AT_ONCE
from tests.processes import machines
from tests.processes.machines import Desk

pytestmark = pytest.mark.slow
KILLS = 4
CROWD = 300


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with machines.simulator() as desk:
        yield desk


async def test_four_kills_amid_three_hundred_updates_and_timers_lose_nothing_and_double_nothing(
    desk: Desk, database: Database, tmp_path: Path
) -> None:
    chance = random.Random(20261123)
    askers = [await desk.add_phone(f"Tamu {n}") for n in range(CROWD)]
    members = [await desk.add_phone(f"Klien {n}") for n in range(CROWD)]
    subjects = await settle_in(database, [phone["id"] for phone in members])

    for turn in range(KILLS + 1):
        slice_ = slice(turn * CROWD // (KILLS + 1), (turn + 1) * CROWD // (KILLS + 1))
        enough = len(await desk.journal("delivered")) + 5
        process = await machines.start("run", tmp_path, variables(desk, database))
        for phone in askers[slice_]:
            await desk.writes(phone["key"], "halo")
        await make_due(database, subjects[slice_])
        if turn < KILLS:
            await until_it_speaks(desk, enough, process)
            await asyncio.sleep(chance.uniform(0.0, 0.6))
            await machines.end(process, signal.SIGKILL)
    await until_all_is_said(database)
    assert await machines.end(process) == 0

    await nothing_was_lost_or_done_twice(database)
    await everything_arrived(desk, [*askers, *members], database)
    assert await desk.waiting() == 0


def variables(desk: Desk, database: Database) -> dict[str, str]:
    url = database.url.render_as_string(hide_password=False)
    return {
        "KAWAN_DATABASE_URL": url,
        "KAWAN_TELEGRAM_API": desk.address,
        "KAWAN_SEND_RATE": "400",
    }


async def settle_in(database: Database, accounts: list[int]) -> list[str]:
    """A client for each account, in a place where it is morning; gives their timers' subjects."""
    now = SystemClock().now()
    zone = where_it_is_morning(now)
    async with database.transaction() as db:
        office = offices.Office(name="Bapas Bandung", time_zone=zone, waits={}, made_at=now)
        db.add(office)
        await db.flush()
        sari = people.add(db, "officer", "Sari", now=now, office_id=office.id, time_zone=zone)
        await db.flush()
        db.add(Staff(id=sari.id))
        return [await add_client(db, sari, account, now) for account in accounts]


async def add_client(db: Any, sari: Person, account: int, now: datetime) -> str:
    zone = sari.time_zone
    one = people.add(db, "client", "Budi", now=now, office_id=sari.office_id, time_zone=zone)
    one.telegram_id = account
    await db.flush()
    db.add(clients.Client(id=one.id, officer_id=sari.id, joined_at=now))
    for kind in ("join", "check_ins"):
        db.add(Consent(person_id=one.id, kind=kind, given=True, text_version="1", at=now))
    timers.arm(db, timers.Timer(f"client:{one.id}", check_ins.DAILY, now + timedelta(days=9)))
    return f"client:{one.id}"


def where_it_is_morning(now: datetime) -> str:
    """A time zone in which it is between nine and ten now, so that nobody is asleep."""
    ahead = (9 - now.astimezone(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


async def make_due(database: Database, subjects: list[str]) -> None:
    due = update(TimerRow).where(TimerRow.subject.in_(subjects), TimerRow.kind == check_ins.DAILY)
    async with database.transaction() as db:
        await db.execute(due.values(due_at=SystemClock().now()))


async def until_it_speaks(desk: Desk, enough: int, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(60):
        while len(await desk.journal("delivered")) < enough:
            assert process.returncode is None
            await asyncio.sleep(0.02)


async def until_all_is_said(database: Database) -> None:
    async with asyncio.timeout(120):
        while not await is_all_said(database):  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.2)


async def is_all_said(database: Database) -> bool:
    now = SystemClock().now()
    async with database.transaction() as db:
        handled = select(func.count()).where(Update.handled_at.is_not(None))
        if await db.scalar(handled) != CROWD or await timers.overdue(db, now):
            return False
        waiting = select(func.count()).where(Outgoing.state == "waiting")
        return not await db.scalar(waiting)


async def nothing_was_lost_or_done_twice(database: Database) -> None:
    async with database.transaction() as db:
        strangers = list(await db.scalars(select(Person).where(Person.audience == "stranger")))
        asked = list(await db.scalars(select(CheckIn)))
        rows = list(await db.scalars(select(Outgoing)))
        armed = await db.scalar(select(func.count()).where(TimerRow.kind == check_ins.DAILY))
    assert len(strangers) == CROWD
    assert Counter(one.client_id for one in asked).most_common(1)[0][1] == 1
    assert len(asked) == armed == CROWD
    assert {row.state for row in rows} == {"sent"}
    said = Counter((row.person_id, row.key) for row in rows)
    assert set(said.values()) == {1}


async def everything_arrived(desk: Desk, phones: list[dict[str, Any]], database: Database) -> None:
    """At least once each; twice only what was on its way when the process died."""
    async with database.transaction() as db:
        rows = list(await db.scalars(select(Outgoing).where(Outgoing.verb == "say")))
        chats = {one.id: one.telegram_id for one in await db.scalars(select(Person))}
    arrived = Counter(entry["chat_id"] for entry in await desk.journal("delivered"))
    due = Counter(chats[row.person_id] for row in rows)
    missing = {chat: number for chat, number in due.items() if arrived[chat] < number}
    doubled = sum(arrived[chat] - number for chat, number in due.items())
    assert not missing
    assert len(due) == len(phones)
    assert doubled <= KILLS * MOST_AT_ONCE
