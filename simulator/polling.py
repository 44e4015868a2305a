"""getUpdates: the long poll, what it confirms, and who is sent away with a 409."""

import asyncio
from dataclasses import dataclass, field

from simulator.calls import Call
from simulator.refusals import conflict
from simulator.telegram import Telegram
from simulator.wire import Json

_LONGEST = 50
_MOST = 100
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK_SET = "terminated by setWebhook request"


@dataclass(slots=True)
class _Waiter:
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    sent_away: str = ""


class Polling:
    """The one poller Telegram suffers at a time."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._waiter: _Waiter | None = None

    async def get_updates(self, call: Call) -> list[Json]:
        """Unconfirmed updates, at once or as soon as there are any within the time-out."""
        if self._telegram.webhook.url:
            raise conflict(_WEBHOOK_ACTIVE)
        if (allowed := call.parameters.get("allowed_updates")) is not None:
            self._telegram.updates.allow(allowed)
        timeout = min(max(call.number("timeout"), 0), _LONGEST)
        if not self._take(call) and timeout:
            await self._wait(timeout)
        return self._take(call)

    def make_way_for_webhook(self) -> None:
        self._send_away(_WEBHOOK_SET)

    async def _wait(self, seconds: int) -> None:
        self._send_away(_OTHER_POLLER)
        waiter = self._waiter = _Waiter()
        await self._telegram.updates.arrival(waiter.bell, seconds)
        if waiter.sent_away:
            raise conflict(waiter.sent_away)
        self._waiter = None

    def _take(self, call: Call) -> list[Json]:
        limit = min(max(call.number("limit", _MOST), 1), _MOST)
        taken = self._telegram.updates.take(call.number("offset"), limit)
        return [update.as_json() for update in taken]

    def _send_away(self, words: str) -> None:
        if self._waiter:
            self._waiter.sent_away = words
            self._waiter.bell.set()
            self._waiter = None
