"""Waits for something that another task or process does, for a bounded time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(happened: Callable[[], object], *, at_most: float = 20.0) -> None:
    """Come back as soon as it has happened.

    Raises:
        TimeoutError: it has not.
    """
    async with asyncio.timeout(at_most):
        while not happened():  # noqa: ASYNC110 - what happens elsewhere rings no bell here
            await asyncio.sleep(0.002)
