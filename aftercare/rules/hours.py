"""Reads hours and lengths inside a sentence: "jam 2 siang", "setengah 9", "09.30-11.00", "1 jam".

A bare hour is read as people at work mean it: 7 to 12 before and at noon, 1 to 5 after it. Six is
both breakfast and dusk, so it is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aftercare.rules.unclear import Unclear

_COUNTED: Final = (
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas", "dua belas",
)  # fmt: skip
NUMBERS: Final[Mapping[str, int]] = {word: at for at, word in enumerate(_COUNTED, start=1)}
_NUMBER: Final = r"\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_LEAD: Final = r"(?:jam|pukul|pkl|jm)"
PART: Final = r"pagi|subuh|siang|sore|petang|malam|malem"
_SIDE: Final = (
    rf"(?:\s*(?P<side#>lewat|lebih|kurang)\s*(?P<by#>seperempat|{_NUMBER})(?:\s*menit)?)?"
)
_TAIL: Final = rf"{_SIDE}(?:\s*(?P<part#>{PART})\b)?"
_HOUR: Final = (
    rf"(?P<half#>setengah|stgh)?\s*(?P<hour#>{_NUMBER})(?:\s*-?an)?\b"
    r"(?:[.:](?P<minute#>\d{2})\b)?"
)
_UNTIL: Final = r"(?:\s*(?:-|–|sampai|sampe|hingga|s/d|s\.d\.?|sd)\s*"
_DATE_BEFORE: Final = r"(?<![\d./:-])"
_DATE_AFTER: Final = r"(?![\d/]|[.:-]\d)"

#: First with "jam", which can be nothing else; then what only looks like an hour.
_LED: Final = re.compile(
    rf"\b{_LEAD}\s*{_HOUR}{_TAIL}".replace("#", "")
    + rf"{_UNTIL}(?:{_LEAD}\s*)?{_HOUR}{_TAIL})?".replace("#", "2"),
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"{_DATE_BEFORE}\b(?:"
    rf"(?P<hour>\d{{1,2}})[.:](?P<minute>\d{{2}})\b"
    rf"{_UNTIL}(?P<hour2>\d{{1,2}})[.:](?P<minute2>\d{{2}})\b)?{_DATE_AFTER}"
    rf"(?:\s*(?P<part>{PART})\b)?"
    rf"|(?P<half>setengah|stgh)\s+(?P<hour_h>{_NUMBER})\b(?!\s*(?:jam|menit))"
    rf"(?:\s*(?P<part_h>{PART})\b)?"
    rf"|(?P<hour_p>{_NUMBER})\s*(?P<part_p>{PART})\b)",
    re.IGNORECASE,
)
_LENGTH: Final = re.compile(
    rf"\b(?:selama\s+)?(?:(?P<word>sejam|setengah jam|satu setengah jam|sejam setengah)"
    rf"|(?P<hours>\d(?:[.,]5)?|{_NUMBER})\s*jam(?:\s*(?P<rest>\d{{1,2}})\s*(?:menit|mnt))?"
    rf"|(?P<minutes>\d{{1,3}})\s*(?:menit|mnt))\b"
    rf"(?!\s*(?:lagi|lewat|lebih|kurang|setengah|(?:{_NUMBER})\b))",
    re.IGNORECASE,
)
_WORDED: Final = {
    "sejam": 60, "setengah jam": 30, "satu setengah jam": 90, "sejam setengah": 90,
}  # fmt: skip
#: The hours (on a twelve-hour face, in minutes) that each part of the day can hold.
_FACES: Final[Mapping[str, tuple[tuple[int, int, int], ...]]] = {
    "pagi": ((60, 720, 0),),
    "siang": ((600, 720, 0), (0, 240, 720)),
    "sore": ((120, 420, 720),),
    "malam": ((360, 720, 720),),
    "": ((420, 720, 0), (0, 360, 720)),
}
_SAME_PART: Final = {"subuh": "pagi", "petang": "sore", "malem": "malam"}
_HALF_DAY: Final = 720
_DAY: Final = 1440


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes after midnight, the end where one was said, and the text without them."""

    start: int | None
    end: int | None
    rest: str
    unclear: Unclear | None = None


def read(text: str, *, part: str = "") -> Hours:
    """The one hour of this text. `part` is a part of the day that stands elsewhere in it."""
    found = list(_LED.finditer(text)) or list(_BARE.finditer(text))
    found = [one for one in found if _looks_like_an_hour(one)]
    if not found:
        return Hours(None, None, text)
    rest = _without(text, found)
    starts = {_minutes(one.groupdict(), "", part) for one in found}
    if len(starts) > 1:
        return Hours(None, None, rest, Unclear("two_hours"))
    start = starts.pop()
    if isinstance(start, Unclear):
        return Hours(None, None, rest, start)
    return Hours(start, _end(found[0].groupdict(), start), rest)


def length(text: str) -> tuple[int | None, str]:
    """How many minutes it is to last, where that is said, and the text without it."""
    found = _LENGTH.search(text)
    if found is None:
        return None, text
    return _long(found.groupdict()), _without(text, [found])


def show(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


def _long(found: Mapping[str, Any]) -> int:
    if word := found["word"]:
        return _WORDED[" ".join(word.casefold().split())]
    if minutes := found["minutes"]:
        return int(minutes)
    hours = found["hours"].casefold().replace(",", ".")
    whole = NUMBERS[hours] * 60 if hours in NUMBERS else round(float(hours) * 60)
    return whole + int(found["rest"] or 0)


def _looks_like_an_hour(found: re.Match[str]) -> bool:
    """ "25.11" is a date; "jam 25" is an hour that does not exist, and is said to be."""
    if found.re is _LED:
        return True
    hour, minute = found["hour"], found["minute"]
    return hour is None or (int(hour) <= 24 and int(minute) < 60)


def _without(text: str, found: list[re.Match[str]]) -> str:
    for one in reversed(found):
        text = f"{text[: one.start()]} | {text[one.end() :]}"
    return text


def _minutes(found: Mapping[str, Any], which: str, part: str) -> int | Unclear:
    """Minutes after midnight."""
    named = found.get(f"hour{which}") or found.get("hour_h") or found.get("hour_p") or ""
    hour = NUMBERS.get(named.casefold()) or int(named)
    minute = int(found.get(f"minute{which}") or 0)
    if hour > 24 or minute > 59:
        return Unclear("no_such_hour", {"hour": named})
    half = 30 if found.get(f"half{which}") else 0
    total = hour * 60 + minute - half + _shift(found, which)
    said = found.get(f"part{which}") or found.get("part_h") or found.get("part_p") or part
    in_full = hour > 12 or hour == 0 or (_minute_said(found, which) and named.startswith("0"))
    return _placed(total % _DAY, _part(said), in_full=in_full)


def _minute_said(found: Mapping[str, Any], which: str) -> bool:
    return found.get(f"minute{which}") is not None


def _shift(found: Mapping[str, Any], which: str) -> int:
    side = found.get(f"side{which}")
    if not side:
        return 0
    by = found[f"by{which}"].casefold()
    minutes = 15 if by == "seperempat" else NUMBERS.get(by) or int(by)
    return -minutes if side.casefold() == "kurang" else minutes


def _part(said: str) -> str:
    return _SAME_PART.get(said.casefold(), said.casefold())


def _placed(total: int, part: str, *, in_full: bool) -> int | Unclear:
    """The hour on the face of a clock, in the part of the day that was said or is usual."""
    if in_full and not part:
        return total
    face = total % _HALF_DAY
    for low, high, offset in _FACES[part]:
        if low <= face < high and (not in_full or face + offset == total):
            return face + offset
    code = "hour_and_part" if part else "ambiguous_hour"
    return Unclear(code, {"hour": show(total).removesuffix(".00").removeprefix("0"), "part": part})


def _end(found: Mapping[str, Any], start: int) -> int | None:
    """The end of "jam 9-11": the first such hour after the start."""
    if not found.get("hour2"):
        return None
    end = _minutes(found, "2", "")
    if isinstance(end, Unclear) or end <= start:
        named = found["hour2"].casefold()
        face = (NUMBERS.get(named) or int(named)) * 60 + int(found.get("minute2") or 0)
        end = next((one for one in (face, face + _HALF_DAY) if start < one < _DAY), start)
    return end if end > start else None
