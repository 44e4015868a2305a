"""The answers of daily, weekly and monthly check-ins (cek-in): numbers only, never words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

Kind = Literal["daily", "weekly", "monthly"]


class CheckIn(Base):
    """One a client, kind and day (the client's own calendar). Unanswered items are absent.

    `asked_at` alone means that the question went out and no answer came.
    """

    __tablename__ = "check_ins"
    __table_args__ = (UniqueConstraint("client_id", "kind", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[Kind]
    on_day: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    items: Mapped[dict[str, Any]] = mapped_column(default=dict)


async def of_client(db: Db, client_id: int, kind: Kind, *, since: date) -> list[CheckIn]:
    """Oldest first, asked and unanswered ones included."""
    found = await db.scalars(
        select(CheckIn)
        .where(CheckIn.client_id == client_id, CheckIn.kind == kind, CheckIn.on_day >= since)
        .order_by(CheckIn.on_day)
    )
    return list(found)


async def on_day(db: Db, client_id: int, kind: Kind, day: date) -> CheckIn | None:
    return await db.scalar(
        select(CheckIn).where(
            CheckIn.client_id == client_id, CheckIn.kind == kind, CheckIn.on_day == day
        )
    )
