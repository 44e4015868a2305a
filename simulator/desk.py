"""The whole desk on one address: the Bot API, the control, and the page with the phones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from simulator import server
from simulator.control import Control
from simulator.stream import Stream
from simulator.telegram import Telegram
from simulator.timekeeping import Timekeeper

_PAGE = Path(__file__).parent / "page"
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_SAFE = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Pages:
    """The files of the page, its stream, and the pictures in messages."""

    def __init__(self, telegram: Telegram, timekeeper: Timekeeper) -> None:
        self._telegram = telegram
        self._timekeeper = timekeeper

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.show),
            web.get(r"/page/{name:\w+\.\w+}", self.show),
            web.get("/stream", self.stream),
            web.get("/files/{id}/{name}", self.file),
        ]

    async def show(self, request: web.Request) -> web.Response:
        path = _PAGE / request.match_info.get("name", "index.html")
        if path.suffix not in _TYPES or not path.is_file():
            raise web.HTTPNotFound
        text, kind = path.read_text("utf-8"), _TYPES[path.suffix]
        return web.Response(text=text, content_type=kind, headers=_SAFE)

    async def stream(self, request: web.Request) -> web.StreamResponse:
        return await Stream(self._telegram, self._timekeeper).serve(request)

    async def file(self, request: web.Request) -> web.Response:
        stored = self._telegram.files.find(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = dict(_SAFE)
        if not stored.mime.startswith("image/") or "svg" in stored.mime:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name)}"
        return web.Response(body=stored.data, content_type=stored.mime, headers=headers)


@asynccontextmanager
async def serving(telegram: Telegram, *, port: int = 0) -> AsyncIterator[str]:
    """Serve the desk until the block ends; gives its address, `http://127.0.0.1:PORT`."""
    timekeeper = Timekeeper(telegram)
    routes = [
        *Control(telegram, timekeeper).routes(),
        *Pages(telegram, timekeeper).routes(),
    ]
    async with server.serving(telegram, port=port, pages=routes) as address:
        yield address
