"""How fast the one mouth may speak: evenly, and silent when Telegram or the line asks for it.

An absolute schedule with one token (GCRA): each turn is due one interval after the last one, so
that a late wake-up is not lost and no burst ever leaves. Beside it a count of the turns of the
last second, since turns that come late may crowd those that come on time. The seconds are the
event loop's, not the calendar's: a moved clock changes nothing here.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Final

CHAT_INTERVAL: Final = 1.0
CHAT_BURST: Final = 4
_LONGEST_REST: Final = 30.0
MOST_AT_ONCE: Final = 8
_NEWEST_WEIGHS: Final = 0.2
#: What leaves evenly may arrive a little closer together.
_MARGIN: Final = 1.015
_LATE: Final = 0.03


class Pace:
    """At most `rate` turns in any second, and nearly as many when there is enough to say."""

    def __init__(self, rate: float) -> None:
        in_a_window = max(1, int(rate))
        self._window = _MARGIN * in_a_window / rate
        self._interval = self._window / in_a_window
        self._turns: deque[float] = deque(maxlen=in_a_window)
        self._next = 0.0
        self._silent_until = 0.0
        self._failures = 0
        self._line_seconds = 0.0
        self._chats: dict[int, float] = {}

    async def turn(self) -> None:
        """Wait until the next message may leave."""
        while (wait := self._due() - time.monotonic()) > 0:  # noqa: ASYNC110 - a pause may grow
            await asyncio.sleep(wait)

    def rest_left(self) -> float:
        """Seconds for which everybody is still silent; 0 where we may speak."""
        return max(0.0, self._silent_until - time.monotonic())

    def _due(self) -> float:
        crowded = len(self._turns) == self._turns.maxlen
        free = self._turns[0] + self._window if crowded else 0.0
        return max(self._next, free, self._silent_until)

    def took_its_turn(self, person_id: int) -> None:
        now = time.monotonic()
        # A turn that comes a little late does not put off the next one.
        self._next = max(self._next, now - _LATE) + self._interval
        self._turns.append(now)
        self._chats[person_id] = max(self._chats.get(person_id, 0.0), now) + CHAT_INTERVAL

    def line_works(self, seconds: float = 0.0) -> None:
        """A message was accepted after so many seconds."""
        self._failures = 0
        self._line_seconds += _NEWEST_WEIGHS * (seconds - self._line_seconds)

    def at_once(self) -> int:
        """How many may be in flight: one on a quick line, so that a crash repeats one at most.

        A slow line needs more to keep the rate: as many as are sent while one is on its way.
        """
        return min(MOST_AT_ONCE, 1 + int(self._line_seconds / self._interval))

    def resting(self) -> set[int]:
        """People who have just heard several messages: about one a second in one chat."""
        now = time.monotonic()
        self._chats = {person: until for person, until in self._chats.items() if until > now}
        return {
            person
            for person, until in self._chats.items()
            if until - now > (CHAT_BURST - 1) * CHAT_INTERVAL
        }

    def pause(self, seconds: float) -> None:
        """Telegram said how long to be silent; nothing leaves before."""
        self._silent_until = max(self._silent_until, time.monotonic() + seconds)

    def line_failed(self) -> None:
        """Rest 1, 2, 4 ... 30 seconds while the line is down."""
        if self.rest_left():
            return  # several were in flight when it failed: that is one failure
        self._failures += 1
        self.pause(min(2.0 ** (self._failures - 1), _LONGEST_REST))

    def say_now(self) -> None:
        """A simulated day has no time to pace: forget every wait."""
        self._next, self._silent_until = 0.0, 0.0
        self._turns.clear()
        self._chats.clear()
