"""Runs the product: ears, doorway, ticks and delivery, together or apart, until told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from aftercare import background, phrases
from aftercare import settings as environment
from aftercare.clock import SystemClock
from aftercare.records import bots, lease, schema
from aftercare.records.database import Database, is_away
from aftercare.records.lease import Lease
from aftercare.settings import Settings, WrongToken
from kawan import bot_name, desk, house, logs
from kawan.house import House
from kawan.refusal import Refusal
from scheduler import timetable
from scheduler.mouth import TelegramMouth

log = logging.getLogger(__name__)
NO_TOKEN: Final = (
    "KAWAN_BOT_TOKEN is not set: it takes the token that @BotFather gives for /newbot; "
    "write it into .env. To look around without one, try `kawan demo`."
)
_LAST_WORDS: Final = 20.0
_NEXT_TRY: Final = 2.0


@dataclass(frozen=True, slots=True)
class Parts:
    """What this process does."""

    hears: bool
    speaks: bool


def run(parts: Parts) -> None:
    """Until SIGTERM or SIGINT.

    Raises:
        Refusal: there is no token, or `kawan init` has not been here.
        SettingsError: a variable is wrong, or Telegram does not know the token.
    """
    if environment.read().bot_token is None:
        raise Refusal(NO_TOKEN)
    settings = desk.with_key()
    logs.begin(settings.bot_token)
    try:
        asyncio.run(_run(settings, parts))
    except* WrongToken:
        raise WrongToken from None


async def _run(settings: Settings, parts: Parts) -> None:
    stop = told_to_stop()
    async with _open(settings) as (built, mouth):
        await _migrated(built.database, stop)
        log.info("running", extra={"hears": parts.hears, "speaks": parts.speaks})
        await live(built, mouth, settings, parts=parts, stop=stop)
    log.info("stopped")


async def live(
    built: House, mouth: TelegramMouth, settings: Settings, *, parts: Parts, stop: asyncio.Event
) -> None:
    """Hear, tick and speak until told to stop; then finish what is in hand."""
    work: list[Coroutine[Any, Any, None]] = []
    if parts.speaks:
        number = bot_name.number(settings.bot_token)
        work.append(_until(stop, _introduce(built, mouth, number)))
        work += [_tick(built, stop), _speak(built, lease.of(built.database, number), stop)]
    if parts.hears:
        work += _hearing(built, settings, stop)
    house.make_ready(built)
    await _side_by_side(work, stop)


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[tuple[House, TelegramMouth]]:
    mouth = TelegramMouth(settings.bot_token or "", settings.telegram_api, settings.send_rate)
    database = Database(settings.database_url)
    built = house.build(database, SystemClock(), mouth, rate=settings.send_rate)
    await mouth.open()
    try:
        yield built, mouth
    finally:
        await mouth.close()
        await built.close()


def told_to_stop() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; a second one ends the process at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told() -> None:
        log.info("stopping")
        stop.set()
        for ending in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(ending)

    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, told)
    return stop


async def _migrated(database: Database, stop: asyncio.Event) -> None:
    """The newest tables, as soon as there is a database to have them."""
    while not stop.is_set():
        try:
            await schema.upgrade(database)
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("waiting for the database", extra={"error": type(error).__name__})
            await _rest(stop)
        else:
            return


async def _side_by_side(work: list[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    """All of it side by side; when told to stop, each finishes what it has in hand."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(part) for part in work]
        await stop.wait()
        _, late = await asyncio.wait(tasks, timeout=_LAST_WORDS)
        for task in late:
            task.cancel()


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Work that may be broken off at any moment."""
    task = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task
    finally:
        stopped.cancel()
        task.cancel()
        await asyncio.wait((task,))


def _hearing(
    built: House, settings: Settings, stop: asyncio.Event
) -> list[Coroutine[Any, Any, None]]:
    from bot.ears import Ears

    token, api = settings.bot_token or "", settings.telegram_api
    doorway = house.doorway(built, token, api, rasa_url=settings.rasa_url)
    ears = Ears(doorway.bot, built.database, built.clock)

    async def let_in() -> None:
        try:
            await doorway.run(stop)
        finally:
            await background.settle()  # a spinner may still be answered
            await doorway.bot.session.close()

    return [_until(stop, ears.run()), let_in()]


async def _introduce(built: House, mouth: TelegramMouth, number: int) -> None:
    """Ask Telegram who we are, remember it for one-time links, and show the default menu."""
    while (name := await mouth.name()) is None:
        log.warning("waiting for Telegram")
        await asyncio.sleep(_NEXT_TRY)
    if name:
        async with built.database.transaction() as db:
            await bots.remember(db, number, name, built.clock.now())
    await mouth.show_default_menu(phrases.menus().get("stranger", []))


async def _tick(built: House, stop: asyncio.Event) -> None:
    table = timetable.ticks(built.ticks, built.database, built.clock)
    scheduler = timetable.scheduler(table)
    scheduler.start()
    await stop.wait()
    scheduler.pause()
    async with built.ticks.busy:
        scheduler.shutdown(wait=False)


async def _speak(built: House, ours: Lease, stop: asyncio.Event) -> None:
    """Whoever holds the lease speaks; the others stand by for it."""
    try:
        while not stop.is_set():
            if not await ours.take():
                await _rest(stop)
                continue
            log.info("speaking")
            await _speak_while(built, ours, stop)
    finally:
        await ours.give_back()


async def _speak_while(built: House, ours: Lease, stop: asyncio.Event) -> None:
    quiet = asyncio.Event()

    async def watch() -> None:
        await _until(stop, ours.watch())
        quiet.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        group.create_task(built.delivery.run(quiet))
    with suppress(TimeoutError):  # what is on its way is settled, or it would be said again
        await asyncio.wait_for(background.settle(), _LAST_WORDS)


async def _rest(stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(_NEXT_TRY):
            await stop.wait()
    except TimeoutError:
        return
