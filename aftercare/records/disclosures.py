"""When each person was last told that this is a program which nobody watches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records import statements
from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db


class Disclosure(Base):
    """One row a person, written anew each time it was said and has arrived."""

    __tablename__ = "disclosures"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id"), primary_key=True, autoincrement=False
    )
    said_at: Mapped[datetime] = mapped_column(Moment)


async def last(db: Db, person_id: int) -> datetime | None:
    row = await db.get(Disclosure, person_id)
    return row.said_at if row else None


async def note(db: Db, person_id: int, now: datetime) -> None:
    await db.execute(
        statements.insert_or_replace(db, Disclosure, ("person_id",), "said_at"),
        [{"person_id": person_id, "said_at": now}],
    )
