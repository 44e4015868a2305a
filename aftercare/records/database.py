"""Opens transactions on SQLite and on PostgreSQL alike.

What a transaction says and arms is gathered while it runs and written in one statement each at
its end, so that a unit of work stays a handful of round trips however much it does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from aftercare.bell import Bell

Gathered = dict[Any, Any]
CHANNEL: Final = "kawan"
#: PostgreSQL: connection lost, too many connections, shutting down or starting up.
_AWAY: Final = ("08", "53", "57P")


class Db(AsyncSession):
    """One transaction. `gathered` holds rows that a record's file writes just before the commit."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.gathered: dict[Callable[[Db, Gathered], Awaitable[None]], Gathered] = {}

    def gather(self, write: Callable[[Db, Gathered], Awaitable[None]]) -> Gathered:
        """The rows that `write` will be given once, at the end of this transaction."""
        return self.gathered.setdefault(write, {})

    async def write_gathered(self) -> None:
        """Writing may gather more; it ends when nothing is left."""
        while self.gathered:
            write = next(iter(self.gathered))
            await write(self, self.gathered.pop(write))


class Database:
    """The office's records, wherever they are kept.

    `bell` rings when a commit left something to send or to time, `heard` when an update came in.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.bell = Bell()
        self.heard = Bell()
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Db]:
        """All of it or nothing of it. Leaving with an error takes everything back."""
        async with Db(self.engine) as db, db.begin():
            yield db
            left_work = bool(db.gathered)
            await db.write_gathered()
            if left_work and not self.is_sqlite:
                await db.execute(text(f"NOTIFY {CHANNEL}"))  # rings in the other processes too
        if left_work:
            self.bell.ring()

    async def close(self) -> None:
        await self.engine.dispose()


def _sqlite(url: str) -> AsyncEngine:
    """One connection a process: its users queue in the event loop, not on SQLite's lock."""
    if (file := make_url(url).database) and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=1, max_overflow=0, pool_timeout=60
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: str) -> AsyncEngine:
    return create_async_engine(url, pool_size=10, max_overflow=5, pool_pre_ping=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "busy_timeout = 15000",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail when another process wrote between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def is_away(error: BaseException) -> bool:
    """Whether waiting may help: the database cannot be reached, or is held by somebody else."""
    if isinstance(error, OSError | NoConnectionLeft | InterfaceError):
        return True
    state = getattr(getattr(error, "orig", None) or error, "sqlstate", None)
    if isinstance(state, str) and state.startswith(_AWAY):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    # SQLite calls a wrong statement by the same name as a locked file.
    waits = ("locked", "busy", "disk", "unable to open", "readonly")
    return isinstance(error, OperationalError) and any(word in str(error.orig) for word in waits)
