"""Real processes for tests: the product and the simulated Telegram, each on its own."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp

TOKEN: Final = "7100000001:AAF-token-for-tests-only"
KEY: Final = "dGVzdHMgb25seTogbm90IGEgc2VjcmV0IGtleSEhISE="
ROOT: Final = Path(__file__).parents[2]


@dataclass(slots=True)
class Desk:
    """The simulated Telegram of another process, driven over HTTP."""

    address: str
    http: aiohttp.ClientSession

    async def add_phone(self, name: str) -> dict[str, Any]:
        facts = {"first_name": name, "started": True}
        async with self.http.post(f"{self.address}/control/phones", json=facts) as answer:
            return dict(await answer.json())

    async def writes(self, key: str, text: str) -> None:
        address = f"{self.address}/control/phones/{key}/write"
        async with self.http.post(address, json={"text": text}) as answer:
            assert answer.status == 200, await answer.text()

    async def journal(self, kind: str) -> list[dict[str, Any]]:
        query = {"kind": kind}
        async with self.http.get(f"{self.address}/control/journal", params=query) as answer:
            return list(await answer.json())

    async def waiting(self) -> int:
        async with self.http.get(f"{self.address}/control/updates") as answer:
            return len(await answer.json())


@asynccontextmanager
async def simulator() -> AsyncIterator[Desk]:
    arguments = ("-m", "simulator", "--unpaced", "--token", TOKEN)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=PIPE, cwd=ROOT
    )
    try:
        assert process.stdout is not None
        address = (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()
        async with aiohttp.ClientSession() as http:
            yield Desk(address, http)
    finally:
        await end(process)


async def start(command: str, folder: Path, variables: Mapping[str, str], *words: str) -> Process:
    """`kawan COMMAND WORDS` as it runs in an office; its log goes to kawan.log in the folder."""
    with (folder / "kawan.log").open("a") as log:
        return await _kawan(folder, variables, command, *words, stdout=log, stderr=log)


async def ask(folder: Path, variables: Mapping[str, str], *words: str) -> dict[str, Any]:
    """What `kawan WORDS --json` answers."""
    process = await _kawan(folder, variables, *words, "--json", stdout=PIPE)
    told, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0
    return dict(json.loads(told))


async def _kawan(
    folder: Path, variables: Mapping[str, str], *words: str, **streams: Any
) -> Process:
    ours = {"KAWAN_BOT_TOKEN": TOKEN, "KAWAN_SECRET_KEY": KEY, "PYTHONPATH": str(ROOT)}
    theirs = {name: value for name, value in os.environ.items() if not name.startswith("KAWAN_")}
    main = (sys.executable, "-c", "from kawan.command import main; main()")
    return await asyncio.create_subprocess_exec(
        *main, *words, cwd=folder, env={**theirs, **ours, **variables}, **streams
    )


async def end(process: Process, how: signal.Signals = signal.SIGTERM) -> int:
    """Its exit status; negative where the signal ended it."""
    if process.returncode is None:
        process.send_signal(how)
    return await asyncio.wait_for(process.wait(), 30)


def log_of(folder: Path) -> str:
    return (folder / "kawan.log").read_text()
