"""Which prompt of the family programme comes next, and on which day: at most one a week.

Twelve weeks in their order (domain page on family, 5.3). What lies ahead or has just happened
takes the place of one of them, and never twice in a row, so that the twelve go on.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from aftercare.rules import rhythm

WEEKS: Final = 12
EVERY: Final = timedelta(days=7)
#: Days after joining, or after a relative's yes, until the first one.
CLIENT_AFTER, RELATIVE_AFTER = 3, 2
CLIENT_AT, RELATIVE_AT = "16:30", "10:00"
ASKED_AFTER: Final = 3
DONE: Final = "done"
#: What takes the place of a week, the nearest to the heart first.
EVENTS: Final = ("conflict", "missed", "birthday", "holiday", "payday")
#: Where home is not safe or not there, nothing leads to it.
TRUSTED: Final = ("conflict", "missed", "holiday", "payday")
#: Relatives hear of no date and no event that the client has told us.
RELATIVES: Final = ("holiday",)
#: Holidays on which families meet; a day of work that falls out is none.
_TOGETHER: Final = ("Idul Fitri", "Idul Adha", "Natal", "Tahun Baru Masehi", "Nyepi", "Imlek",
                    "Waisak", "Kemerdekaan")  # fmt: skip
_DAYS: Final = 7


def week(number: int) -> str:
    return f"week_{number:02}"


def number(theme: str) -> int:
    """1 to 12 for a week of the twelve, 0 for anything else."""
    kind, _, which = theme.partition("_")
    return int(which) if kind == "week" else 0


def next_theme(said: int, near: Collection[str], *, last: str | None) -> str:
    """`said` weeks of this round have been said; `last` is the theme that came before this one."""
    if said >= WEEKS:
        return DONE
    event = next((one for one in EVENTS if one in near), None)
    return week(said + 1) if event is None or last in EVENTS else event


def after(day: date, days: int, *, at: str, time_zone: str) -> datetime:
    """This hour, so many days after this day, by the person's own clock; in UTC."""
    return rhythm.at(day + timedelta(days=days), at, time_zone)


def next_due(last: date | None, now: datetime, *, at: str, time_zone: str) -> datetime:
    """A week after the last one; where that has gone by or there was none, tomorrow."""
    today = rhythm.local_day(now, time_zone)
    wanted = last + EVERY if last else today
    return rhythm.at(max(wanted, today + timedelta(days=1)), at, time_zone)


def too_soon(last: date | None, today: date) -> bool:
    """At most one a week, never two on a day."""
    return last is not None and today - last < EVERY


def ask_at(posted: date, today: date, time_zone: str) -> datetime | None:
    """When to ask what came of it: some days later, and before the next one comes."""
    day = min(today + timedelta(days=ASKED_AFTER), posted + EVERY - timedelta(days=1))
    return rhythm.at(day, CLIENT_AT, time_zone) if day > today else None


def holiday(today: date, known: Mapping[date, str]) -> str | None:
    """A holiday of the coming week on which families meet, without "(perkiraan)"."""
    names = (known.get(day) for day in _ahead(today))
    found = next((one for one in names if one and any(each in one for each in _TOGETHER)), None)
    return found and found.partition(" (")[0].removeprefix("Hari kedua dari ")


def is_payday_ahead(today: date, payday: int | None) -> bool:
    """In a month that is too short it is the last day."""
    return payday is not None and any(
        day.day == min(payday, calendar.monthrange(day.year, day.month)[1]) for day in _ahead(today)
    )


def is_birthday_ahead(today: date, birthday: str | None) -> bool:
    """`birthday` is month and day. A year without 29 February keeps that one on 1 March."""
    return any(birthday in _birthdays_on(day) for day in _ahead(today))


def _birthdays_on(day: date) -> tuple[str, ...]:
    first_of_march = day.month == 3 and day.day == 1 and not calendar.isleap(day.year)
    return (f"{day:%m-%d}", "02-29") if first_of_march else (f"{day:%m-%d}",)


def _ahead(today: date) -> Iterator[date]:
    """Today and the six days before the next one comes."""
    return (today + timedelta(days=days) for days in range(_DAYS))
