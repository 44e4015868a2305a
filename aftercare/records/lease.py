"""One active sender a bot: whoever holds the lease speaks, and the next one takes over.

On PostgreSQL an advisory lock on a connection of its own, which also hears what other processes
have committed; on SQLite a lock on a file beside the database. Both end with their process.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, Protocol

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from aftercare.records.database import CHANNEL, Database, is_away

log = logging.getLogger(__name__)
_HEARTBEAT: Final = 1.0
#: Our own corner of PostgreSQL's advisory locks.
_CORNER: Final = 7_242_026


class Lease(Protocol):
    """Taken by one process at a time."""

    async def take(self) -> bool:
        """Whether it is ours now."""

    async def watch(self) -> None:
        """Returns when it is no longer ours."""

    async def give_back(self) -> None: ...


def of(database: Database, bot: int) -> Lease:
    """The lease for this bot, by its Telegram id."""
    return _FileLease(database) if database.is_sqlite else _ServerLease(database, bot)


class _FileLease:
    def __init__(self, database: Database) -> None:
        self._path = Path(f"{database.url.database}.speaks")
        self._file: IO[str] | None = None

    async def take(self) -> bool:
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    async def watch(self) -> None:
        await asyncio.Event().wait()  # nobody can take a locked file away

    async def give_back(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class _ServerLease:
    def __init__(self, database: Database, bot: int) -> None:
        self._database = database
        self._key = bot % 2**31
        self._connection: AsyncConnection | None = None

    async def take(self) -> bool:
        try:
            connection = await self._connected()
            wanted = text("SELECT pg_try_advisory_lock(:corner, :bot)")
            return bool(await connection.scalar(wanted, {"corner": _CORNER, "bot": self._key}))
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("waiting for the database", extra={"error": type(error).__name__})
            await self.give_back()
            return False

    async def watch(self) -> None:
        """The lock goes with the connection, so a connection that answers still holds it."""
        connection = await self._connected()
        while True:
            try:
                await connection.scalar(text("SELECT 1"))
            except (DBAPIError, OSError):
                log.warning("the lease is lost")
                await self.give_back()
                return
            await asyncio.sleep(_HEARTBEAT)

    async def give_back(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError, OSError):
                await connection.invalidate()  # closed, not pooled: a pooled one keeps the lock
            with suppress(DBAPIError, OSError):
                await connection.close()

    async def _connected(self) -> AsyncConnection:
        if self._connection is None:
            connection = await self._database.engine.connect()
            self._connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await self._listen(connection)
        return self._connection

    async def _listen(self, connection: AsyncConnection) -> None:
        raw = await connection.get_raw_connection()
        await raw.driver_connection.add_listener(CHANNEL, self._ring)  # type: ignore[union-attr]

    def _ring(self, *_what: Any) -> None:
        self._database.bell.ring()
