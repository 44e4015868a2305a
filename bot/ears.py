"""Hears Telegram by long polling: every update is a committed row before it is acknowledged.

The answer is taken as plain JSON, so that one update which cannot be decoded stops nobody, and
the offset is sent once and then left out: update ids may start again lower after a quiet week.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from aftercare.clock import Clock
from aftercare.records import inbox
from aftercare.records.database import Database, is_away
from aftercare.settings import WrongToken

log = logging.getLogger(__name__)
HEARD: Final = ["message", "edited_message", "callback_query", "my_chat_member"]
FIRST_REST: Final = 0.5
LONGEST_REST: Final = 30.0
_SLACK: Final = 15
#: Seconds that what was just kept has to itself; acknowledging it may come after the answer.
_AFTER_YOU: Final = 0.03


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
        """Cancel it to stop: what has not been kept by then comes again.

        Raises:
            WrongToken: Telegram does not know our token.
        """
        offset: int | None = None
        while True:
            updates = await self._ask(offset)
            if updates is None:
                continue
            if updates:
                await self._keep(updates)
                await asyncio.sleep(_AFTER_YOU)
            offset = _after(updates)

    async def _ask(self, offset: int | None) -> list[dict[str, Any]] | None:
        """The next updates, or None after resting because the line failed."""
        # An offset acknowledges; the answer to it comes at once, so that it is not left standing.
        wait = self._poll_seconds if offset is None else 0
        call = GetRawUpdates(offset=offset, timeout=wait, allowed_updates=HEARD)
        try:
            found = await self._bot(call, request_timeout=wait + _SLACK)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            raise WrongToken from error
        except TelegramConflictError as error:
            await self._somebody_else_hears(error)
        except (AiogramError, OSError, TimeoutError, ValueError) as error:
            await self._line_failed(type(error).__name__)
        else:
            return await self._readable(found)
        return None

    async def _readable(self, found: list[Any]) -> list[dict[str, Any]] | None:
        updates = [one for one in found if isinstance(one, dict) and _numbered(one)]
        if found and not updates:
            await self._line_failed("updates without a number")
            return None
        self._rest = 0.0
        return updates

    async def _somebody_else_hears(self, error: TelegramConflictError) -> None:
        """A webhook from an earlier life is taken down; another poller is waited for."""
        if "webhook" in error.message.lower():
            try:
                await self._bot.delete_webhook(drop_pending_updates=False)
            except (AiogramError, OSError, TimeoutError):
                log.warning("the webhook stands", extra={"why": "deleteWebhook failed"})
        await self._line_failed("another process hears for this bot")

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        received = [inbox.received(update) for update in updates]
        while True:
            try:
                async with self._database.transaction() as db:
                    await inbox.store(db, received, self._clock.now())
            except Exception as error:
                if not is_away(error):
                    raise
                await self._line_failed(type(error).__name__)
            else:
                self._database.heard.ring()
                return

    async def _line_failed(self, why: str) -> None:
        self._rest = min(max(FIRST_REST, self._rest * 2), LONGEST_REST)
        log.warning("waiting", extra={"why": why, "seconds": self._rest})
        await asyncio.sleep(self._rest)


def _numbered(update: dict[str, Any]) -> bool:
    return isinstance(update.get("update_id"), int)


def _after(updates: list[dict[str, Any]]) -> int | None:
    return int(updates[-1]["update_id"]) + 1 if updates else None
