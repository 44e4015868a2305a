"""Moves the simulated clock, one move at a time, and says how far it has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator import clock
from simulator.clock import ClockRefuses
from simulator.telegram import Telegram
from simulator.wire import Json

_LONGEST = timedelta(days=31)


@dataclass(slots=True)
class Timekeeper:
    """The hand on the clock."""

    telegram: Telegram
    _from: datetime | None = None
    _until: datetime | None = None

    @property
    def moving(self) -> bool:
        return self._from is not None

    async def move(self, minutes: int) -> None:
        """Let so many minutes pass."""
        delta = timedelta(minutes=minutes)
        if not timedelta() < delta <= _LONGEST:
            raise ClockRefuses("Jam hanya maju, paling jauh 31 hari sekali jalan.")
        self._begin(self.telegram.clock.now() + delta)
        try:
            await self.telegram.clock.move(delta)
        finally:
            self._end()

    async def move_to_next_event(self) -> None:
        self._begin(None)
        try:
            await self.telegram.clock.to_next_event()
        finally:
            self._end()

    def as_json(self) -> Json:
        now = self.telegram.clock.now()
        return {
            "now": now.isoformat(timespec="seconds"),
            "movable": clock.is_movable(self.telegram.clock),
            "moving": self.moving,
            "progress": self._progress(now),
        }

    def _begin(self, until: datetime | None) -> None:
        if self.moving:
            raise ClockRefuses("Jam masih berjalan. Tunggu sebentar, ya.")
        self._from, self._until = self.telegram.clock.now(), until

    def _end(self) -> None:
        self._from = self._until = None

    def _progress(self, now: datetime) -> float | None:
        if self._from is None or self._until is None or self._until <= self._from:
            return None
        return min(1.0, max(0.0, (now - self._from) / (self._until - self._from)))
