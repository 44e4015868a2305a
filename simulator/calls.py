"""One request of the bot: which method, with which parameters and files."""

import json
from dataclasses import dataclass, field

from aiohttp import web

from simulator.refusals import bad
from simulator.wire import Json

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file inside a request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it was read: parameters have the types of the Bot API."""

    method: str
    parameters: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    @property
    def chat_id(self) -> int | None:
        chat = self.parameters.get("chat_id")
        return chat if isinstance(chat, int) else None

    def text(self, name: str) -> str:
        return str(self.parameters.get(name) or "")

    def number(self, name: str, default: int = 0) -> int:
        value = self.parameters.get(name)
        return int(value) if isinstance(value, int) else default

    def flag(self, name: str) -> bool:
        return bool(self.parameters.get(name))


async def read_body(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Parameters and files of a request in any of the ways Telegram takes them."""
    given: Json = dict(request.query)
    if request.content_type == "application/json":
        return given | _json(await request.text()), {}
    if request.content_type not in _FORMS:
        return given, {}
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file:
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            given[name] = value if isinstance(value, str) else value.decode()
    return given, uploads


def _json(body: str) -> Json:
    try:
        given = json.loads(body or "{}")
    except ValueError as error:
        raise bad("can't parse JSON object") from error
    if not isinstance(given, dict):
        raise bad("can't parse JSON object")
    return given
