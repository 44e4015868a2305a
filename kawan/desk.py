"""Opens the records for one command of the office: one transaction, all of it or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from aftercare import settings as environment
from aftercare.clock import SystemClock
from aftercare.records import bots, invites
from aftercare.records.database import Database, Db
from aftercare.settings import Settings
from kawan import bot_name
from kawan.refusal import Refusal

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a command works with. `bot` is the bot's username as far as we know it."""

    db: Db
    now: datetime
    bot: str

    def link(self, person_id: int) -> str:
        """A fresh one-time link for this person; only a hash of its code is kept."""
        return self.link_of(invites.make(self.db, person_id, self.now))

    def link_of(self, code: str) -> str:
        return f"https://t.me/{self.bot}?start={code}"


def work(job: Callable[[Desk], Awaitable[Result]]) -> Result:
    """Do this at the desk.

    Raises:
        Refusal: the job cannot be done, or the records cannot be opened.
        SettingsError: a variable is wrong.
    """
    return asyncio.run(_work(ready(), job))


def with_key() -> Settings:
    settings = environment.read()
    if settings.secret_key is None:
        raise Refusal("KAWAN_SECRET_KEY is not set: run `kawan init` here once, it makes a key.")
    return settings


def ready() -> Settings:
    """The settings, where `kawan init` has been here."""
    settings = with_key()
    file = settings.sqlite_file
    if file is not None and not file.exists():
        raise Refusal(f"There is no database at {file} yet: run `kawan init`, it makes one.")
    return settings


async def _work(settings: Settings, job: Callable[[Desk], Awaitable[Result]]) -> Result:
    database = Database(settings.database_url)
    try:
        now = SystemClock().now()
        bot = await _bot(database, settings, now)
        async with database.transaction() as db:
            return await job(Desk(db, now, bot))
    except (DBAPIError, OSError) as error:
        raise Refusal(_why_not(error)) from error
    finally:
        await database.close()


async def _bot(database: Database, settings: Settings, now: datetime) -> str:
    number = bot_name.number(settings.bot_token)
    async with database.transaction() as db:
        known = await bots.username(db, number)
    if known or not settings.bot_token:
        return known or bot_name.UNKNOWN
    told = bot_name.ask(settings.bot_token, settings.telegram_api)
    if told:
        async with database.transaction() as db:
            await bots.remember(db, number, told, now)
    return told or bot_name.UNKNOWN


def _why_not(error: Exception) -> str:
    words = str(error)
    if "no such table" in words or "UndefinedTable" in words or "no such column" in words:
        return "The database has no tables of this version: run `kawan init`, it brings them."
    kind = type(getattr(error, "orig", None) or error).__name__
    return f"KAWAN_DATABASE_URL names a database that cannot be used now ({kind})."
