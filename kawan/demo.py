"""`kawan demo`: the whole product on this machine, with phones in a browser and a clock to move."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from aftercare import sealed
from aftercare.clock import ShiftedClock, SystemClock
from aftercare.records import inbox, outbox, schema, timers
from aftercare.records.database import Database
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.settings import Settings
from kawan import days, house, running, sample
from kawan.desk import Desk
from kawan.house import House
from kawan.running import Parts
from kawan.sample import ZONE, Sample
from scheduler.mouth import TelegramMouth
from simulator import Limits, Phone, Telegram, serving

_MONDAY: Final = 0
_OPENS: Final = 8
_PATIENCE: Final = 30.0
_BREATH: Final = 0.03


@dataclass(slots=True)
class Hands:
    """The hands on the page's clock: time passes from event to event, and none is left out."""

    clock: ShiftedClock
    built: House | None = None
    movable: bool = True

    def now(self) -> datetime:
        return self.clock.now()

    async def move(self, delta: timedelta) -> None:
        target = self.clock.now() + delta
        await self._quiet()
        while (due := await self._next()) is not None and due <= target:
            self.clock.move_to(due)
            await self._quiet()
        self.clock.move_to(target)
        await self._quiet()

    async def to_next_event(self) -> None:
        await self._quiet()
        if (due := await self._next()) is not None:
            self.clock.move_to(due)
            await self._quiet()

    async def _next(self) -> datetime | None:
        return await days.next_event(self.built.database) if self.built else None

    async def _quiet(self) -> None:
        """Until everything that is due has happened and has been said."""
        if self.built is None:
            return
        until = asyncio.get_running_loop().time() + _PATIENCE
        while asyncio.get_running_loop().time() < until:
            await self.built.ticks.run_due()
            self.built.database.bell.ring()
            if not await _busy(self.built.database, self.clock.now()):
                return
            await asyncio.sleep(_BREATH)


async def _busy(database: Database, now: datetime) -> bool:
    async with database.transaction() as db:
        if await inbox.waiting(db) or await timers.overdue(db, now):
            return True
        return bool(await outbox.waiting(db, now, at_most=1))


def run(port: int) -> None:
    """Until Ctrl-C."""
    asyncio.run(_run(port))


async def _run(port: int) -> None:
    stop = running.told_to_stop()
    async with showing(port) as (address, _telegram):
        sys.stdout.write(f"Kawan Pulih, demo: {address}\nCtrl-C ends it.\n")
        sys.stdout.flush()
        await stop.wait()


@asynccontextmanager
async def showing(port: int = 0) -> AsyncIterator[tuple[str, Telegram]]:
    """The demo, ready to be looked at; gives its address and the simulated Telegram."""
    sealed.unlock(sealed.fresh_key())
    clock = ShiftedClock(next_monday(SystemClock().now()))
    hands = Hands(clock)
    telegram = Telegram(clock=hands, limits=Limits(unpaced=True))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'demo.db'}")
        await schema.upgrade(database)
        async with database.transaction() as db:
            made = await sample.settle_in(Desk(db, clock.now(), telegram.username))
            give_phones(telegram, made)
            for person in (made.budi, made.rina, made.sari, made.hendra, made.dewi, made.mekar):
                outbox.show_menu(db, to=person, because=Cause("demo", clock.now()))
        async with serving(telegram, port=port) as address:
            mouth = TelegramMouth(telegram.token, address, rate=25)
            hands.built = built = house.build(database, clock, mouth, rate=25)
            async with _alive(built, mouth, telegram.token, address):
                for phone in telegram.phones.values():
                    if phone.pending_link is None:
                        phone.writes("/menu")
                yield address, telegram


@asynccontextmanager
async def _alive(
    built: House, mouth: TelegramMouth, token: str, address: str
) -> AsyncIterator[None]:
    """The real processes, over HTTP against the simulator, until the block ends."""
    settings = Settings(bot_token=token, telegram_api=address)
    stop = asyncio.Event()
    await mouth.open()
    try:
        async with asyncio.TaskGroup() as group:
            everything = Parts(hears=True, speaks=True)
            group.create_task(running.live(built, mouth, settings, parts=everything, stop=stop))
            try:
                yield
            finally:
                stop.set()
    finally:
        await mouth.close()
        await built.close()


def next_monday(now: datetime) -> datetime:
    """Monday at eight in Bandung, today or later: a good hour to begin."""
    local = now.astimezone(ZoneInfo(ZONE))
    day = local + timedelta(days=(_MONDAY - local.weekday()) % 7)
    return day.replace(hour=_OPENS, minute=0, second=0, microsecond=0).astimezone(UTC)


def give_phones(telegram: Telegram, made: Sample) -> None:
    """A phone each; everybody but the newcomer is linked already."""
    _phone(telegram, "Budi", "klien", made.budi)
    _phone(telegram, "Rina", "ibu Budi", made.rina)
    _phone(telegram, "Sari", "petugas pendamping", made.sari)
    _phone(telegram, "Hendra", "kepala kantor", made.hendra)
    telegram.phone("Ujang", role="klien baru").offered(made.ujang_link)
    _phone(telegram, "Dewi", "petugas pengganti", made.dewi)
    _phone(telegram, "Mekar", "mitra kegiatan", made.mekar)


def _phone(telegram: Telegram, name: str, role: str, person: Person) -> Phone:
    phone = telegram.phone(name, role=role, started=True)
    person.telegram_id = phone.id
    return phone
