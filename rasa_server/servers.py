"""A trained Rasa server and everything around it, each in a process of its own, for the test."""

from __future__ import annotations

import asyncio
import os
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp import web

from tests.processes import machines

ROOT: Final = Path(__file__).parents[1]
HERE: Final = ROOT / "rasa_server"
RASA: Final = ROOT / ".venv-rasa" / "bin" / "rasa"
#: Seconds: training takes half a minute on two cores, starting twenty seconds.
_TRAINING, _STARTING = 600, 180


def free_address() -> str:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{door.getsockname()[1]}"


async def train(folder: Path) -> Path:
    """The model that `content/id/nlu.yaml` makes."""
    data = ("--data", str(ROOT / "content" / "id" / "nlu.yaml"), str(HERE / "rules.yml"))
    domain = ("--domain", str(HERE / "domain.yml"), "--config", str(HERE / "config.yml"))
    made = ("--out", str(folder), "--fixed-model-name", "kawan")
    process = await _rasa(folder, {}, "train", *domain, *data, *made)
    status = await asyncio.wait_for(process.wait(), _TRAINING)
    assert status == 0, (folder / "rasa.log").read_text()[-2000:]
    return folder / "kawan.tar.gz"


@asynccontextmanager
async def rasa(model: Path, actions: str, token: str) -> AsyncIterator[str]:
    """The address of a Rasa server on this machine alone; its own default is everybody's."""
    address = free_address()
    words = ("run", "--enable-api", "-i", "127.0.0.1", "-p", address.rpartition(":")[2])
    files = ("--endpoints", str(HERE / "endpoints.yml"))
    files += ("--credentials", str(HERE / "credentials.yml"), "--model", str(model))
    known = {"KAWAN_ACTIONS_URL": f"{actions}/webhook", "KAWAN_RASA_TOKEN": token}
    process = await _rasa(model.parent, known, *words, *files)
    try:
        await answers(f"{address}/status", process)
        yield address
    finally:
        await machines.end(process)


async def answers(address: str, process: Process) -> None:
    async with aiohttp.ClientSession() as http, asyncio.timeout(_STARTING):
        while True:
            assert process.returncode is None
            try:
                async with http.get(address) as found:
                    if found.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.3)


async def _rasa(folder: Path, variables: Mapping[str, str], *words: str) -> Process:
    ours = {"PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false", **variables}
    with (folder / "rasa.log").open("a") as log:
        return await asyncio.create_subprocess_exec(
            RASA, *words, cwd=folder, env={**os.environ, **ours}, stdout=log, stderr=log
        )


class Wire:
    """Stands between the bot and Rasa: notes what is sent, and can keep it waiting."""

    def __init__(self, rasa: str) -> None:
        self.rasa, self.sent, self.pause = rasa, list[dict[str, Any]](), 0.0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/model/parse", self._pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.sent.append(asked)
        await asyncio.sleep(self.pause)
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{self.rasa}/model/parse", json=asked) as answer,
        ):
            return web.json_response(await answer.json(), status=answer.status)
