"""What waits for the bot: updates in order, each with a life, until confirmed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.wire import Json

# Telegram asks to be told about these three by name.
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# A restarted numbering is recognised when the bot's offset lies this far beyond the end.
_OFFSET_SLACK = 10


@dataclass(frozen=True, slots=True)
class Update:
    """One update as it travels, with the queue it belongs to and its end of life."""

    id: int
    body: Json
    queue: str
    expires_at: datetime

    def as_json(self) -> Json:
        return {"update_id": self.id, **self.body}


class Updates:
    """The line in front of the bot's door."""

    def __init__(self, now: Callable[[], datetime], *, first_id: int = 480_000_001) -> None:
        self._now = now
        self._next_id = first_id
        self._waiting: list[Update] = []
        self._allowed: frozenset[str] | None = None
        self._bells: set[asyncio.Event] = set()

    @property
    def next_id(self) -> int:
        return self._next_id

    def restart_at(self, update_id: int) -> None:
        """Go on with another number, as Telegram does after a quiet week."""
        self._next_id = update_id

    def allow(self, kinds: list[str]) -> None:
        """Telegram keeps the list until it is given another; an empty one means the default."""
        self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str]:
        return sorted(self._allowed or ())

    def push(self, body: Json, *, queue: str, seconds: int) -> Update | None:
        """Queue one update; None where the bot has not asked for that kind."""
        if not self._is_allowed(body):
            return None
        ends = self._now() + timedelta(seconds=seconds)
        update = Update(self._next_id, body, queue, ends)
        self._next_id += 1
        self._waiting.append(update)
        self.ring()
        return update

    def push_raw(self, update: Json, *, seconds: int) -> int:
        """Queue anything at all under its own number or the next one."""
        body = {key: value for key, value in update.items() if key != "update_id"}
        number = update.get("update_id", self._next_id)
        ends = self._now() + timedelta(seconds=seconds)
        self._waiting.append(Update(number, body, f"raw:{number}", ends))
        self._next_id = number + 1
        self.ring()
        return int(number)

    def waiting(self) -> list[Update]:
        now = self._now()
        self._waiting = [update for update in self._waiting if update.expires_at > now]
        return list(self._waiting)

    def take(self, offset: int, limit: int) -> list[Update]:
        """The oldest unconfirmed ones from `offset` on; everything below it is confirmed."""
        self._waiting = self._unconfirmed(self.waiting(), offset)
        return self._waiting[:limit]

    def forget(self, update: Update) -> None:
        self._waiting = [other for other in self._waiting if other is not update]

    def clear(self) -> None:
        self._waiting.clear()

    async def arrival(self, bell: asyncio.Event, seconds: float) -> None:
        """Come back when something new has been queued, the bell rings, or time is up."""
        self._bells.add(bell)
        try:
            async with asyncio.timeout(seconds):
                await bell.wait()
        except TimeoutError:
            return
        finally:
            self._bells.discard(bell)

    def ring(self) -> None:
        """Wake whoever waits for something new."""
        for bell in self._bells:
            bell.set()

    def _unconfirmed(self, waiting: list[Update], offset: int) -> list[Update]:
        if offset < 0:
            return waiting[offset:]
        numbers = [update.id for update in waiting]
        if offset - 1 in numbers:
            return waiting[numbers.index(offset - 1) + 1 :]
        if offset > self._next_id + _OFFSET_SLACK:
            return waiting
        return [update for update in waiting if update.id >= offset]

    def _is_allowed(self, body: Json) -> bool:
        kind = next(iter(body))
        return kind in self._allowed if self._allowed else kind not in ONLY_ON_REQUEST
