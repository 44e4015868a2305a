"""Reads a time of day as people write it: "jam 7 malam", "19.00", "setengah 8"."""

import re
from typing import Final

from bot.flows import typed

#: hours in which a bare "7" is looked for first: the hours in which we may write to people
WAKING: Final = (8 * 60, 20 * 60 + 59)
DAY: Final = (0, 24 * 60 - 1)
_PATTERN: Final = re.compile(
    r"(?:jam|pukul|pkl|jm)?\s*(?P<half>setengah|stgh)?\s*(?P<hour>\d{1,2}|[a-z]+)"
    r"(?:\s*[.:]\s*(?P<minute>\d{2}))?"
    r"(?:\s*(?P<side>lewat|lebih|kurang)\s*(?P<by>\d{1,2}|seperempat|[a-z]+)(?:\s*menit)?)?"
    r"\s*(?P<part>pagi|subuh|dini hari|siang|sore|petang|malam|malem|mlm)?"
    r"(?:\s*(?:an|wib|wita|wit))?"
)


def read(text: str, low: int | None = None, high: int | None = None) -> str | None:
    """The time as "19:00" within the bounds (minutes after midnight), or None."""
    found = _PATTERN.fullmatch(text.casefold().strip(" .,!?"))
    if found is None:
        return None
    minutes = _minutes(found)
    if minutes is None:
        return None
    bounds = (DAY[0] if low is None else low, DAY[1] if high is None else high)
    candidates = _candidates(minutes, found)
    within = [one for one in candidates if bounds[0] <= one <= bounds[1]]
    waking = [one for one in within if WAKING[0] <= one <= WAKING[1]]
    return show((waking or within)[0]) if within else None


def show(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def minutes(time: str) -> int | None:
    """Minutes after midnight of a time written "19:00"."""
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", time)
    return int(found[1]) * 60 + int(found[2]) if found else None


def _minutes(found: re.Match[str]) -> int | None:
    hour, minute = typed.number(found["hour"]), int(found["minute"] or 0)
    if hour is None or not (0 <= hour <= 24 and minute < 60):
        return None
    return (hour * 60 + minute - (30 if found["half"] else 0) + _shift(found)) % (24 * 60)


def _shift(found: re.Match[str]) -> int:
    if not found["side"]:
        return 0
    by = 15 if found["by"] == "seperempat" else typed.number(found["by"]) or 0
    return -by if found["side"] == "kurang" else by


def _candidates(minutes: int, found: re.Match[str]) -> list[int]:
    """The times a clock reading can mean, the likeliest first."""
    half_day = 12 * 60
    if found["part"]:
        return [_in_part(minutes, found["part"])]
    written_in_full = len(found["hour"]) == 2 and found["hour"].startswith("0")
    if written_in_full or minutes >= 13 * 60 or minutes < 60:
        return [minutes]
    return [minutes, (minutes + half_day) % (2 * half_day)]


def _in_part(minutes: int, part: str) -> int:
    noon = 12 * 60
    hour = minutes // 60
    if hour > 12:
        return minutes
    match part:
        case "pagi" | "subuh" | "dini hari":
            return minutes % noon
        case "siang":
            return minutes if 9 <= hour <= 12 else minutes + noon
        case "sore" | "petang":
            return minutes % noon + noon
        case _:  # at night one to four is after midnight, five to eleven before it
            return minutes % noon if hour <= 4 or hour == 12 else minutes + noon
