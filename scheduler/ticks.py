"""Claims the timers that are due, a batch in one transaction, and hands each kind to its job."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Final

from aftercare.clock import Clock
from aftercare.records import timers
from aftercare.records.database import Database, Db, is_away
from aftercare.records.timers import Timer

log = logging.getLogger(__name__)
BATCH: Final = 100
Job = Callable[[Db, list[Timer], datetime], Awaitable[None]]
"""Does what some timers of one kind ask for, in the transaction that took them off the table."""


@dataclass(frozen=True, slots=True)
class Ticks:
    database: Database
    clock: Clock
    jobs: Mapping[str, Job]
    #: Held while timers run, so that a process which stops lets them finish.
    busy: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def tick(self) -> None:
        """Once a second. A database that is away is waited for until the next one."""
        try:
            async with self.busy:
                await self.run_due()
        except Exception as error:
            if not is_away(error):
                raise
            log.warning("waiting for the database", extra={"error": type(error).__name__})

    async def run_due(self) -> int:
        """Everything that is due now; returns how many timers that were."""
        total = 0
        while done := await self._batch():
            total += done
            await asyncio.sleep(0)  # whoever waits for the loop goes first
        return total

    async def _batch(self) -> int:
        now = self.clock.now()
        due: list[Timer] = []
        try:
            async with self.database.transaction() as db:
                due = await timers.claim(db, now, at_most=BATCH)
                await self._do(db, due, now)
        except Exception as error:  # the batch is back on the table: one of them is to blame
            if not due or is_away(error):
                raise
            log.warning("batch failed", extra={"timers": len(due), "error": type(error).__name__})
            for timer in due:
                await self._alone(timer.id, now)
        return len(due)

    async def _alone(self, timer_id: int, now: datetime) -> None:
        try:
            async with self.database.transaction() as db:
                timer = await timers.claim_one(db, timer_id)
                await self._do(db, [timer] if timer else [], now)
        except Exception as error:
            if is_away(error):
                raise
            kind = type(error).__name__
            log.error("timer failed", extra={"timer": timer_id, "error": kind})
            async with self.database.transaction() as db:
                await timers.failed(db, timer_id, kind, now)

    async def _do(self, db: Db, due: list[Timer], now: datetime) -> None:
        wanted = [timer for timer in due if not _too_late(timer, now)]
        by_kind = sorted(wanted, key=lambda timer: timer.kind)
        for kind, same in groupby(by_kind, key=lambda timer: timer.kind):
            await self.jobs[kind](db, list(same), now)


def _too_late(timer: Timer, now: datetime) -> bool:
    late = timer.expires_at is not None and timer.expires_at <= now
    if late:
        log.info("timer too late", extra={"kind": timer.kind, "subject": timer.subject})
    return late


def one_by_one(
    job: Callable[[Db, Timer, datetime], Awaitable[None]],
) -> Job:
    """A job that looks at each timer for itself."""

    async def each(db: Db, due: list[Timer], now: datetime) -> None:
        for timer in due:
            await job(db, timer, now)

    return each
