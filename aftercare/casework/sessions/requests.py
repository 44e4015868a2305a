"""Reads what an officer typed after /jadwalkan: who, when, what, where, how long."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from aftercare.casework import dates
from aftercare.rules import kinds, names
from aftercare.rules.names import Known
from aftercare.rules.unclear import Unclear

_LINK: Final = re.compile(r"https?://\S+")
_ONLINE: Final = re.compile(
    r"\b(?:secara |lewat |via |pakai |melalui )?"
    r"(?P<by>online|daring|zoom|google meet|gmeet|meet|video call|vidcall|video|telepon|telpon)\b",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"\b(?:di|bertempat di|tempat)\s+(?P<place>.+?)"
    r"(?=\s*(?:\||[,;]|\b(?:dengan|sama|untuk|buat|bersama|bareng)\b|$))",
    re.IGNORECASE,
)
_LINKS: Final = re.compile(
    r"[|,;.&+()]|\b(?:dan|dengan|sama|untuk|buat|bersama|bareng|serta)\b", re.IGNORECASE
)
_SKIPPED: Final = frozenset(
    {"jadwalkan", "sesi", "jadwal", "klien", "grup", "pak", "bu", "mas", "mbak", "kang", "teh",
     "pada", "tanggal", "hari", "ya", "tolong", "selama", "ada", "yang", "secara", "dgn", "dg"}
)  # fmt: skip
_ROOMS: Final = frozenset({"ruang", "ruangan", "aula", "gedung", "kantor", "tempat", "rumah"})
_NAMELESS_PLACE: Final = "Online"


@dataclass(frozen=True, slots=True)
class Request(dates.Wish):
    """What is known so far; what is missing is asked for."""

    clients: tuple[int, ...] = ()
    kind: str | None = None
    place: str | None = None
    mode: str | None = None

    @classmethod
    def unpack(cls, kept: Mapping[str, Any] | None) -> Request:
        kept = kept or {}
        return cls(**{**kept, "clients": tuple(kept.get("clients", ()))})


@dataclass(frozen=True, slots=True)
class Understood:
    """The request with what this text added, and the first thing in it that is not clear."""

    request: Request
    unclear: Unclear | None = None
    candidates: tuple[int, ...] = ()


def read(
    text: str, known: Request, caseload: Sequence[Known], *, now: datetime, time_zone: str,
    asked: str = "",
) -> Understood:  # fmt: skip
    """Add what the text says to what is known. `asked` is what it answers: who, when, place."""
    when = dates.read(text, now, time_zone)
    request, rest = _where(dates.add(known, when), when.rest)
    if asked == "place" and request.place == known.place and (place := _trimmed(rest)):
        return Understood(replace(request, place=place, mode=request.mode or "in_person"))
    request, unclear, candidates = _who_and_what(request, rest, caseload)
    return Understood(request, when.unclear or unclear, candidates)


def missing(request: Request, now: datetime, time_zone: str) -> tuple[str, Unclear] | None:
    """The next thing to ask for, and how to ask it."""
    if not request.clients:
        return "who", Unclear("need_who")
    when = dates.moment(request, now, time_zone)
    if isinstance(when, Unclear):
        return "when", when
    if not request.place:
        return "place", Unclear("need_place")
    return None


def _where(request: Request, rest: str) -> tuple[Request, str]:
    """A link or a word such as "daring" makes it online; "di ruang 2" is a place."""
    link = _LINK.search(rest)
    rest = _LINK.sub(" | ", rest)
    online = _ONLINE.search(rest)
    rest = _ONLINE.sub(" | ", rest)
    if link or online:
        named = link[0] if link else _medium(online["by"] if online else "")
        return replace(request, mode="online", place=named), rest
    place = _PLACE.search(rest)
    if place is None:
        return request, rest
    name, after = _without_kind(place["place"])
    rest = f"{rest[: place.start()]} | {after} {rest[place.end() :]}"
    return replace(request, place=name, mode="in_person"), rest


def _medium(word: str) -> str:
    return _NAMELESS_PLACE if word.casefold() in ("online", "daring") else word.capitalize()


def _without_kind(place: str) -> tuple[str, str]:
    """ "ruang 2 konseling" is a room and a kind; "ruang konseling" is a room."""
    words = place.split()
    for at in range(1, len(words)):
        if kinds.is_kind(words[at]) and words[at - 1].casefold() not in _ROOMS:
            return " ".join(words[:at]), " ".join(words[at:])
    return place.strip(), ""


def _who_and_what(
    request: Request, rest: str, caseload: Sequence[Known]
) -> tuple[Request, Unclear | None, tuple[int, ...]]:
    ids: list[int] = []
    kind: list[str] = []
    for chunk in _LINKS.split(rest):
        words = [word for word in chunk.split() if word.casefold() not in _SKIPPED]
        if "semua" in (word.casefold() for word in words):
            ids, words = [one.id for one in caseload], []
        found, left = names.find(words, caseload)
        ids += found.ids
        if found.candidates:
            who = Unclear("which_client", {"name": found.doubtful})
            return _named(request, ids, kind), who, found.candidates
        said, strange = _kind_of(left)
        kind = kind or said
        if strange:
            who = Unclear("unknown_name", {"name": " ".join(strange)})
            return _named(request, ids, kind), who, names.guess(strange[0], caseload)
    return _named(request, ids, kind), None, ()


def _kind_of(words: list[str]) -> tuple[list[str], list[str]]:
    """The kind from its first word on ("pelatihan menjahit"), and what stands strangely before."""
    at = next((at for at, word in enumerate(words) if kinds.is_kind(word)), len(words))
    return words[at:], words[:at]


def _named(request: Request, ids: list[int], kind: list[str]) -> Request:
    return replace(
        request,
        clients=tuple(dict.fromkeys(ids)) or request.clients,
        kind=" ".join(kind).casefold() or request.kind,
    )


def _trimmed(rest: str) -> str:
    return " ".join(_LINKS.sub(" ", rest).split()).removeprefix("di ")
