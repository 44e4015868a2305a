"""Puts a simulated Telegram on the network of this machine, and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from simulator import calls, refusals
from simulator.calls import Call
from simulator.exchange import Exchange
from simulator.faults import Fault
from simulator.postman import Postman
from simulator.refusals import Refusal
from simulator.telegram import Telegram
from simulator.wire import Json, encode

_LARGEST_REQUEST = 64 * 1024 * 1024
_FOREVER = 24 * 3600.0
_BROKEN_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BotApi:
    """The Bot API's addresses: methods and files."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._exchange = Exchange(telegram)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.answer),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """One method, with whatever trouble was ordered for it."""
        try:
            self._check_token(request)
            given, uploads = await _body(request)
            call = self._exchange.read(request.match_info["method"], given, uploads)
            fault = self._telegram.faults.take(call.method, call.chat_id)
            if fault is None:
                return await self._plainly(call)
            return await self._with_trouble(request, call, fault)
        except Refusal as refusal:
            return _refused(refusal)

    async def download(self, request: web.Request) -> web.StreamResponse:
        self._check_token(request)
        stored = self._telegram.files.at(request.match_info["path"])
        if stored is None:
            raise web.HTTPNotFound
        return web.Response(body=stored.data, content_type=stored.mime)

    async def call_back(self, body: Json) -> None:
        """A method that came as the webhook's answer; its result goes nowhere."""
        method = str(body.pop("method"))
        try:
            call = self._exchange.read(method, body, {})
            await self._exchange.noted(call, self._exchange.run(call))
        except Refusal:
            return

    async def _plainly(self, call: Call) -> web.Response:
        result = await self._exchange.noted(call, self._exchange.run(call))
        return _json({"ok": True, "result": result})

    async def _with_trouble(
        self, request: web.Request, call: Call, fault: Fault
    ) -> web.StreamResponse:
        await asyncio.sleep(fault.delay)
        if fault.is_only_slow:
            return await self._plainly(call)
        if fault.delivered:
            await self._plainly(call)
        else:
            self._exchange.note(call, status=fault.status or 0, words="ordered trouble")
        return await _break(request, fault)

    def _check_token(self, request: web.Request) -> None:
        if request.match_info["token"] != self._telegram.token:
            raise refusals.unauthorized()


@asynccontextmanager
async def serving(
    telegram: Telegram, *, port: int = 0, pages: list[web.RouteDef] | None = None
) -> AsyncIterator[str]:
    """Serve until the block ends; gives the address, such as http://127.0.0.1:8081."""
    api, postman = BotApi(telegram), Postman(telegram)
    app = web.Application(client_max_size=_LARGEST_REQUEST, middlewares=[_only_this_machine])
    app.add_routes([*api.routes(), *(pages or [])])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    errands = (asyncio.create_task(postman.run()), asyncio.create_task(_answers(api, postman)))
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        for errand in errands:
            errand.cancel()
        await asyncio.gather(*errands, return_exceptions=True)
        await runner.cleanup()


async def _answers(api: BotApi, postman: Postman) -> None:
    while True:
        await api.call_back(await postman.replies.get())


async def _body(request: web.Request) -> tuple[Json, dict[str, calls.Upload]]:
    try:
        return await calls.read_body(request)
    except web.HTTPRequestEntityTooLarge as error:
        raise refusals.too_large() from error


async def _break(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.hang:
        await asyncio.sleep(_FOREVER)
    if fault.reset and request.transport:
        request.transport.abort()
        return web.Response()
    if fault.html:
        return web.Response(status=fault.status or 502, text=_BROKEN_PAGE, content_type="text/html")
    if fault.status == 429 or fault.retry_after is not None:
        return _refused(refusals.too_many(fault.retry_after or 1))
    status = fault.status or 500
    return _refused(Refusal(status, fault.description or "Internal Server Error"))


def _refused(refusal: Refusal) -> web.Response:
    response = _json(refusal.answer(), status=refusal.code)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _json(answer: Json, *, status: int = 200) -> web.Response:
    return web.Response(text=encode(answer), status=status, content_type="application/json")


@web.middleware
async def _only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    # A page of a stranger could point its name at 127.0.0.1; it cannot change this header.
    if request.url.host not in {"127.0.0.1", "localhost", "::1"}:
        raise web.HTTPForbidden(text="This server talks to its own machine only.")
    return await handler(request)
