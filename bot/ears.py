"""Hears Telegram by long polling: every update is a committed row before it is acknowledged.

The answer is taken as plain JSON, so that one update which cannot be decoded stops nobody, and
the offset is sent once and then left out: update ids may start again lower after a quiet week.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from sqlalchemy.exc import DBAPIError

from aftercare.clock import Clock
from aftercare.records import inbox
from aftercare.records.database import Database

log = logging.getLogger(__name__)
HEARD: Final = ["message", "edited_message", "callback_query", "my_chat_member"]
_LONGEST_REST: Final = 30.0


class GetRawUpdates(TelegramMethod[list[Any]]):
    """`getUpdates` without a model of what comes back."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int
    allowed_updates: list[str]


class Ears:
    """Polls for ever. A database that is away is waited for; nothing is acknowledged meanwhile."""

    def __init__(self, bot: Bot, database: Database, clock: Clock, *, poll_seconds: int = 25):
        self._bot, self._database, self._clock = bot, database, clock
        self._poll_seconds = poll_seconds
        self._rest = 0.0

    async def run(self) -> None:
        offset: int | None = None
        while True:
            updates = await self._ask(offset)
            if updates is None:
                continue
            if updates:
                await self._keep(updates)
            offset = _after(updates)

    async def _ask(self, offset: int | None) -> list[dict[str, Any]] | None:
        """The next updates, or None after resting because the line failed."""
        # An offset acknowledges; the answer to it comes at once, so that it is not left standing.
        wait = self._poll_seconds if offset is None else 0
        call = GetRawUpdates(offset=offset, timeout=wait, allowed_updates=HEARD)
        try:
            found = await self._bot(call, request_timeout=wait + 15)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except (TelegramAPIError, OSError, TimeoutError, ValueError) as error:
            await self._line_failed(error)
        else:
            self._rest = 0.0
            return [one for one in found if isinstance(one, dict) and "update_id" in one]
        return None

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        received = [inbox.received(update) for update in updates]
        while True:
            try:
                async with self._database.transaction() as db:
                    await inbox.store(db, received, self._clock.now())
            except (DBAPIError, OSError, TimeoutError) as error:
                await self._line_failed(error)
            else:
                self._database.heard.ring()
                return

    async def _line_failed(self, error: Exception) -> None:
        self._rest = min(max(0.5, self._rest * 2), _LONGEST_REST)
        log.warning("waiting", extra={"for": type(error).__name__, "seconds": self._rest})
        await asyncio.sleep(self._rest)


def _after(updates: list[dict[str, Any]]) -> int | None:
    return int(updates[-1]["update_id"]) + 1 if updates else None
