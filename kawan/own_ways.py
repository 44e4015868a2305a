"""What an office decides for itself: its own numbers to call, and how long its alerts wait."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from aftercare.casework import hotlines
from aftercare.records.offices import Hotline
from kawan import finding
from kawan.desk import Desk
from kawan.refusal import Refusal

#: The office's own numbers help with everything: a person who is near comes first.
_EVERYTHING: Final = (
    "soft", "t1", "t2", "t3", "overdose", "violence", "withdrawal", "other", "help",
)  # fmt: skip
_NUMBER: Final = re.compile(r"[0-9+][0-9 ()-]{1,24}")


@dataclass(frozen=True, slots=True)
class Near:
    """A number close by: the duty phone, the emergency room, the puskesmas, the IPWL."""

    name: str
    number: str
    verified_by: str
    rank: int
    office: str | None


async def hotline(desk: Desk, near: Near) -> dict[str, Any]:
    """Raises Refusal where the number is none."""
    where = await finding.office(desk.db, near.office)
    if not _NUMBER.fullmatch(near.number.strip()):
        raise Refusal("NUMBER takes a telephone number, such as 022-1234567 or 119.")
    today = desk.now.astimezone(ZoneInfo(where.time_zone)).date()
    name = finding.name(near.name)
    known = await desk.db.scalar(
        select(Hotline).where(Hotline.office_id == where.id, Hotline.name == name)
    )
    row = known or Hotline(office_id=where.id, name=name, helps_with=list(_EVERYTHING))
    row.number, row.rank, row.verified_by = near.number.strip(), near.rank, near.verified_by
    row.verified_on, row.expires_on, row.source = today, today + hotlines.GOOD_FOR, "the office"
    desk.db.add(row)
    await desk.db.flush()
    return {
        "id": row.id, "name": name, "number": row.number, "verified_on": today.isoformat(),
    }  # fmt: skip


async def wait(
    desk: Desk, level: str, cover: int, head: int, *, where: str | None
) -> dict[str, Any]:
    """Raises Refusal where the head would be told before the cover."""
    if head <= cover:
        raise Refusal("--head takes more minutes than --cover: the cover is told first.")
    office = await finding.office(desk.db, where)
    office.waits = {**office.waits, level: [cover, head]}
    return {"id": office.id, "level": level, "cover": cover, "head": head}
