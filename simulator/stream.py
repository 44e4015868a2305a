"""Tells an open page what happens, as it happens (Server-Sent Events)."""

import asyncio
from dataclasses import asdict

from aiohttp import web

from simulator import views
from simulator.chats import Chat
from simulator.messages import Message
from simulator.phones import Phone
from simulator.telegram import Telegram
from simulator.timekeeping import Timekeeper
from simulator.wire import Json, encode

_TICK = 0.2


class Stream:
    """One page's view: everything at first, then only what changes."""

    def __init__(self, telegram: Telegram, timekeeper: Timekeeper) -> None:
        self._telegram = telegram
        self._timekeeper = timekeeper
        self._events: asyncio.Queue[Json] = asyncio.Queue()
        self._shown_clock: Json = {}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        stop = self._telegram.listen(self._take)
        try:
            await self._send(response, self._everything())
            while True:
                await self._send(response, await self._next())
        except ConnectionResetError:
            return response
        finally:
            stop()

    async def _next(self) -> Json:
        while True:
            try:
                async with asyncio.timeout(_TICK):
                    return await self._events.get()
            except TimeoutError:
                shown = self._timekeeper.as_json()
                if shown != self._shown_clock:
                    self._shown_clock = shown
                    return {"what": "clock", "clock": shown}

    def _everything(self) -> Json:
        phones = [views.full_phone(phone) for phone in self._telegram.phones.values()]
        shown = {"bot": views.bot(self._telegram), "clock": self._timekeeper.as_json()}
        return {"what": "everything", "phones": phones, **shown}

    def _take(self, what: str, chat: Chat, message: Message | None) -> None:
        if phone := self._telegram.phone_of(chat):
            self._events.put_nowait(self._event(what, phone, message))

    def _event(self, what: str, phone: Phone, message: Message | None) -> Json:
        event: Json = {"what": what, "phone": views.phone(phone)}
        if message:
            event["message"] = views.message(message)
        if what == "toast":
            event["toast"] = asdict(phone.toasts[-1])
        return event

    async def _send(self, response: web.StreamResponse, event: Json) -> None:
        await response.write(f"data: {encode(event)}\n\n".encode())
