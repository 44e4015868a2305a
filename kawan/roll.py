"""`kawan import`: a whole list at once. Every bad row is named; none is taken, or all are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, get_args

from sqlalchemy.exc import SQLAlchemyError

from aftercare.records.clients import Regime
from kawan import bookings, lists, register
from kawan.bookings import Wish
from kawan.desk import Desk
from kawan.lists import Cells
from kawan.refusal import Refusal
from kawan.register import Answer, Member, Newcomer, Role

#: What each kind of row takes: columns that must be filled, and those that may be.
COLUMNS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "staff": (("name", "role"), ("office", "cover")),
    "client": (("name", "officer"), ("regime",)),
    "session": (("client", "at", "kind", "place"), ("minutes", "online", "treatment")),
}
_KNOWN: Final = {"what"}.union(*(must + may for must, may in COLUMNS.values()))


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    what: str
    cells: Mapping[str, str]


def read(file: Path) -> list[Row]:
    """The rows of a CSV file with a header.

    Raises:
        Refusal: it is no such file.
    """
    return [_row(line, cells) for line, cells in lists.read(file, _KNOWN)]


def _row(line: int, cells: Cells) -> Row:
    return Row(line, cells.pop("what", "").casefold() or _guess(cells), cells)


def _guess(cells: Mapping[str, str]) -> str:
    if "at" in cells:
        return "session"
    return "staff" if "role" in cells else "client"


async def take(desk: Desk, rows: list[Row]) -> Answer:
    """All of them, staff first and sessions last, so that they may name each other.

    Raises:
        Refusal: one line for each row that cannot be taken; nothing was.
    """
    order = list(COLUMNS)
    taken, wrong = [], []
    for row in sorted(rows, key=lambda one: order.index(one.what) if one.what in order else 0):
        try:
            taken.append({"line": row.line, "what": row.what, **await _take(desk, row)})
        except Refusal as refusal:
            wrong.append((row.line, str(refusal)))
        except SQLAlchemyError as error:
            wrong.append((row.line, type(error).__name__))
    lists.refuse(wrong)
    taken.sort(key=lambda one: int(one["line"]))
    return {"id": [one["id"] for one in taken], "rows": taken}


async def _take(desk: Desk, row: Row) -> Answer:
    cells = _checked(row)
    match row.what:
        case "staff":
            role = _one_of("role", cells["role"], get_args(Role))
            member = Member(cells["name"], role, cells.get("office"), cells.get("cover"))
            return await register.staff(desk, member)
        case "client":
            regime = _one_of("regime", cells.get("regime", "aftercare"), get_args(Regime))
            return await register.client(desk, Newcomer(cells["name"], cells["officer"], regime))
    who = tuple(one.strip() for one in cells["client"].split("|"))
    minutes = cells.get("minutes", "60")
    if not minutes.isdecimal():
        raise Refusal(f"minutes takes a number; {minutes!r} is none.")
    online = cells.get("online", "").casefold() in lists.YES
    treatment = cells.get("treatment", "a").casefold()
    wish = Wish(who, cells["at"], int(minutes), cells["kind"], cells["place"], online, treatment)
    return await bookings.session(desk, wish)


def _checked(row: Row) -> Mapping[str, str]:
    if row.what not in COLUMNS:
        raise Refusal(f"what takes {', '.join(COLUMNS)}; not {row.what!r}.")
    must, may = COLUMNS[row.what]
    if missing := [name for name in must if name not in row.cells]:
        raise Refusal(f"a {row.what} needs {', '.join(missing)}.")
    if extra := [name for name in row.cells if name not in must + may]:
        raise Refusal(f"a {row.what} does not take {', '.join(extra)}.")
    return row.cells


def _one_of(column: str, value: str, known: tuple[Any, ...]) -> Any:
    if value.casefold() not in known:
        raise Refusal(f"{column} takes {', '.join(known)}; not {value!r}.")
    return value.casefold()
