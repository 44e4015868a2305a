"""Parts of the way that were celebrated (tonggak), or passed unsaid: each once a client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records import statements
from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db
from aftercare.records.module_runs import ModuleRun
from aftercare.records.sessions import Participant
from aftercare.rules import absences

Known = tuple[str, int]


class MilestoneRow(Base):
    """`said` is false where a higher one of its kind was celebrated in its place."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("client_id", "kind", "count"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    kind: Mapped[str]
    count: Mapped[int]
    said: Mapped[bool]
    reached_at: Mapped[datetime] = mapped_column(Moment)


async def known_of(db: Db, client_ids: list[int]) -> dict[int, set[Known]]:
    """What each of these clients has behind them already."""
    found = await db.execute(
        select(MilestoneRow.client_id, MilestoneRow.kind, MilestoneRow.count).where(
            MilestoneRow.client_id.in_(client_ids)
        )
    )
    by_client: dict[int, set[Known]] = {one: set() for one in client_ids}
    for client_id, kind, count in found:
        by_client[client_id].add((kind, count))
    return by_client


async def note(db: Db, rows: Sequence[dict[str, Any]]) -> None:
    """One statement however many there are; what is known already stays."""
    if rows:
        unique = ("client_id", "kind", "count")
        await db.execute(statements.insert_new(db, MilestoneRow, *unique), list(rows))


async def sessions_attended(db: Db, client_ids: list[int]) -> dict[int, int]:
    """How often each of these clients was there; absent where never."""
    found = await db.execute(
        select(Participant.client_id, func.count())
        .where(Participant.client_id.in_(client_ids), Participant.attendance.in_(absences.PRESENT))
        .group_by(Participant.client_id)
    )
    return {row[0]: row[1] for row in found}


async def modules_done(db: Db, client_ids: list[int]) -> dict[int, int]:
    """How many different exercises each of these clients came to the end of; absent where none."""
    found = await db.execute(
        select(ModuleRun.client_id, func.count(ModuleRun.module.distinct()))
        .where(ModuleRun.client_id.in_(client_ids), ModuleRun.after.is_not(None))
        .group_by(ModuleRun.client_id)
    )
    return {row[0]: row[1] for row in found}
