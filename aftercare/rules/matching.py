"""Which opportunity fits whom, and why: skills, district, cost, and whether it is still open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

#: Without any date, an opportunity is taken for open this long after the office last imported it.
CONFIRMED_FOR: Final = timedelta(days=60)
CLOSES_SOON: Final = timedelta(days=7)
#: What a skill the client does not have yet is learned in.
TEACHES: Final = frozenset({"training", "education"})
#: New matches are told of on Wednesdays at ten: the offices that answer have opened by then.
NEWS_ON, NEWS_AT = 2, time(10, 0)
_TYPO: Final = 0.85
_LONG_ENOUGH: Final = 5
_WORTH_TELLING: Final = 5
_NOT_TOLD: Final = frozenset({"far", "learn"})
_TITLES: Final = frozenset(
    {"kec", "kecamatan", "kab", "kabupaten", "kota", "kel", "kelurahan", "desa", "daerah", "di"}
)
#: What each reason adds; the first three are about skills, the next four about the way there.
_WORTH: Final[Mapping[str, int]] = {
    "skill": 4, "anyone": 2, "learn": 1,
    "near": 3, "online": 3, "somewhere": 1, "far": 0,
    "free": 1, "costs": 0,
    "closes_soon": 1,
}  # fmt: skip
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Offer:
    """An opportunity as the rule sees it. No skills: open to everybody. `cost` in rupiah."""

    id: int
    kind: str
    skills: frozenset[str]
    confirmed_on: date
    district: str | None = None
    online: bool = False
    cost: int = 0
    starts_on: date | None = None
    ends_on: date | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Seeker:
    """What a client lets us look with; `known` are the offers that were shown before."""

    skills: frozenset[str]
    district: str | None = None
    known: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Worded by `opportunity.client.because_<code>`."""

    code: str
    values: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Match:
    offer: Offer
    score: int
    because: tuple[Reason, ...]


def last_day(offer: Offer) -> date:
    """The last day on which it makes sense to come forward."""
    return offer.closes_on or offer.ends_on or offer.starts_on or offer.confirmed_on + CONFIRMED_FOR


def is_open(offer: Offer, today: date) -> bool:
    return today <= last_day(offer)


def judge(offer: Offer, seeker: Seeker, today: date) -> Match | None:
    """None where it is over, was shown before, or asks for other hands."""
    if offer.id in seeker.known or not is_open(offer, today):
        return None
    codes = _codes(offer, seeker, today)
    return _match(offer, seeker, codes) if codes else None


def best(offers: Iterable[Offer], seeker: Seeker, today: date) -> list[Match]:
    """All that fit, the best first; of equals the one that ends first."""
    found = [match for offer in offers if (match := judge(offer, seeker, today))]
    return sorted(found, key=lambda one: (-one.score, last_day(one.offer), one.offer.id))


Shelves: TypeAlias = Mapping[str, Sequence[Offer]]


def shelved(offers: Iterable[Offer], today: date) -> Shelves:
    """What is open today by each skill it asks for; under "" what is open to everybody.

    For many clients: each then looks at few offers instead of at all.
    """
    shelves: dict[str, list[Offer]] = {}
    for offer in offers:
        if is_open(offer, today):
            for skill in offer.skills or ("",):
                shelves.setdefault(skill, []).append(offer)
    return shelves


def best_news(shelves: Shelves, seeker: Seeker, today: date) -> Match | None:
    """The best one that is worth telling unasked: it fits the hands, or anybody, and is near."""
    found = []
    for offer in (one for skill in ("", *seeker.skills) for one in shelves.get(skill, ())):
        if offer.id not in seeker.known and (codes := _codes(offer, seeker, today)):
            score = _score(codes)
            if score >= _WORTH_TELLING and not _NOT_TOLD.intersection(codes):
                found.append((-score, last_day(offer), offer.id, offer, codes))
    if not found:
        return None
    *_, offer, codes = min(found, key=lambda one: one[:3])
    return _match(offer, seeker, codes)


def _codes(offer: Offer, seeker: Seeker, today: date) -> tuple[str, ...] | None:
    """Why it fits: hands, way, price, hurry. None where it does not."""
    skill = _of_skills(offer, seeker)
    place = _of_place(offer, seeker)
    if skill is None or (skill, place) == ("learn", "far"):
        return None
    cost = "costs" if offer.cost else "free"
    soon = offer.closes_on is not None and offer.closes_on - today <= CLOSES_SOON
    return (skill, place, cost, "closes_soon") if soon else (skill, place, cost)


def _score(codes: tuple[str, ...]) -> int:
    return sum([_WORTH[code] for code in codes])


def _match(offer: Offer, seeker: Seeker, codes: tuple[str, ...]) -> Match:
    values: dict[str, dict[str, Any]] = {
        "skill": {"skills": tuple(sorted(offer.skills & seeker.skills))},
        "near": {"district": offer.district},
        "far": {"district": offer.district},
        "costs": {"cost": offer.cost},
    }
    because = tuple(Reason(code, values.get(code, _NOTHING)) for code in codes)
    return Match(offer, _score(codes), because)


def _of_skills(offer: Offer, seeker: Seeker) -> str | None:
    if not offer.skills:
        return "anyone"
    if not offer.skills.isdisjoint(seeker.skills):
        return "skill"
    return "learn" if offer.kind in TEACHES else None


def _of_place(offer: Offer, seeker: Seeker) -> str:
    if offer.online:
        return "online"
    if not offer.district or not seeker.district:
        return "somewhere"
    return "near" if same_district(offer.district, seeker.district) else "far"


@lru_cache(maxsize=4096)
def same_district(one: str, other: str) -> bool:
    """Whether one of them names the other, however it is written: "Kec. Coblong, Bandung"."""
    return any(_same(first, second) for first in _parts(one) for second in _parts(other))


def _parts(district: str) -> list[list[str]]:
    parts = [re.findall(r"\w+", part) for part in re.split(r"[,;|/()]", district.casefold())]
    named = [[word for word in part if word not in _TITLES] for part in parts]
    return [part for part in named if part]


def _same(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return all(any(_sounds_like(word, name) for name in long) for word in short)


def _sounds_like(one: str, other: str) -> bool:
    if one == other:
        return True
    short = min(len(one), len(other)) < _LONG_ENOUGH
    return not short and SequenceMatcher(None, one, other).ratio() >= _TYPO


def next_news_at(now: datetime, time_zone: str) -> datetime:
    """The first Wednesday at ten after `now`, by the client's own calendar, in UTC."""
    local = now.astimezone(ZoneInfo(time_zone))
    day = local.date() + timedelta(days=(NEWS_ON - local.weekday()) % 7)
    due = datetime.combine(day, NEWS_AT, local.tzinfo)
    if due <= local:
        due = datetime.combine(day + timedelta(days=7), NEWS_AT, local.tzinfo)
    return due.astimezone(now.tzinfo)
