"""Holds on to tasks that nobody waits for, so that they neither vanish nor fail in silence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)
_held: set[asyncio.Task[None]] = set()


def run(work: Coroutine[Any, Any, None], *, name: str) -> None:
    task = asyncio.create_task(work, name=name)
    _held.add(task)
    task.add_done_callback(_let_go)


def _let_go(task: asyncio.Task[None]) -> None:
    _held.discard(task)
    if not task.cancelled() and (error := task.exception()):
        log.warning(
            "background work failed", extra={"work": task.get_name(), "error": type(error).__name__}
        )


async def settle() -> None:
    """Wait for everything under way; called when a process stops."""
    await asyncio.gather(*_held, return_exceptions=True)
