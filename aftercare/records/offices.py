"""An office (Bapas): its time zone, its waits, and where help is near."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class Office(Base):
    """Owns its clients, staff and hotlines. `waits` overrides `rules/ladder.py`, in minutes.

    `missed_notice` is the office's own legal text for clients in integration who missed three
    sessions in a row; where there is none, nothing of that kind is said.
    """

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default=ZONES[0])
    waits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    missed_notice: Mapped[str | None]
    made_at: Mapped[datetime] = mapped_column(Moment)


class Hotline(Base):
    """A number to call in danger; shown lower and marked once `expires_on` has passed."""

    __tablename__ = "hotlines"
    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    name: Mapped[str]
    number: Mapped[str]
    helps_with: Mapped[list[str]]
    note: Mapped[str | None]
    rank: Mapped[int] = mapped_column(default=100)
    verified_on: Mapped[date]
    verified_by: Mapped[str]
    source: Mapped[str]
    expires_on: Mapped[date]


async def get(db: Db, office_id: int) -> Office:
    return await db.get_one(Office, office_id)


async def all_(db: Db) -> list[Office]:
    return list(await db.scalars(select(Office).order_by(Office.id)))


async def hotlines(db: Db, office_id: int | None) -> list[Hotline]:
    """Nearest and most useful first."""
    found = await db.scalars(
        select(Hotline).where(Hotline.office_id == office_id).order_by(Hotline.rank, Hotline.id)
    )
    return list(found)
