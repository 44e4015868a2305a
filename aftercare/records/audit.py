"""Who of the staff looked at what of whom, and why; the client may ask to see it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db


class Look(Base):
    """One reading. `what` is a key such as "alert" or "weekly_answers", never content."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    what: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


def note(db: Db, client_id: int, *, by_id: int, what: str, now: datetime) -> None:
    db.add(Look(client_id=client_id, by_id=by_id, what=what, at=now))


async def of_client(db: Db, client_id: int) -> list[Look]:
    found = await db.scalars(select(Look).where(Look.client_id == client_id).order_by(Look.id))
    return list(found)
