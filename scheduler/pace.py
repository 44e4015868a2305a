"""How fast the one mouth may speak: evenly, and silent when Telegram or the line asks for it.

An absolute schedule with one token (GCRA): each turn is due one interval after the last one, so
that a late wake-up is not lost and no burst ever leaves. The seconds are the event loop's, not
the calendar's: a moved clock changes nothing here.
"""

from __future__ import annotations

import asyncio
import time
from typing import Final

CHAT_INTERVAL: Final = 1.0
CHAT_BURST: Final = 6
_LONGEST_REST: Final = 30.0


class Pace:
    def __init__(self, rate: float) -> None:
        self._interval = 1 / rate
        self._next = 0.0
        self._failures = 0
        self._chats: dict[int, float] = {}

    async def turn(self) -> None:
        """Wait until the next message may leave."""
        while (wait := self._next - time.monotonic()) > 0:  # noqa: ASYNC110 - a pause may grow
            await asyncio.sleep(wait)

    def took_its_turn(self, person_id: int) -> None:
        now = time.monotonic()
        self._next = max(self._next + self._interval, now)
        self._chats[person_id] = max(self._chats.get(person_id, 0.0), now) + CHAT_INTERVAL

    def line_works(self) -> None:
        self._failures = 0

    def resting(self) -> set[int]:
        """People who have just heard several messages: about one a second in one chat."""
        now = time.monotonic()
        self._chats = {person: until for person, until in self._chats.items() if until > now}
        return {
            person
            for person, until in self._chats.items()
            if until - now > CHAT_BURST * CHAT_INTERVAL
        }

    def pause(self, seconds: float) -> None:
        """Telegram said how long to be silent; nothing leaves before."""
        self._next = max(self._next, time.monotonic() + seconds)

    def line_failed(self) -> None:
        """Rest 1, 2, 4 ... 30 seconds while the line is down."""
        self._failures += 1
        self.pause(min(2.0 ** (self._failures - 1), _LONGEST_REST))

    def say_now(self) -> None:
        """A simulated day has no time to pace: forget every wait."""
        self._next, self._chats = 0.0, {}
