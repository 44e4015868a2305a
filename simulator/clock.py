"""The time in the simulated world, and the ways to move it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class ClockRefuses(Exception):
    """Jam ini jam sungguhan, jadi tidak bisa dimajukan."""

    def __str__(self) -> str:
        return self.args[0] if self.args else str(self.__doc__)


class Clock(Protocol):
    """Whoever runs the world brings one; a clock may add `movable = False`."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""

    async def move(self, delta: timedelta) -> None:
        """Let that much time pass, and come back when everything due has happened."""

    async def to_next_event(self) -> None:
        """Let time pass until the next thing that is due has happened."""


class RealClock:
    """Ticks by itself and cannot be hurried."""

    movable = False

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def move(self, delta: timedelta) -> None:
        raise ClockRefuses

    async def to_next_event(self) -> None:
        raise ClockRefuses


class HandClock:
    """Stands still until somebody moves it."""

    movable = True

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    async def move(self, delta: timedelta) -> None:
        self._moment += delta

    async def to_next_event(self) -> None:
        raise ClockRefuses("Tidak ada acara berikutnya.")


def is_movable(clock: Clock) -> bool:
    return bool(getattr(clock, "movable", True))
