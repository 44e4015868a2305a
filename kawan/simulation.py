"""`kawan simulate`: a made-up office lives some days in seconds, and its books are balanced."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

from aftercare import sealed
from aftercare.casework.sessions import sessions
from aftercare.casework.sessions.sessions import Plan
from aftercare.clock import MovableClock
from aftercare.records import clients, people, schema
from aftercare.records.database import Database
from kawan import books, days, house, population, register
from kawan.books import Report
from kawan.days import Days
from kawan.desk import Desk
from kawan.phones import Phones
from kawan.population import Dweller, Officer
from kawan.register import Member, Newcomer

#: Monday, eight in the morning in Bandung.
START: Final = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CASELOAD: Final = 60
BOT: Final = "kawan_bot"
_TOKEN: Final = "1:simulated"
_DOOR: Final = "http://127.0.0.1:9"
_HOURS: Final = (8, 9, 10, 11, 13, 14)


@dataclass(frozen=True, slots=True)
class Wish:
    """How large an office, for how long, drawn by which lot."""

    clients: int
    days: int
    seed: int


@dataclass(slots=True)
class World:
    """The office while it lives: who lives there, and what they are about to do."""

    wish: Wish
    lot: Random
    clock: MovableClock
    database: Database
    phones: Phones
    days: Days
    dwellers: list[Dweller] = field(default_factory=list)
    comes: dict[int, float] = field(default_factory=dict)
    agenda: list[tuple[datetime, int, Dweller]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    updates: int = 1

    @property
    def end(self) -> datetime:
        return START + timedelta(days=self.wish.days)


async def simulate(wish: Wish) -> Report:
    """The same wish gives the same report."""
    sealed.unlock(sealed.fresh_key())
    with tempfile.TemporaryDirectory() as folder:
        world = await _build(wish, Path(folder))
        try:
            await _settle_in(world)
            await _live(world)
            return await books.balance(world.database, world.phones, world.dwellers, world.end)
        finally:
            await world.days.doorway.bot.session.close()
            await world.database.close()


async def _build(wish: Wish, folder: Path) -> World:
    database, clock, phones = (
        Database(f"sqlite+aiosqlite:///{folder}/s.db"),
        MovableClock(START),
        Phones(),
    )
    await schema.upgrade(database)
    built = house.build(database, clock, phones)
    living = Days(built, clock, house.doorway(built, _TOKEN, _DOOR))
    return World(wish, Random(wish.seed), clock, database, phones, living)


async def _settle_in(world: World) -> None:
    """Staff and clients get their links; everybody opens the own one in the first hours."""
    async with world.database.transaction() as db:
        desk = Desk(db, START, BOT)
        await register.office(desk, "Bapas Contoh", "Asia/Jakarta")
        _moves_in(world, await register.staff(desk, Member("Kepala", "head")), population.STAFF)
        _moves_in(
            world, await register.staff(desk, Member("Pengganti", "officer")), population.STAFF
        )
        for number in range(1, world.wish.clients // CASELOAD + 2):
            member = Member(f"Petugas {number}", "officer", cover="Pengganti")
            _moves_in(world, await register.staff(desk, member), population.STAFF)
        for number in range(world.wish.clients):
            newcomer = Newcomer(f"Klien {number + 1}", f"Petugas {number // CASELOAD + 1}")
            _moves_in(world, await register.client(desk, newcomer), population.temper(world.lot))


def _moves_in(world: World, answer: register.Answer, temper: population.Temper) -> None:
    phone = world.phones.phone(1000 + int(answer["id"]))
    lot = Random(world.lot.random())
    made = (
        Officer(phone, temper, lot, int(answer["id"]), comes=world.comes)
        if temper is population.STAFF
        else Dweller(phone, temper, lot, int(answer["id"]))
    )
    made.link = str(answer["link"])
    world.dwellers.append(made)
    wait = 0 if temper is population.STAFF else lot.uniform(1, 120)
    _plan(world, made, timedelta(minutes=wait))


def _plan(world: World, dweller: Dweller, wait: timedelta) -> None:
    """Whole minutes: what happens within the same one is settled together."""
    at = (world.clock.now() + wait).replace(second=0, microsecond=0)
    heapq.heappush(world.agenda, (max(at, world.clock.now()), next(world.order), dweller))


async def _live(world: World) -> None:
    """From moment to moment: the house's next event or somebody's next deed."""
    weekly = START + timedelta(hours=3)
    while True:
        due = await days.next_event(world.database)
        moments = [due, world.agenda[0][0] if world.agenda else None, weekly]
        at = min(moment for moment in moments if moment is not None)
        if at > world.end:
            break
        world.clock.move_to(at)
        if at == weekly:
            weekly += timedelta(weeks=1)
            await _book_the_week(world)
        await _step(world)
    world.clock.move_to(world.end)
    await world.days.settle()


async def _step(world: World) -> None:
    while world.agenda and world.agenda[0][0] <= world.clock.now():
        heapq.heappop(world.agenda)[2].acts()
    said, world.phones.said[:] = list(world.phones.said), []
    await world.days.keep(said, world.updates)
    world.updates += len(said)
    await world.days.settle()
    for dweller in world.dwellers:
        if (wait := dweller.looks()) is not None:
            _plan(world, dweller, wait)


async def _book_the_week(world: World) -> None:
    """One session a week for every client, on a working day, at an hour drawn by lot."""
    async with world.database.transaction() as db:
        tempers = {dweller.id: dweller.temper for dweller in world.dwellers}
        for client in (await clients.by_ids(db, list(tempers))).values():
            officer = await people.get(db, client.officer_id)
            day, hour = world.lot.randint(1, 4), world.lot.choice(_HOURS)
            monday = world.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
            at = monday + timedelta(days=day, hours=hour - 7)
            plan = Plan(officer.office_id or 0, officer, (client,), "konseling", "Ruang 2", at)
            booking = await sessions.book(db, plan, world.clock.now())
            for one in booking.session.participants:
                world.comes[one.id] = tempers[client.id].comes
