"""Officers (PK), heads and partners; who covers for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db
from aftercare.records.people import Person


class Staff(Base):
    """`cover_id` is the colleague who is asked when this one does not answer, or is away."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    away_until: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(foreign_keys=[id], lazy="joined", innerjoin=True)


async def get(db: Db, person_id: int) -> Staff:
    return await db.get_one(Staff, person_id)


async def find(db: Db, person_id: int) -> Staff | None:
    return await db.get(Staff, person_id)


async def by_ids(db: Db, person_ids: Iterable[int]) -> dict[int, Staff]:
    found = await db.scalars(select(Staff).where(Staff.id.in_(list(person_ids))))
    return {one.id: one for one in found}


async def away_covered_by(db: Db, person_ids: Iterable[int], now: datetime) -> list[Staff]:
    """Colleagues who are away and for whom one of these people stands in."""
    found = await db.scalars(
        select(Staff)
        .where(Staff.cover_id.in_(list(person_ids)), Staff.away_until > now)
        .order_by(Staff.id)
    )
    return list(found)


async def officers(db: Db, office_id: int) -> list[Staff]:
    found = await db.scalars(
        select(Staff)
        .join(Person, Person.id == Staff.id)
        .where(
            Person.office_id == office_id, Person.audience == "officer", Person.left_at.is_(None)
        )
        .order_by(Staff.id)
    )
    return list(found)
