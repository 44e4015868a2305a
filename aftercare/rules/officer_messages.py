"""When words left for an officer are missed, and how long they are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.rules import ladder

#: Free text is kept for thirty days (domain page on law and practice, R7).
KEPT: Final = timedelta(days=30)
#: After so many working days without a reader the client is told, and the digest counts it;
#: after so many, an alert is opened as well.
COUNTED, ALARMED = 1, 2


def missed_at(
    opens: datetime, working_days: int, *, time_zone: str, holidays: Collection[date] = ()
) -> datetime:
    """So many working days after it could be read first, at the same hour, in the zone of `opens`.

    `opens` lies in working hours; `time_zone` is the office's.
    """
    local = opens.astimezone(ZoneInfo(time_zone))
    while working_days:
        local += timedelta(days=1)
        working_days -= ladder.is_working_day(local.date(), holidays)
    return local.astimezone(opens.tzinfo)
