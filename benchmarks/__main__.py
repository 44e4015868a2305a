"""`make bench`: every measurement, one after the other; exit status 1 where a target is missed."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import Any

from benchmarks import idle, pacing, replies, timers_due, understanding

ALL = {
    "replies": replies,
    "timers": timers_due,
    "idle": idle,
    "pacing": pacing,
    "understanding": understanding,
}


def main(names: list[str]) -> int:
    logging.basicConfig(level=logging.ERROR)
    found = {name: asyncio.run(ALL[name].measure()) for name in names or ALL}
    for name, figures in found.items():
        print(name)
        for what, value in figures.items():
            _table(value) if isinstance(value, list) else print(f"  {what}: {value}")
    print(json.dumps(found))
    return 0 if all(figures["met"] for figures in found.values()) else 1


def _table(lines: list[dict[str, Any]]) -> None:
    rows = [list(lines[0]), *([str(one) for one in line.values()] for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print(" ", "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
