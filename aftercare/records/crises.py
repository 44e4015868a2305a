"""Every time danger was heard: what tier, by which rules, who came. The words are locked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db
from aftercare.rules.crisis import Tier, Who


class Crisis(Base):
    """`because` are ids of the rules in content/id/danger/. Kept two years (domain, R7)."""

    __tablename__ = "crises"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    tier: Mapped[Tier]
    who: Mapped[Who]
    because: Mapped[list[str]]
    words: Mapped[str | None] = mapped_column(SealedText)
    heard_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    false_alarm: Mapped[bool] = mapped_column(default=False)

    @property
    def subject(self) -> str:
        return f"crisis:{self.id}"


async def get(db: Db, crisis_id: int) -> Crisis | None:
    return await db.get(Crisis, crisis_id)


async def of_person(db: Db, person_id: int) -> list[Crisis]:
    found = await db.scalars(
        select(Crisis).where(Crisis.person_id == person_id).order_by(Crisis.id)
    )
    return list(found)


async def unsettled(db: Db, person_id: int) -> list[Crisis]:
    found = await db.scalars(
        select(Crisis)
        .where(Crisis.person_id == person_id, Crisis.settled_at.is_(None))
        .order_by(Crisis.id)
    )
    return list(found)


async def another(db: Db, one: Crisis, *, since: datetime) -> bool:
    """Whether this person was heard in danger another time since then, and it was no false one."""
    found = select(Crisis.id).where(
        Crisis.person_id == one.person_id,
        Crisis.id != one.id,
        Crisis.heard_at >= since,
        Crisis.false_alarm.is_(False),
    )
    return await db.scalar(found.limit(1)) is not None


async def last_heard(db: Db, person_ids: list[int], tier: Tier) -> dict[int, datetime]:
    """When this was last heard from each of these people, false alarms left out."""
    found = await db.execute(
        select(Crisis.person_id, func.max(Crisis.heard_at))
        .where(Crisis.person_id.in_(person_ids), Crisis.tier == tier, Crisis.false_alarm.is_(False))
        .group_by(Crisis.person_id)
    )
    return {row[0]: row[1] for row in found}
