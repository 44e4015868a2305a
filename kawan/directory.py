"""The office's directory of work and learning: a list is taken whole, or every bad row is named."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from aftercare.casework.work import opportunities as work
from aftercare.casework.work import skills
from aftercare.records import opportunities
from aftercare.records.offices import Office
from aftercare.records.opportunities import KINDS, Opportunity
from aftercare.rules import discretion, wording
from kawan import finding, lists
from kawan.desk import Desk
from kawan.lists import Cells
from kawan.refusal import Refusal
from kawan.register import Answer

NEEDED: Final = ("title", "organiser", "kind", "cost", "contact")
OPTIONAL: Final = (
    "skills", "district", "starts", "ends", "closes", "place", "online", "note",
)  # fmt: skip
#: The most characters of each, so that a card stays easy to read.
_LONGEST: Final = {
    "title": 80, "organiser": 60, "contact": 80, "district": 60, "place": 80, "note": 140,
}  # fmt: skip
_KINDS: Final[dict[str, str]] = {
    **{kind: kind for kind in KINDS},
    "pelatihan": "training",
    "lowongan": "job",
    "kerja": "job",
    "bantuan usaha": "business_help",
    "pendidikan": "education",
}
_FREE: Final = frozenset({"gratis", "free", "0"})
_RUPIAH: Final = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list, checked; the names are those of the record."""

    title: str
    organiser: str
    kind: str
    skills: list[str]
    district: str | None
    starts_on: date | None
    ends_on: date | None
    closes_on: date | None
    cost: int
    contact: str
    place: str | None
    online: bool
    note: str | None

    @property
    def key(self) -> str:
        return work.key(self.organiser, self.title)


async def take(desk: Desk, file: Path, where: str | None) -> Answer:
    """All rows of the file. One that is known is brought up to date and stays one.

    Raises:
        Refusal: one line for each row that cannot be taken; nothing was.
    """
    rows = lists.read(file, (*NEEDED, *OPTIONAL))
    office = await finding.office(desk.db, where)
    entries = _checked(rows)
    taken = [{"line": line, **await _take(desk, office, entry)} for line, entry in entries.items()]
    return {"id": [one["id"] for one in taken], "office": office.name, "rows": taken}


def _checked(rows: list[tuple[int, Cells]]) -> dict[int, Entry]:
    entries: dict[int, Entry] = {}
    lines: dict[str, int] = {}
    wrong = []
    for line, cells in rows:
        try:
            entry = _entry(cells)
            if (first := lines.setdefault(entry.key, line)) != line:
                raise Refusal(f"this title of this organiser stands in line {first} already.")
            entries[line] = entry
        except Refusal as refusal:
            wrong.append((line, str(refusal)))
    lists.refuse(wrong)
    return entries


def _entry(cells: Cells) -> Entry:
    if missing := [name for name in NEEDED if name not in cells]:
        raise Refusal(f"an opportunity needs {', '.join(missing)}.")
    if extra := [name for name in cells if name not in (*NEEDED, *OPTIONAL)]:
        raise Refusal(f"an opportunity does not take {', '.join(extra)}.")
    for name, most in _LONGEST.items():
        if len(cells.get(name, "")) > most:
            raise Refusal(f"{name} takes {most} characters; this one has {len(cells[name])}.")
    if not discretion.is_neutral(cells["title"]) or wording.breaches(cells["title"]):
        raise Refusal("title takes words that anybody may read on a client's telephone.")
    days = {name: _day(name, cells.get(name)) for name in ("starts", "ends", "closes")}
    if days["starts"] and days["ends"] and days["ends"] < days["starts"]:
        raise Refusal("ends takes a day that is not before starts.")
    return Entry(
        cells["title"], cells["organiser"], _kind(cells["kind"]), _skills(cells.get("skills", "")),
        cells.get("district"), days["starts"], days["ends"], days["closes"], _cost(cells["cost"]),
        cells["contact"], cells.get("place"), cells.get("online", "").casefold() in lists.YES,
        cells.get("note"),
    )  # fmt: skip


def _kind(word: str) -> str:
    if word.casefold() not in _KINDS:
        raise Refusal(f"kind takes {', '.join(KINDS)}; not {word!r}.")
    return _KINDS[word.casefold()]


def _skills(words: str) -> list[str]:
    """Ids or names with | between; none: for everybody."""
    found = []
    for word in filter(None, (part.strip() for part in words.split("|"))):
        if (skill := skills.read(word)) is None:
            raise Refusal(f"skills takes {', '.join(skills.table())}; not {word!r}.")
        found.append(skill)
    return skills.known(found)


def _day(name: str, word: str | None) -> date | None:
    if word is None:
        return None
    try:
        return datetime.strptime(word, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise Refusal(f"{name} takes a day such as 2026-12-31; not {word!r}.") from None


def _cost(word: str) -> int:
    """In rupiah; "150.000" and "Rp150.000" are read too."""
    if word.casefold() in _FREE:
        return 0
    if (found := _RUPIAH.fullmatch(word)) is None:
        raise Refusal(f"cost takes rupiah such as 150000, or gratis; not {word!r}.")
    return int(found[1].replace(".", ""))


async def _take(desk: Desk, office: Office, entry: Entry) -> Answer:
    row = await opportunities.by_key(desk.db, office.id, entry.key)
    values = asdict(entry)
    if row is None:
        state = "new"
        row = Opportunity(office_id=office.id, key=entry.key, made_at=desk.now, **values)
        row.changed_at = desk.now
        desk.db.add(row)
    else:
        state = "changed" if _differs(row, values) else "same"
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_at = desk.now if state == "changed" else row.changed_at
    row.confirmed_at = desk.now
    await desk.db.flush()
    return {"id": row.id, "title": row.title, "state": state, "stands": _stands(desk, office, row)}


def _differs(row: Opportunity, values: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in values.items())


def _stands(desk: Desk, office: Office, row: Opportunity) -> str:
    """open, over (its days have passed) or closed (the office took it off)."""
    if row.closed_at is not None:
        return "closed"
    today = desk.now.astimezone(ZoneInfo(office.time_zone)).date()
    return "open" if work.is_open(row, today) else "over"


async def all_(desk: Desk, where: str | None) -> list[Answer]:
    """Everything that was ever entered, with how it stands today."""
    office = await finding.office(desk.db, where)
    return [
        {
            "id": row.id,
            "stands": _stands(desk, office, row),
            "title": row.title,
            "organiser": row.organiser,
            "kind": row.kind,
            "skills": "|".join(row.skills) or "-",
            "district": row.district or "-",
            "closes": row.closes_on or "-",
        }
        for row in await opportunities.of_office(desk.db, office.id)
    ]


async def close(desk: Desk, wanted: int) -> Answer:
    """Off the list: nobody is shown it any more. It stays off when it is imported again."""
    row = await _known(desk, wanted)
    row.closed_at = row.closed_at or desk.now
    return {"id": row.id, "title": row.title, "stands": "closed"}


async def open_(desk: Desk, wanted: int) -> Answer:
    """Back on the list."""
    row = await _known(desk, wanted)
    row.closed_at = None
    return {"id": row.id, "title": row.title, "stands": "open"}


async def _known(desk: Desk, wanted: int) -> Opportunity:
    row = await opportunities.get(desk.db, wanted)
    if row is None:
        raise Refusal(f"ID takes the id of an opportunity; {wanted} is none. See directory list.")
    return row
