"""Logs for people and machines: a moment, a level, what happened, and the ids it happened to."""

from __future__ import annotations

import logging
import sys
import time
from typing import Final

_PLAIN: Final = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}
#: Their INFO lines hold addresses, and an address of the Bot API holds the token.
_QUIET: Final = (
    "httpx", "httpcore", "aiohttp", "aiogram", "telegram", "apscheduler", "alembic", "rasa_sdk",
    "sanic",
)  # fmt: skip


class Line(logging.Formatter):
    """`2026-11-23T02:00:00Z warning scheduler.delivery: not sent outbox=91 why=paused`."""

    def __init__(self, token: str | None) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self._secret = (token or "").partition(":")[2]

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return time.strftime(datefmt or "", time.gmtime(record.created))

    def format(self, record: logging.LogRecord) -> str:
        given = {name: value for name, value in vars(record).items() if name not in _PLAIN}
        facts = "".join(f" {name}={value}" for name, value in given.items())
        first, newline, trace = super().format(record).partition("\n")
        line = f"{first}{facts}{newline}{trace}"
        return line.replace(self._secret, "<secret>") if self._secret else line


def begin(token: str | None) -> None:
    """Write to standard error from now on; the token is struck out wherever it appears."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line(token))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
