"""How big, how long and how fast: what Telegram allows, and who counts."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass

from simulator import refusals

Stopwatch = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's published limits; None for a rate switches it off."""

    text: int = 4096
    raw_text_bytes: int = 1 << 15
    caption: int = 1024
    button_data_bytes: int = 64
    buttons: int = 100
    row: int = 8
    markup_bytes: int = 10 * 1024
    photo_bytes: int = 10 * 1024 * 1024
    file_bytes: int = 50 * 1024 * 1024
    per_second: int | None = 30
    chat_burst: int | None = 5
    chat_per_second: float = 1.0
    group_per_minute: int | None = 20
    message_life: int = 24 * 3600
    press_life: int = 150
    unpaced: bool = False
    # How long a second lasts between two tries of a webhook; tests shorten it.
    webhook_second: float = 1.0
    # Telegram ignores a parameter it does not know, which hides a misspelt one.
    refuse_unknown_parameters: bool = True


class Pace:
    """Counts what a bot sends, by the stopwatch on the wall, never by the simulated time."""

    def __init__(self, limits: Limits, stopwatch: Stopwatch = time.monotonic) -> None:
        self._limits = limits
        self._now = stopwatch
        self._sent: deque[float] = deque()
        self._chats: dict[int, float] = {}
        self._groups: defaultdict[int, deque[float]] = defaultdict(deque)
        self._halted_until = -math.inf

    def halt(self, seconds: float) -> None:
        """Refuse everything sent from now on for that many seconds."""
        self._halted_until = self._now() + seconds

    def count(self, chat_id: int) -> None:
        """One more message for a chat, or a 429 that says how long to wait."""
        now = self._now()
        self._refuse_for(self._halted_until - now)
        if self._limits.unpaced:
            return
        self._refuse_for(max(self._bot_wait(now), self._chat_wait(chat_id, now)))
        self._sent.append(now)
        self._note(chat_id, now)

    def _bot_wait(self, now: float) -> float:
        return _window_wait(self._sent, self._limits.per_second, seconds=1.0, now=now)

    def _chat_wait(self, chat_id: int, now: float) -> float:
        if chat_id < 0:
            sent = self._groups[chat_id]
            return _window_wait(sent, self._limits.group_per_minute, seconds=60.0, now=now)
        if self._limits.chat_burst is None:
            return 0.0
        allowed_from = self._chats.get(chat_id, -math.inf) - self._tolerance()
        return allowed_from - now

    def _note(self, chat_id: int, now: float) -> None:
        if chat_id < 0:
            self._groups[chat_id].append(now)
        due = max(self._chats.get(chat_id, now), now)
        self._chats[chat_id] = due + 1.0 / self._limits.chat_per_second

    def _tolerance(self) -> float:
        burst = self._limits.chat_burst or 1
        return (burst - 1) / self._limits.chat_per_second

    def _refuse_for(self, wait: float) -> None:
        if wait > 1e-9:
            raise refusals.too_many(max(1, math.ceil(wait)))


def _window_wait(sent: deque[float], most: int | None, *, seconds: float, now: float) -> float:
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    if most is None or len(sent) < most:
        return 0.0
    return sent[0] + seconds - now
