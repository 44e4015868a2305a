"""Which part of the way is worth a word: days since joining, sessions attended, exercises done.

Counts only ever grow: a lapse, a gap or a missed session takes nothing away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["days", "sessions", "modules"]
#: The kind that grows old soonest goes first.
COUNTS: Final[Mapping[Kind, tuple[int, ...]]] = {
    "days": (7, 30, 60, 90, 180, 365),
    "sessions": (1, 5, 10, 20, 30, 50),
    "modules": (1, 5, 10, 16, 32),
}
YEAR: Final = 365
#: A number of days is not celebrated when it is longer ago than this.
_STILL_FITS: Final = 6


@dataclass(frozen=True, slots=True)
class Milestone:
    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Way:
    """How far somebody has come."""

    days: int
    sessions: int = 0
    modules: int = 0

    def of(self, kind: Kind) -> int:
        return {"days": self.days, "sessions": self.sessions, "modules": self.modules}[kind]


@dataclass(frozen=True, slots=True)
class Look:
    """What to say today, what to note with it unsaid, and whether more is left for tomorrow."""

    say: Milestone | None
    passed: tuple[Milestone, ...] = ()
    more: bool = False


def look(way: Way, known: AbstractSet[Milestone]) -> Look:
    """One a day at most. Of several of a kind that are new, only the highest is said."""
    fresh, passed = [], []
    for kind in COUNTS:
        new = [one for one in _reached(way, kind) if one not in known]
        highest = new[-1:] if new and not _is_stale(new[-1], way) else []
        fresh += highest
        passed += [one for one in new if one not in highest]
    return Look(fresh[0] if fresh else None, tuple(passed), len(fresh) > 1)


def _reached(way: Way, kind: Kind) -> Iterator[Milestone]:
    yield from (Milestone(kind, one) for one in COUNTS[kind] if one <= way.of(kind))
    if kind == "days":
        yield from (Milestone(kind, one) for one in range(2 * YEAR, way.days + 1, YEAR))


def _is_stale(one: Milestone, way: Way) -> bool:
    return one.kind == "days" and way.days - one.count > _STILL_FITS


def next_day(days: int) -> int:
    """The next number of days since joining that is worth a word."""
    return next((one for one in COUNTS["days"] if one > days), (days // YEAR + 1) * YEAR)
