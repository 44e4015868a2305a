"""Every night: what has been kept long enough goes, a batch in a transaction of its own.

The timer carries where it stands. After each batch it is due again at once, so that whatever
else is due has its turn in between, and a night that breaks off goes on where it was.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, Final

from aftercare.records import retention as records
from aftercare.records import timers
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from aftercare.rules import retention as rule

log = logging.getLogger(__name__)
SWEEP: Final = "retention.sweep"
SUBJECT: Final = "retention:0"
#: Rows looked at in one transaction: a few hundredths of a second.
BATCH: Final = 1000
_ORDER: Final = tuple(records.SWEEPS)


async def arm(db: Db, now: datetime) -> None:
    """For the coming night, unless it is armed already."""
    if not await timers.armed(db, [SUBJECT], [SWEEP]):
        timers.arm(db, Timer(SUBJECT, SWEEP, rule.next_night(now)))


async def sweep(db: Db, due: list[Timer], now: datetime) -> None:
    """One batch of one sort of rows. There is only one such timer."""
    at, after = due[0].payload.get("at", 0), due[0].payload.get("after", 0)
    if at >= len(_ORDER):  # the table has become shorter meanwhile
        timers.arm(db, Timer(SUBJECT, SWEEP, rule.next_night(now)))
        return
    what = _ORDER[at]
    before = rule.before(what, now)
    last, gone = await records.batch(db, records.SWEEPS[what], before, after=after, at_most=BATCH)
    if gone:
        log.info("kept long enough", extra={"what": what, "rows": gone})
    _go_on(db, {"at": at + 1, "after": 0} if last is None else {"at": at, "after": last}, now)


def _go_on(db: Db, payload: dict[str, Any], now: datetime) -> None:
    done = payload["at"] == len(_ORDER)
    next_ = Timer(SUBJECT, SWEEP, rule.next_night(now)) if done else None
    timers.arm(db, next_ or Timer(SUBJECT, SWEEP, now, payload=payload))
