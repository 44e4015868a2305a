"""The only place that asks what time it is; everyone else is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that knows the present moment, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock, some way ahead of itself: time flows, and can be hurried on."""

    def __init__(self, starts_at: datetime) -> None:
        self._shift = starts_at - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def move_to(self, at: datetime) -> None:
        """Time runs forward only; an earlier moment changes nothing."""
        self._shift += max(at - self.now(), timedelta(0))


class MovableClock:
    """A clock that stands still until somebody moves it: the demo, the simulation, the tests."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        """Time runs forward only; an earlier moment leaves the clock where it is."""
        self._at = max(self._at, at.astimezone(UTC))

    def passes(self, **length: float) -> datetime:
        """`clock.passes(days=2, hours=1)`; returns the new moment."""
        self._at += timedelta(**length)
        return self._at
