"""Reads the day inside a sentence: "besok", "senin minggu depan", "25 November", "3 hari lagi".

dateparser knows the Indonesian calendar; what is handed to it is one day and nothing else.
Measured on 1.5.0: of "besok jam 9" it keeps the day and loses the hour without a word, it reads
"25 November jam 10" as the year 2110 and "11/25" as 2125, knows neither "lusa" nor "3 hari lagi"
nor "senin depan", puts "tanggal 5" into the past, and believes "Senin, 1 Desember" of a Tuesday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from aftercare.rules import hours
from aftercare.rules.unclear import Unclear

_MONTHS: Final[Mapping[str, str]] = {
    "jan": "januari", "feb": "februari", "peb": "februari", "mar": "maret", "apr": "april",
    "mei": "mei", "jun": "juni", "jul": "juli", "agu": "agustus", "ags": "agustus",
    "agt": "agustus", "aug": "agustus", "sep": "september", "okt": "oktober", "oct": "oktober",
    "nov": "november", "nop": "november", "des": "desember", "dec": "desember",
}  # fmt: skip
_WEEKDAYS: Final[Mapping[str, int]] = {
    "senin": 0, "selasa": 1, "rabu": 2, "rebo": 2, "kamis": 3, "kemis": 3, "jumat": 4,
    "jum'at": 4, "jum’at": 4, "sabtu": 5, "minggu": 6, "ahad": 6,
}  # fmt: skip
_MONTH: Final = (
    r"(?:jan(?:uari)?|[fp]eb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu(?:s|st|stus)?"
    r"|agst|ags|agt|aug|sept?(?:ember)?|o[kc]t(?:ober)?|no[vp](?:ember)?|de[sc](?:ember)?)"
)
_COUNT: Final = r"\d{1,2}|" + "|".join(sorted(hours.NUMBERS, key=len, reverse=True))
_WEEKDAY: Final = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_DAYS: Final = re.compile(
    r"\b(?:"
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<slashed>\d{1,2}[/-]\d{1,2}(?:[/-](?:\d{4}|\d{2}))?|\d{1,2}\.\d{1,2}(?:\.(?:\d{4}|\d{2}))?)"
    rf"|(?:(?:tanggal|tgl\.?)\s*)?(?P<day>\d{{1,2}})\s*(?P<month>{_MONTH})\b\.?(?:\s+(?P<year>20\d\d))?"
    r"|(?:tanggal|tgl\.?)\s*(?P<nth>\d{1,2})(?:\s+bulan\s+(?P<nth_month>depan|ini))?"
    rf"|(?P<count>{_COUNT})\s+(?P<unit>hari|minggu|bulan)\s+(?:lagi|ke\s?depan)"
    r"|(?P<one>seminggu|sebulan|sehari)\s+lagi"
    rf"|(?P<part>{hours.PART})\s+ini|nanti\s+(?P<later>{hours.PART})"
    r"|(?P<word>hari\s+ini|sekarang|besok|besuk|bsk|bsok|esok|lusa|nanti|ntar|kemarin|kmrn|kemaren)"
    r"|(?P<week>minggu\s+depan|minggu\s+ini|pekan\s+depan|pekan\s+ini|bulan\s+depan)"
    rf"|(?:hari\s+)?(?P<weekday>{_WEEKDAY})(?:\s+(?P<side>depan|ini)\b)?"
    rf"(?:\s+(?:minggu|pekan)\s+(?P<side_w>depan|ini))?"
    r")(?![\w/])",
    re.IGNORECASE,
)
_WORDS: Final[Mapping[str, str]] = {
    "besuk": "besok", "bsk": "besok", "bsok": "besok", "esok": "besok", "lusa": "dalam 2 hari",
    "nanti": "hari ini", "ntar": "hari ini", "sekarang": "hari ini", "kmrn": "kemarin",
    "kemaren": "kemarin",
}  # fmt: skip
_ONES: Final = {"seminggu": "1 minggu", "sebulan": "1 bulan", "sehari": "1 hari"}
#: A day without a year that lies this far ahead has just gone by.
_GONE: Final = timedelta(days=300)


@dataclass(frozen=True, slots=True)
class Day:
    """The day, a part of it ("pagi") where one was said with it, and the text without both."""

    day: date | None
    rest: str
    part: str = ""
    unclear: Unclear | None = None


def read(text: str, today: date) -> Day:
    """The one day of this text."""
    found = list(_DAYS.finditer(text))
    rest = text
    for one in reversed(found):
        rest = f"{rest[: one.start()]} | {rest[one.end() :]}"
    part = next((one["part"] or one["later"] or "" for one in found), "")
    groups = [one.groupdict() for one in found]
    match _chosen(groups, today):
        case Unclear() as unclear:
            return Day(None, rest, part, unclear)
        case day:
            return Day(day, rest, part)


def _chosen(groups: list[dict[str, Any]], today: date) -> date | Unclear | None:
    found = list(dict.fromkeys(_exact(groups, today)))
    if unclear := next((one for one in found if isinstance(one, Unclear)), None):
        return unclear
    exact = [one for one in found if isinstance(one, date)]
    named = list(dict.fromkeys(_named(groups)))
    if len(exact) > 1 or len({weekday for weekday, _ in named}) > 1:
        return Unclear("two_days")
    if exact:
        return _agreed(exact[0], named)
    if named:
        return _coming(named[-1][0], named[-1][1] or _week(groups), today)
    return Unclear("which_day") if _week(groups) else None


def _exact(groups: list[dict[str, Any]], today: date) -> Iterator[date | Unclear]:
    """Every day that is named by itself, without the calendar of this week."""
    for found in groups:
        if found["nth"]:
            yield _nth(int(found["nth"]), found["nth_month"], today)
        elif phrase := _phrase(found):
            yield _parsed(phrase, today)


def _phrase(found: Mapping[str, Any]) -> str | None:
    """The day alone, in words that dateparser knows."""
    if found["month"]:
        month = _MONTHS[found["month"].casefold()[:3]]
        return f"{found['day']} {month} {found['year'] or ''}".strip()
    if found["count"]:
        count = found["count"].casefold()
        return f"dalam {hours.NUMBERS.get(count, count)} {found['unit'].casefold()}"
    if found["one"]:
        return f"dalam {_ONES[found['one'].casefold()]}"
    if found["part"] or found["later"]:
        return "hari ini"
    if found["word"]:
        word = " ".join(found["word"].casefold().split())
        return _WORDS.get(word, word)
    return found["iso"] or (found["slashed"] and re.sub(r"[.-]", "/", found["slashed"]))


def _parsed(phrase: str, today: date) -> date | Unclear:
    import dateparser

    found = dateparser.parse(
        phrase,
        languages=["id"],
        date_formats=["%Y-%m-%d"] if phrase[:4].isdigit() else None,
        settings={
            "RELATIVE_BASE": datetime.combine(today, time(12)),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month"],
            "PARSERS": ["custom-formats", "relative-time", "absolute-time"],
        },
    )
    if found is None or not _is_what_was_said(phrase, found.date()):
        return Unclear("no_such_day", {"day": phrase})
    day = found.date()
    if day < today or (day - today > _GONE and not re.search(r"\d{4}|/\d+/", phrase)):
        return Unclear("day_passed")
    return day


def _is_what_was_said(phrase: str, day: date) -> bool:
    """Day and month stand where Indonesians write them: never 11/25 for 25 November."""
    numbers = [int(one) for one in re.findall(r"\d+", phrase)]
    if phrase.startswith("dalam") or not numbers:
        return True
    if numbers[0] > 31:
        return [day.year, day.month, day.day] == numbers[:3]
    return day.day == numbers[0] and ("/" not in phrase or day.month == numbers[1])


def _nth(nth: int, month: str | None, today: date) -> date | Unclear:
    """ "tanggal 5": of this month, or of the next one where that has gone by."""
    first = today.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    wanted = following if month == "depan" or (month is None and nth < today.day) else first
    try:
        day = wanted.replace(day=nth)
    except ValueError:
        return Unclear("no_such_day", {"day": f"tanggal {nth}"})
    return Unclear("day_passed") if day < today else day


def _named(groups: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """(weekday, side), where the side is "ini", "depan", "minggu depan" or empty."""
    for found in groups:
        if found["weekday"]:
            side = (found["side"] or "").casefold()
            if found["side_w"]:
                side = f"minggu {found['side_w'].casefold()}"
            if not (found["weekday"].casefold() == "minggu" and side in ("depan", "ini")):
                yield _WEEKDAYS[found["weekday"].casefold()], side


def _week(groups: list[dict[str, Any]]) -> str:
    weeks = [" ".join((found["week"] or "").casefold().split()) for found in groups]
    return next((one.replace("pekan", "minggu") for one in weeks if one), "")


def _agreed(day: date, named: list[tuple[int, str]]) -> date | Unclear:
    if named and named[0][0] != day.weekday():
        return Unclear("wrong_weekday", {"day": day})
    return day


def _coming(weekday: int, side: str, today: date) -> date | Unclear:
    """The day meant by a weekday; "Jumat depan" on a Tuesday is two days, so it is asked."""
    monday = today - timedelta(days=today.weekday())
    this_week = monday + timedelta(days=weekday)
    next_week = this_week + timedelta(weeks=1)
    match side:
        case "minggu depan":
            return next_week
        case "ini" | "minggu ini":
            return Unclear("day_passed") if this_week < today else this_week
        case "depan" if this_week > today:
            return Unclear("which_of_two", {"first": this_week, "second": next_week})
        case "bulan depan":
            return Unclear("which_day")
    if this_week == today and not side:
        return Unclear("which_of_two", {"first": today, "second": next_week})
    return this_week if this_week > today else next_week
