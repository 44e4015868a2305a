"""Which exercises are offered, and why; one more need or module is one more line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

RAISED_URGE: Final = 5
URGENT_URGE: Final = 8
LOW_MOOD: Final = 2
POOR_WEEK: Final = 1
STRONG_WEEK: Final = 3
DULL_MONTH: Final = 2
OFTEN: Final = 2
HARD: Final = 7
#: Points fewer on the scale 0-10, on average, from which an exercise has helped this person.
HELPED: Final = 1.0

Need: TypeAlias = Literal[
    "urge",
    "near",
    "lapse",
    "mood",
    "stress",
    "sleep",
    "anger",
    "stigma",
    "conflict",
    "places",
    "payday",
    "missed",
    "confidence",
    "doubt",
    "idle",
    "lonely",
    "work",
    "money",
]

#: The modules that help with a need, the one to try first at the front; domain page on coping, 4.2.
HELPS: Final[Mapping[Need, tuple[str, ...]]] = {
    "urge": ("OMBAK", "TUNDA", "NAPAS", "RANTAI", "LMSL"),
    "near": ("LAPSE", "RANTAI", "OMBAK", "TANDA"),
    "lapse": ("LAPSE", "AMAN", "RENCANA"),
    "mood": ("GERAK", "NAPAS", "BAIK", "RUANG"),
    "stress": ("NAPAS", "BUMI", "LMSL", "KAIT"),
    "sleep": ("TIDUR", "NAPAS", "KAIT"),
    "anger": ("MARAH", "NAPAS", "RUANG"),
    "stigma": ("STIGMA", "BAIK", "PIKIR"),
    "conflict": ("KELUARGA1", "MARAH", "KELUARGA2"),
    "places": ("TOLAK", "TEMPAT", "NOMOR", "PEMICU"),
    "payday": ("UANG", "TEMPAT", "TOLAK"),
    "missed": ("HADIR", "TIMBANG", "MASALAH"),
    "confidence": ("TOLAK", "RENCANA", "PEMICU", "TANDA"),
    "doubt": ("TIMBANG", "NILAI", "HADIR"),
    "idle": ("JADWAL", "GERAK", "NILAI"),
    "lonely": ("LMSL", "KELUARGA2", "GERAK"),
    "work": ("KERJA1", "KERJA2", "JADWAL"),
    "money": ("MASALAH", "UANG", "KERJA1"),
}
#: What a weekly check-in asks from 0 (poor) to 4, and the need that a poor answer shows.
_POOR: Final[Mapping[str, Need]] = {
    "mood": "mood",
    "sleep": "sleep",
    "confidence": "confidence",
    "family": "conflict",
    "activity": "idle",
    "support": "lonely",
}
#: The same for what a monthly check-in asks, from 0 to 5, and for its four further questions.
_DULL: Final[Mapping[str, Need]] = {
    "cheerful": "mood",
    "calm": "stress",
    "active": "idle",
    "rested": "sleep",
    "interested": "idle",
}
_HEAVY: Final[Mapping[str, Need]] = {
    "gloomy": "mood",
    "joyless": "mood",
    "nervous": "stress",
    "worried": "stress",
}
#: The same for what is asked from 0 to 4 (too much).
_STRONG: Final[Mapping[str, Need]] = {"urge": "urge", "places": "places"}


@dataclass(frozen=True, slots=True)
class Strain:
    """What somebody's answers call for. `urgent` also points to help that is there at once."""

    because: tuple[Need, ...]
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """An exercise this person did, with the ratings 0-10 before and after it."""

    module: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """What this person did before, and what stood first at the last offer or was just done."""

    tried: Sequence[Tried] = ()
    lately: frozenset[str] = frozenset()


NEWCOMER: Final = Past()


@dataclass(frozen=True, slots=True)
class Offer:
    """Two different modules; saying no to both is always offered with them."""

    first: str
    second: str


def after_day(mood: int | None, urge: int | None) -> Strain | None:
    """Mood 1-5 and urge 0-10 of a daily check-in."""
    needs: list[Need] = []
    if (urge or 0) >= RAISED_URGE:
        needs.append("urge")
    if mood is not None and mood <= LOW_MOOD:
        needs.append("mood")
    return Strain(tuple(needs), (urge or 0) >= URGENT_URGE) if needs else None


def after_week(items: Mapping[str, int]) -> Strain | None:
    """The items of a weekly check-in, 0-4."""
    strong = [need for item, need in _STRONG.items() if items.get(item, 0) >= STRONG_WEEK]
    poor = [need for item, need in _POOR.items() if items.get(item, 4) <= POOR_WEEK]
    return Strain((*strong, *poor)) if strong or poor else None


def after_month(items: Mapping[str, int]) -> Strain:
    """The items of a low month: what is heard most often first, then the lowest of the five."""
    often = [one for one in _HEAVY if items.get(one, 0) >= OFTEN]
    dull = [one for one in _DULL if items.get(one, 5) <= DULL_MONTH]
    heard = [_HEAVY[one] for one in sorted(often, key=lambda one: -items[one])]
    found = [*heard, *(_DULL[one] for one in sorted(dull, key=lambda one: items[one]))]
    return Strain(tuple(dict.fromkeys(found)) or ("mood",))


def around(*, missed: bool, payday: bool) -> tuple[Need, ...]:
    """What makes these days harder without having been said; it never asks for an offer alone.

    `payday` is whether the one that the client noted is near: money in hand is a reason of its
    own to be careful, and nobody else's wages are guessed at.
    """
    found: tuple[Need, ...] = ("missed",) if missed else ()
    return (*found, "payday") if payday else found


def choose(needs: Sequence[Need], past: Past = NEWCOMER) -> Offer:
    """One for the first need, and another for the next need or the same.

    What stood first the last time does not stand first again while another fits.
    """
    main, *others = needs or ("stress",)
    fresh = [one for one in HELPS[main] if one not in past.lately]
    first = _best(fresh or HELPS[main], past)
    rest = [one for one in HELPS[others[0] if others else main] if one != first]
    suits = [one for one in rest if one not in past.lately or gain(one, past.tried) >= HELPED]
    return Offer(first, _best(suits or rest, past))


def _best(modules: Sequence[str], past: Past) -> str:
    """What helped this person most; then what was not tried; then what changed little."""
    return min(modules, key=lambda one: _rank(one, past.tried))  # the earliest of equals


def _rank(module: str, tried: Sequence[Tried]) -> float:
    known = gain(module, tried)
    if known >= HELPED:
        return -known
    return 1 if any(one.module == module and one.after is not None for one in tried) else 0


def gain(module: str, tried: Sequence[Tried]) -> float:
    """How many points it took off, on average over the times it was rated; 0 where it never was."""
    fallen = [
        one.before - one.after
        for one in tried
        if one.module == module and one.before is not None and one.after is not None
    ]
    return sum(fallen) / len(fallen) if fallen else 0


def felt(before: int | None, after: int | None) -> str:
    """How a module went, by its ratings 0-10: unrated, calmer, same or hard.

    Hard (7 or more, or risen) is followed by a person, not by another exercise alone; domain
    page on coping, 4.1.
    """
    if before is None or after is None:
        return "unrated"
    if after >= HARD or after > before:
        return "hard"
    return "calmer" if after < before else "same"
