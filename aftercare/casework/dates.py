"""Reads a day and an hour that somebody typed in Indonesian, on the office's own clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from aftercare.rules import days, hours
from aftercare.rules.unclear import Unclear

FURTHEST: Final = timedelta(days=366)
_ZONES: Final = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
_ZONE: Final = re.compile(r"\b(wib|wita|wit)\b", re.IGNORECASE)
_PART: Final = re.compile(rf"\b(?:{hours.PART})\b(?:\s*[- ]\s*(?:{hours.PART})\b)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What has been said of when; any of it may be missing, and several texts may add to it.

    `start` is minutes after midnight, `minutes` is how long it is to last.
    """

    day: date | None = None
    start: int | None = None
    zone: str | None = None
    minutes: int | None = None

    def pack(self) -> dict[str, Any]:
        """As a conversation can keep it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Reading(Wish):
    """What one text says of when. `rest` is what it says besides."""

    rest: str = ""
    unclear: Unclear | None = None


W = TypeVar("W", bound=Wish)


def read(text: str, now: datetime, time_zone: str) -> Reading:
    """Take day, hour and length out of a text. Nothing is guessed: see `unclear`."""
    zone = _ZONE.search(text)
    named = _ZONES[zone[1].casefold()] if zone else None
    text = _ZONE.sub(" ", text)
    length, text = hours.length(text)
    today = now.astimezone(ZoneInfo(named or time_zone)).date()
    day = days.read(_only_days(text), today)
    clock = hours.read(text, part=day.part or _part(text))
    rest = _rest(text, today)
    minutes = clock.end - clock.start if clock.end and clock.start is not None else length
    return Reading(day.day, clock.start, named, minutes, rest, day.unclear or clock.unclear)


def add(known: W, said: Reading) -> W:
    """What is said last goes before what was known; what it leaves open stays."""
    return replace(
        known,
        day=said.day or known.day,
        start=known.start if said.start is None else said.start,
        zone=said.zone or known.zone,
        minutes=said.minutes or known.minutes,
    )


def moment(wish: Wish, now: datetime, time_zone: str) -> datetime | Unclear:
    """The moment that is wished for, in UTC, or the one thing that keeps it from being known."""
    if wish.day is None:
        return Unclear("no_day" if wish.start is not None else "no_moment")
    if wish.start is None:
        return Unclear("no_hour", {"day": wish.day})
    at = at_office(wish.day, wish.start, wish.zone or time_zone)
    if at <= now:
        return Unclear("moment_passed", {"at": at})
    return Unclear("too_far", {"at": at}) if at - now > FURTHEST else at


def find(text: str, now: datetime, time_zone: str) -> datetime | Unclear:
    """The moment that one text names, in UTC."""
    said = read(text, now, time_zone)
    return said.unclear or moment(said, now, time_zone)


def at_office(day: date, minutes: int, time_zone: str) -> datetime:
    """This hour of this day on that office's wall, in UTC."""
    wall = datetime.combine(day, time(minutes // 60 % 24, minutes % 60), ZoneInfo(time_zone))
    return wall.astimezone(UTC)


def day_at(moment: datetime, time_zone: str) -> date:
    """The day of this moment on that office's calendar."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def _only_days(text: str) -> str:
    """Without the hours, so that "jam 9-10" is not the ninth of October."""
    return hours.read(text).rest


def _rest(text: str, today: date) -> str:
    return _PART.sub(" | ", days.read(_only_days(text), today).rest)


def _part(text: str) -> str:
    """A part of the day that stands alone, as in "besok pagi jam 9"."""
    found = re.search(rf"\b({hours.PART})\b", hours.read(text).rest, re.IGNORECASE)
    return found[1] if found else ""
