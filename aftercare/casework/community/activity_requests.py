"""Reads what somebody typed after /kegiatan baru: what, when, where, how often, for how many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from aftercare.casework import dates
from aftercare.rules import activities, hours
from aftercare.rules.unclear import Unclear

_NUMBER: Final = r"\d{1,3}|" + "|".join(sorted(hours.NUMBERS, key=len, reverse=True))
_NOTE: Final = re.compile(
    r"[,;.]?\s*\b(?:catatan|keterangan|ket)\s*[:=]?\s+(?P<note>.+)$", re.IGNORECASE | re.DOTALL
)
_CAPACITY: Final = re.compile(
    r"\b(?:untuk |buat )?(?:(?:maksimal|maks\.?|paling banyak|kuota|kapasitas)\s*:?\s*"
    rf"(?P<most>{_NUMBER})(?:\s*(?:orang|peserta|kursi|tempat)\b)?"
    rf"|(?P<people>{_NUMBER})\s*(?:orang|peserta|kursi)\b)",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(
    rf"\b(?:selama\s+|sebanyak\s+)?(?P<times>{_NUMBER})\s*(?:kali|x\b|minggu\b|pekan\b)"
    r"(?!\s*(?:lagi|ke\s?depan|depan|ini))",
    re.IGNORECASE,
)
_WEEKLY: Final = re.compile(r"\b(?:tiap|setiap)\b|\b(?:mingguan|rutin)\b", re.IGNORECASE)
_WEEKDAY: Final = re.compile(
    r"\b(?:senin|selasa|rabu|rebo|kamis|kemis|jum.?at|sabtu|ahad)\b", re.IGNORECASE
)
_EVERY_WEEK: Final = re.compile(r"\b(?:tiap|setiap)\s+(?:minggu|pekan)\b", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"\b(?:di|bertempat di|tempat(?:nya)?(?: di)?)\s+(?P<place>.+?)(?=\s*(?:\||[,;]|$))",
    re.IGNORECASE,
)
_SKIPPED: Final = re.compile(
    r"\b(?:kegiatan|acara|ada|adakan|baru|buat|tolong|pada|hari|tanggal|untuk|selama|dan|mulai)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Request(dates.Wish):
    """What is known so far. `times` is how many weeks in a row."""

    kind: str | None = None
    name: str | None = None
    place: str | None = None
    capacity: int | None = None
    weekly: bool = False
    times: int | None = None
    note: str | None = None

    @classmethod
    def unpack(cls, kept: Mapping[str, Any] | None) -> Request:
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in (kept or {}).items() if name in known})


@dataclass(frozen=True, slots=True)
class Understood:
    """The request with what this text added, and the first thing in it that cannot stand."""

    request: Request
    unclear: Unclear | None = None


def read(
    text: str, known: Request, *, now: datetime, time_zone: str, asked: str = ""
) -> Understood:
    """Add what the text says to what is known. `asked` is what it answers: what, place, times."""
    if asked == "times" and (count := _number(text.strip())):
        return _checked(replace(known, weekly=count > 1, times=count))
    request, rest = _note(known, text)
    request, rest = _many(request, rest)
    when = dates.read(rest, now, time_zone)
    request = dates.add(request, when)
    if asked == "place" and not _PLACE.search(when.rest):
        request, rest = replace(request, place=_tidy(when.rest) or request.place), ""
    else:
        request, rest = _where(request, when.rest)
    understood = _what(request, rest, asked)
    return replace(understood, unclear=understood.unclear or when.unclear)


def missing(request: Request, now: datetime, time_zone: str) -> tuple[str, Unclear] | None:
    """The next thing to ask for, and how to ask it."""
    if request.kind is None:
        return "what", Unclear("need_what")
    when = dates.moment(request, now, time_zone)
    if isinstance(when, Unclear):
        return "when", when
    if not request.place:
        return "place", Unclear("need_place")
    if request.weekly and request.times is None:
        return "times", Unclear("need_times")
    return None


def _note(request: Request, text: str) -> tuple[Request, str]:
    found = _NOTE.search(text)
    if found is None:
        return request, text
    return replace(request, note=" ".join(found["note"].split())), text[: found.start()]


def _many(request: Request, text: str) -> tuple[Request, str]:
    """For how many and how often; "minggu" is a day as well, so it is read before the days."""
    if found := _CAPACITY.search(text):
        number = _number(found["most"] or found["people"])
        request = replace(request, capacity=number)
        text = f"{text[: found.start()]} | {text[found.end() :]}"
    if found := _TIMES.search(text):
        times = _number(found["times"])
        request = replace(request, times=times, weekly=bool(times and times > 1))
        text = f"{text[: found.start()]} | {text[found.end() :]}"
    if _WEEKDAY.search(text) and _EVERY_WEEK.search(text):
        text = _EVERY_WEEK.sub(" | setiap ", text)
    if _WEEKLY.search(text):
        request, text = replace(request, weekly=True), _WEEKLY.sub(" ", text)
    return request, text


def _number(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    return hours.NUMBERS.get(" ".join(word.casefold().split()))


def _where(request: Request, rest: str) -> tuple[Request, str]:
    found = _PLACE.search(rest)
    if found is None:
        return request, rest
    rest = f"{rest[: found.start()]} | {rest[found.end() :]}"
    return replace(request, place=_tidy(found["place"])), rest


def _what(request: Request, rest: str, asked: str) -> Understood:
    """The first part of what is left is the name; the table says what kind of thing it is."""
    chunks = [tidy for chunk in re.split(r"[|,;]", rest) if (tidy := _name(chunk))]
    said = next((one for one in chunks if activities.find(one)), chunks[0] if chunks else "")
    if not said or (request.kind and asked not in ("what", "edit")):
        return _checked(request)
    found = activities.find(said)
    if found is None and activities.is_worship(said):
        return Understood(request, Unclear("which_worship"))
    kind = found or activities.kind(activities.OWN)
    return _checked(replace(request, kind=kind.id, name=said[0].upper() + said[1:]))


def _name(chunk: str) -> str:
    return _tidy(_SKIPPED.sub(" ", chunk))


def _tidy(text: str) -> str:
    return " ".join(re.sub(r"[|]", " ", text).split()).strip(" .,;:-")


def _checked(request: Request) -> Understood:
    """What was said that may not stand is taken out again, and asked for."""
    limits = {
        "name": activities.NAME_LIMIT,
        "note": activities.NOTE_LIMIT,
        "place": activities.PLACE_LIMIT,
    }
    for what, limit in limits.items():
        text = getattr(request, what)
        if text and (why := _objection(what, text, limit)):
            without: dict[str, Any] = {what: None, **({"kind": None} if what == "name" else {})}
            return Understood(replace(request, **without), Unclear(f"{what}_{why}"))
    return _counted(request)


def _objection(what: str, text: str, limit: int) -> str | None:
    """A place may be an office: it never stands in the first line."""
    found = activities.objection(text, limit)
    return None if what == "place" and found == "tells" else found


def _counted(request: Request) -> Understood:
    if request.times is not None and not 1 <= request.times <= activities.MOST_WEEKS:
        again = replace(request, times=None, weekly=True)
        return Understood(again, Unclear("times_range", {"most": activities.MOST_WEEKS}))
    if request.capacity is not None and not 1 <= request.capacity <= activities.MOST_PEOPLE:
        again = replace(request, capacity=None)
        return Understood(again, Unclear("capacity_range", {"most": activities.MOST_PEOPLE}))
    return Understood(request)
