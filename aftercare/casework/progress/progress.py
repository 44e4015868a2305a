"""What a client sees of the last weeks: mood and urge as lines, sessions as dots, steps counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from aftercare.casework.check_ins import monthly_check_ins
from aftercare.casework.check_ins.monthly_check_ins import Look
from aftercare.casework.progress.progress_sheet import Came, Sheet
from aftercare.messages import Media, Message
from aftercare.pictures import Drawing, Picture
from aftercare.records import check_ins, people, sessions
from aftercare.records.check_ins import CheckIn
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.sessions import Participant
from aftercare.rules import rhythm

SHOWN: Final = timedelta(days=34)
#: Six months of thirty days, with the days by which a question may be late.
MONTHS_SHOWN: Final = timedelta(days=190)
_SHORTEST: Final = timedelta(days=6)
_CAME: Final[Mapping[str, Came]] = {
    "present": "came",
    "present_online": "came",
    "excused": "excused",
    "late_excuse": "excused",
    "absent": "missed",
}


async def message(db: Db, person: Person, now: datetime) -> Message:
    sheet = await read(db, person, now)
    months = await _months(db, person, now)
    if sheet.has_months:
        values = {"steps": sheet.steps, "came": sheet.came, "moved": _moved(months)}
        return Message("progress.client.months", values, media=_media(person))
    moment = "little" if sheet.is_little else "picture"
    values = {"steps": sheet.steps, "came": sheet.came}
    return Message(f"progress.client.{moment}", values, media=_media(person))


def _media(person: Person) -> Media:
    return Media("progress", {"of": person.id})


def _moved(months: Sequence[Look]) -> Message:
    """One sentence about what moved most between the last two months that were answered."""
    *_, before, now = months
    return monthly_check_ins.praise(now.items, before.items)


async def _months(db: Db, person: Person, now: datetime) -> list[Look]:
    today = rhythm.local_day(now, person.time_zone)
    return await monthly_check_ins.looks(db, person.id, since=today - MONTHS_SHOWN)


async def read(db: Db, person: Person, now: datetime) -> Sheet:
    """The client's own answers and sessions of the last five weeks, whatever anybody else sees."""
    end = rhythm.local_day(now, person.time_zone)
    since = end - SHOWN
    daily = await check_ins.of_client(db, person.id, "daily", since=since)
    weekly = await check_ins.of_client(db, person.id, "weekly", since=since)
    met = await sessions.past_of_client(db, person.id, before=now)
    mood = _points(daily, "mood", 1, 0) | _points(weekly, "mood", 1, 1)
    # A week is asked on 0-4, a day on 1-5 and 0-10: drawn on the scale of the day.
    urge = _points(daily, "urge", 1, 0) | _points(weekly, "urge", 2.5, 0)
    meetings = _meetings(met, since, person.time_zone)
    first = min([*mood, *urge, *(day for day, _ in meetings)], default=end)
    start = min(first, end - _SHORTEST)
    steps = await check_ins.days_answered(db, person.id)
    months = tuple((one.on, one.found.score) for one in await _months(db, person, now))
    return Sheet(start, end, tuple(mood.items()), tuple(urge.items()), meetings, steps, months)


def _points(rows: Sequence[CheckIn], item: str, times: float, plus: float) -> dict[date, float]:
    return {row.on_day: row.items[item] * times + plus for row in rows if item in row.items}


def _meetings(met: Sequence[Participant], since: date, zone: str) -> tuple[tuple[date, Came], ...]:
    """Those with a record; what the office cancelled or nobody noted is nobody's miss."""
    days = [
        (one.session.starts_at.astimezone(ZoneInfo(zone)).date(), _CAME.get(one.attendance or ""))
        for one in met
        if one.session.state == "booked"
    ]
    return tuple((day, how) for day, how in days if how and day >= since)


async def picture(db: Db, arguments: Mapping[str, Any], now: datetime) -> Drawing:
    """Read now, drawn later in a thread; importing the painter takes a second."""
    sheet = await read(db, await people.get(db, arguments["of"]), now)

    def draw() -> Picture:
        from aftercare.casework.progress import progress_picture

        return Picture("photo", "perjalanan.png", progress_picture.draw(sheet))

    return draw
