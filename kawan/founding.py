"""`kawan init`: a file of settings with fresh keys, readable by its owner only, and a database."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError

from aftercare import sealed
from aftercare import settings as environment
from aftercare.clock import SystemClock
from aftercare.records import bots, schema
from aftercare.records.database import Database
from aftercare.settings import Settings
from kawan import bot_name
from kawan.refusal import Refusal

FILE: Final = Path(".env")
_USERNAME: Final = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9])")
_BEGINNING: Final = """\
# Settings of Kawan Pulih. Keep this file: without KAWAN_SECRET_KEY names and words in the
# database cannot be read again by anybody.
# KAWAN_BOT_TOKEN=           the token from @BotFather
"""


def found(bot: str | None) -> list[str]:
    """Make what is missing, and say what was made. A key that is there is left as it is.

    Raises:
        Refusal: something cannot be made; then nothing was.
        SettingsError: a variable is wrong.
    """
    username = _username(bot) if bot else None
    settings = environment.read()
    text = FILE.read_text() if FILE.exists() else _BEGINNING
    file, added = _with_keys(text, settings)
    os.umask(0o077)  # the database too is for its owner's eyes only
    draft = _draft(file)
    try:
        number = bot_name.number(settings.bot_token)
        asyncio.run(_database(settings.database_url, number, username))
        draft.replace(FILE)
    except (DBAPIError, OSError) as error:
        kind = type(getattr(error, "orig", None) or error).__name__
        raise Refusal(f"KAWAN_DATABASE_URL takes a database we may write to ({kind}).") from error
    finally:
        draft.unlink(missing_ok=True)
    return [f"Added {name} to .env." for name in added]


def _username(words: str) -> str:
    if not (named := _USERNAME.fullmatch(words.strip())):
        raise Refusal("--bot takes the bot's username, such as KawanPulihBot.")
    return named[1]


def _with_keys(text: str, settings: Settings) -> tuple[str, list[str]]:
    """The text with every key it lacks, and the names of those that were added."""
    fresh = {}
    if settings.secret_key is None:
        fresh["KAWAN_SECRET_KEY"] = sealed.fresh_key()
    if settings.rasa_token is None:
        fresh["KAWAN_RASA_TOKEN"] = secrets.token_urlsafe(32)
    lines = "".join(f"{name}={value}\n" for name, value in fresh.items())
    return (text if text.endswith("\n") or not text else f"{text}\n") + lines, list(fresh)


def _draft(text: str) -> Path:
    """The file beside its place: it only takes it when the database is there too."""
    draft = FILE.with_name(f".env.{os.getpid()}")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise Refusal("kawan init writes .env in a folder that we may write to.") from error
    with os.fdopen(handle, "w") as file:
        file.write(text)
    return draft


async def _database(url: str, number: int, username: str | None) -> None:
    database = Database(url)
    try:
        await schema.upgrade(database)
        if username:
            async with database.transaction() as db:
                await bots.remember(db, number, username, SystemClock().now())
    finally:
        await database.close()
