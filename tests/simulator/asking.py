"""Somebody who plays the bot over HTTP, and what they send."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable

import aiohttp


class Bot:
    """Somebody who knows the token and asks over HTTP."""

    def __init__(self, http: aiohttp.ClientSession, base: str) -> None:
        self.http = http
        self.base = base

    async def ask(self, method: str, **parameters: object) -> dict:
        """The whole answer, also a refusal."""
        async with self.http.post(f"{self.base}/{method}", json=parameters) as answer:
            return await answer.json()

    async def do(self, method: str, **parameters: object):
        """The result of something that must go well."""
        answer = await self.ask(method, **parameters)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **parameters: object) -> str:
        """The words of a refusal."""
        answer = await self.ask(method, **parameters)
        assert not answer["ok"], answer
        return answer["description"]

    async def upload(
        self, method: str, field: str, file: tuple[str, bytes], **rest: object
    ) -> dict:
        fields = {name: str(value) for name, value in rest.items()}
        form = aiohttp.FormData(fields, quote_fields=False)
        name, data = file
        form.add_field(field, io.BytesIO(data), filename=name)
        async with self.http.post(f"{self.base}/{method}", data=form) as answer:
            return await answer.json()


def buttons(*rows: list[str]) -> dict:
    """An inline keyboard whose data are the labels."""
    return {
        "inline_keyboard": [[{"text": one, "callback_data": one} for one in row] for row in rows]
    }


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


async def until(is_so: Callable[[], object], seconds: float = 5) -> None:
    """Wait for something another process or task brings about."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110 - what is waited for rings no bell
            await asyncio.sleep(0.005)
