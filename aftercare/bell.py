"""Rung when there is something new to do, so that nobody has to look every few milliseconds."""

from __future__ import annotations

import asyncio


class Bell:
    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, at_most: float) -> None:
        """Until the next ring, or this many seconds. A ring before the call counts."""
        try:
            await asyncio.wait_for(self._rung.wait(), at_most)
        except TimeoutError:
            return
        finally:
            self._rung.clear()
