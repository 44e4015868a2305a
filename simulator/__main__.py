"""`python -m simulator`: the desk as a process of its own, driven over HTTP."""

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from simulator import desk
from simulator.limits import Limits
from simulator.telegram import TOKEN, Telegram


def main() -> None:
    asked = _arguments().parse_args()
    telegram = Telegram(
        asked.token,
        username=asked.username,
        limits=Limits(unpaced=asked.unpaced),
        journal_file=asked.journal,
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(telegram, asked.port))


async def _serve(telegram: Telegram, port: int) -> None:
    done = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, done.set)
    async with desk.serving(telegram, port=port) as address:
        sys.stdout.write(f"{address}\n")
        sys.stdout.flush()
        await done.wait()
    telegram.journal.close()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="KawanPulihBot")
    parser.add_argument("--journal", type=Path, help="a file that gets one JSON line an entry")
    parser.add_argument("--unpaced", action="store_true", help="no 429 for speed")
    return parser


if __name__ == "__main__":
    main()
