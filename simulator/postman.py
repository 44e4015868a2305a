"""Posts updates to the webhook: in order within a chat, again and again until it says 200."""

import asyncio
import random
from dataclasses import dataclass

import aiohttp

from simulator.telegram import Telegram
from simulator.updates import Update
from simulator.wire import Json, encode

_LONGEST_PAUSE = (60.0, 120.0)
_PATIENCE = aiohttp.ClientTimeout(total=60)
_IDLE = 3600.0


@dataclass(slots=True)
class _Tries:
    failures: int = 0
    pause: float = 1.0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What the webhook answered; a body may carry a method to call."""

    ok: bool
    words: str = ""
    retry_after: float = 0.0
    body: Json | None = None


class Postman:
    """Carries updates to the bot's own address for as long as it has one."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._busy: set[str] = set()
        self._tries: dict[int, _Tries] = {}
        self._bell = asyncio.Event()
        self.replies: asyncio.Queue[Json] = asyncio.Queue()

    async def run(self) -> None:
        """Post whatever is ready, until cancelled."""
        jar = aiohttp.DummyCookieJar()
        connector = aiohttp.TCPConnector(limit=100, force_close=True)
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE, connector=connector, cookie_jar=jar) as http,
            asyncio.TaskGroup() as posts,
        ):
            while True:
                self._bell.clear()
                for update in self._ready():
                    self._busy.add(update.queue)
                    posts.create_task(self._deliver(http, update))
                await self._telegram.updates.arrival(self._bell, self._until_next())

    def _ready(self) -> list[Update]:
        webhook = self._telegram.webhook
        if not webhook.url:
            return []
        now, seen, ready = asyncio.get_running_loop().time(), set(self._busy), []
        for update in self._telegram.updates.waiting():
            if update.queue not in seen and self._tried(update).not_before <= now:
                ready.append(update)
            seen.add(update.queue)
        return ready[: max(0, webhook.connections - len(self._busy))]

    def _until_next(self) -> float:
        if not self._telegram.webhook.url:
            return _IDLE
        now = asyncio.get_running_loop().time()
        pauses = [tries.not_before - now for tries in self._tries.values()]
        return max(0.001, min((pause for pause in pauses if pause > 0), default=_IDLE))

    async def _deliver(self, http: aiohttp.ClientSession, update: Update) -> None:
        try:
            reply = await self._post(http, update)
        finally:
            self._busy.discard(update.queue)
            self._bell.set()
        if not reply.ok:
            return self._postpone(update, reply)
        self._tries.pop(update.id, None)
        self._telegram.updates.forget(update)
        if reply.body and "method" in reply.body:
            self.replies.put_nowait(reply.body)
        return None

    async def _post(self, http: aiohttp.ClientSession, update: Update) -> Reply:
        webhook = self._telegram.webhook
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        body = encode(update.as_json()).encode()
        try:
            async with http.post(
                webhook.url, data=body, headers=headers, allow_redirects=False
            ) as response:
                return await _read(response)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Reply(ok=False, words=f"Connection failed: {type(error).__name__}")

    def _postpone(self, update: Update, reply: Reply) -> None:
        # The first failure is tried again at once, then after 2, 4, 8 ... 60-120 seconds.
        tries = self._tried(update)
        pause = reply.retry_after
        if not pause and tries.failures:
            tries.pause = min(random.uniform(*_LONGEST_PAUSE), tries.pause * 2)
            pause = tries.pause
        tries.failures += 1
        loop = asyncio.get_running_loop()
        tries.not_before = loop.time() + pause * self._telegram.limits.webhook_second
        self._telegram.webhook.note_failure(self._telegram.clock.now(), reply.words)

    def _tried(self, update: Update) -> _Tries:
        return self._tries.setdefault(update.id, _Tries())


async def _read(response: aiohttp.ClientResponse) -> Reply:
    if not 200 <= response.status <= 299:
        words = f"Wrong response from the webhook: {response.status} {response.reason}"
        after = response.headers.get("Retry-After", "0")
        return Reply(False, words, float(after) if after.isdigit() else 0.0)
    if response.content_type != "application/json":
        return Reply(True)
    body = await response.json()
    return Reply(True, body=body if isinstance(body, dict) else None)
