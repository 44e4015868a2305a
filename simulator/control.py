"""Drives the simulated world from outside: phones, trouble, updates, journal, clock."""

from typing import Any

from aiohttp import web

from simulator import views
from simulator.clock import ClockRefuses
from simulator.messages import Message
from simulator.phones import Phone
from simulator.taps import CannotDo
from simulator.telegram import Telegram
from simulator.timekeeping import Timekeeper
from simulator.wire import Json, encode

_PHONE_FACTS = frozenset({"first_name", "role", "last_name", "username", "started"})


class Control:
    """JSON over HTTP for whoever plays the people."""

    def __init__(self, telegram: Telegram, timekeeper: Timekeeper) -> None:
        self._telegram = telegram
        self._timekeeper = timekeeper

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/control/phones", self.list_phones),
            web.post("/control/phones", self.add_phone),
            web.get("/control/phones/{key}", self.show_phone),
            web.post("/control/phones/{key}/{deed}", self.do),
            web.get("/control/updates", self.list_updates),
            web.post("/control/updates", self.inject),
            web.post("/control/numbering", self.restart_numbering),
            web.post("/control/faults", self.order_trouble),
            web.delete("/control/faults", self.clear_trouble),
            web.post("/control/flood", self.flood),
            web.get("/control/journal", self.show_journal),
            web.get("/clock", self.show_clock),
            web.post("/clock", self.move_clock),
        ]

    async def list_phones(self, request: web.Request) -> web.Response:
        return _json([views.phone(phone) for phone in self._telegram.phones.values()])

    async def add_phone(self, request: web.Request) -> web.Response:
        facts = await _body(request)
        if not facts.get("first_name") or facts.keys() - _PHONE_FACTS:
            return _json({"error": f"a phone has {sorted(_PHONE_FACTS)}"}, status=400)
        return _json(views.phone(self._telegram.phone(**facts)), status=201)

    async def show_phone(self, request: web.Request) -> web.Response:
        return _json(views.full_phone(self._phone(request)))

    async def do(self, request: web.Request) -> web.Response:
        """What one person does: write, tap, open a link, block."""
        phone, said = self._phone(request), await _body(request)
        try:
            _do(phone, request.match_info["deed"], said)
        except CannotDo as reason:
            return _json({"error": str(reason)}, status=409)
        return _json(views.phone(phone))

    async def list_updates(self, request: web.Request) -> web.Response:
        waiting = self._telegram.updates.waiting()
        return _json([update.as_json() for update in waiting])

    async def inject(self, request: web.Request) -> web.Response:
        return _json({"update_id": self._telegram.inject(await _body(request))}, status=201)

    async def restart_numbering(self, request: web.Request) -> web.Response:
        next_id = int((await _body(request))["next_id"])
        self._telegram.updates.restart_at(next_id)
        return _json({"next_id": next_id})

    async def order_trouble(self, request: web.Request) -> web.Response:
        parts = await _body(request)
        try:
            self._telegram.faults.next(parts.pop("method"), **parts)
        except (KeyError, TypeError) as error:
            return _json({"error": str(error)}, status=400)
        return _json({"waiting": self._telegram.faults.left}, status=201)

    async def clear_trouble(self, request: web.Request) -> web.Response:
        self._telegram.faults.clear()
        return _json({"waiting": 0})

    async def flood(self, request: web.Request) -> web.Response:
        self._telegram.pace.halt(float((await _body(request))["seconds"]))
        return _json({"ok": True})

    async def show_journal(self, request: web.Request) -> web.Response:
        after, kind = int(request.query.get("after", 0)), request.query.get("kind")
        entries = self._telegram.journal.entries[after:]
        return _json([entry.as_json() for entry in entries if kind in {None, entry.kind}])

    async def show_clock(self, request: web.Request) -> web.Response:
        return _json(self._timekeeper.as_json())

    async def move_clock(self, request: web.Request) -> web.Response:
        asked = await _body(request)
        try:
            if asked.get("to") == "next":
                await self._timekeeper.move_to_next_event()
            else:
                await self._timekeeper.move(int(asked.get("minutes", 0)))
        except ClockRefuses as reason:
            return _json({"error": str(reason)}, status=409)
        return _json(self._timekeeper.as_json())

    def _phone(self, request: web.Request) -> Phone:
        if phone := self._telegram.phones.get(request.match_info["key"]):
            return phone
        raise _error(web.HTTPNotFound, "no such phone")


def _do(phone: Phone, deed: str, said: Json) -> None:
    match deed:
        case "write":
            phone.writes(said["text"])
        case "tap":
            phone.taps(said["label"], message=_shown(phone, said))
        case "tap-data":
            phone.taps_data(said["data"], message=_shown(phone, said))
        case "press":
            shown = _shown(phone, said) or phone.last
            phone.presses(shown, row=said["row"], column=said["column"])
        case "send":
            phone.sends(said["content"], caption=said.get("caption", ""))
        case "open":
            phone.opens(said["link"])
        case "offer":
            phone.offered(said["link"])
        case "start" | "block" | "unblock" | "read" | "deactivate":
            _do_plainly(phone, deed)
        case _:
            raise _error(web.HTTPNotFound, f"nobody can {deed}")


def _do_plainly(phone: Phone, deed: str) -> None:
    match deed:
        case "start":
            phone.starts()
        case "block":
            phone.blocks()
        case "unblock":
            phone.unblocks()
        case "read":
            phone.reads()
        case "deactivate":
            phone.deactivates()


def _shown(phone: Phone, said: Json) -> Message | None:
    number = said.get("message")
    if number is None:
        return None
    if number not in phone.chat.messages:
        raise CannotDo(f"{phone.name} has no message {number} any more.")
    return phone.chat.messages[number]


async def _body(request: web.Request) -> Json:
    # A form from a stranger's page cannot send this content type without asking first.
    if request.content_type != "application/json":
        raise _error(web.HTTPUnsupportedMediaType, "send JSON")
    body: Any = await request.json() if request.can_read_body else {}
    if not isinstance(body, dict):
        raise _error(web.HTTPBadRequest, "send a JSON object")
    return body


def _error(kind: type[web.HTTPClientError], words: str) -> web.HTTPClientError:
    return kind(text=encode({"error": words}), content_type="application/json")


def _json(answer: object, *, status: int = 200) -> web.Response:
    return web.Response(text=encode(answer), status=status, content_type="application/json")
