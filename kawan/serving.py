"""`kawan actions`: rasa-sdk's action server with our answers, kept warm, until told to stop."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from aftercare.clock import SystemClock
from aftercare.messages import Message
from aftercare.records import clients
from aftercare.records.database import Database, Db
from aftercare.records.people import Person
from aftercare.settings import Settings
from aftercare.words import Worded
from kawan import desk, logs, pages, running
from kawan.refusal import Refusal
from scheduler import readers

if TYPE_CHECKING:
    from sanic import Sanic

log = logging.getLogger(__name__)
_LISTEN: Final = re.compile(r"([A-Za-z0-9.:\[\]-]+):(\d{1,5})")
NO_TOKEN: Final = (
    "KAWAN_RASA_TOKEN is not set: it takes a long random word that the Rasa server sends along; "
    "`kawan init` writes one."
)
_NOBODY: Final = 0


def serve(listen: str) -> None:
    """Until SIGTERM or SIGINT.

    Raises:
        Refusal: there is no token or no database yet, or nobody can listen there.
        SettingsError: a variable is wrong.
    """
    settings = desk.ready()
    if settings.rasa_token is None:
        raise Refusal(NO_TOKEN)
    host, port = _place(listen)
    logs.begin(settings.bot_token)
    try:
        asyncio.run(_serve(settings, host, port))
    except OSError as error:
        raise Refusal(f"--listen takes a free HOST:PORT ({type(error).__name__}).") from error


def _place(listen: str) -> tuple[str, int]:
    found = _LISTEN.fullmatch(listen)
    if found is None or not 0 < int(found[2]) < 65536:
        raise Refusal("--listen takes HOST:PORT, such as 127.0.0.1:5055.")
    return found[1].strip("[]"), int(found[2])


async def _serve(settings: Settings, host: str, port: int) -> None:
    from bot.rasa_door import RasaDoor

    stage, book = pages.content()

    async def word(db: Db, person: Person, message: Message, now: datetime) -> Worded:
        _, reader = await readers.of(db, person.id, now)
        return book.word(message, reader)

    database = Database(settings.database_url)
    try:
        await warm(database)
        app = RasaDoor(database, SystemClock(), stage, word).app(settings.rasa_token or "")
        await _listen(app, host, port)
    finally:
        await database.close()


async def warm(database: Database) -> None:
    """What takes its time, or cannot be read, shows before the first call and not at a cry."""
    from bot.understanding import danger, meaning

    danger.read("halo")
    meaning.read("halo")
    async with database.transaction() as db:
        await clients.find(db, _NOBODY)


async def _listen(app: Sanic[Any, Any], host: str, port: int) -> None:
    stop = running.told_to_stop()
    # Sanic gives its own server no types.
    server: Any = await app.create_server(host, port, access_log=False, return_asyncio_server=True)
    await server.startup()
    await server.before_start()
    await server.after_start()
    log.info("answering", extra={"host": host, "port": port})
    await stop.wait()
    await server.before_stop()
    server.close()
    await server.wait_closed()
    await server.after_stop()
    log.info("stopped")
