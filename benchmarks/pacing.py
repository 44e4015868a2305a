"""How evenly the mouth speaks: the busiest second, and how much of the rate is used."""

from __future__ import annotations

import time
from bisect import bisect_left
from typing import Any

from scheduler.pace import Pace


async def measure(rate: float = 28, seconds: float = 10) -> dict[str, Any]:
    pace = Pace(rate)
    left: list[float] = []
    while len(left) < rate * seconds:
        await pace.turn()
        left.append(time.monotonic())
        pace.took_its_turn(len(left))
    busiest = max(bisect_left(left, at + 1.0) - n for n, at in enumerate(left))
    used = (len(left) - 1) / (left[-1] - left[0]) / rate
    return {
        "rate": rate,
        "busiest second": busiest,
        "share of the rate used": round(used, 3),
        "target": "never above the rate, at least 0.95 of it",
        "met": busiest <= rate and used >= 0.95,
    }
