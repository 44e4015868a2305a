"""Where a client applied (lamaran), in the client's own words, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db

State = Literal["sent", "called", "accepted", "not_yet"]
STATES: tuple[State, ...] = get_args(State)


class Application(Base):
    """`words` is where, as the client calls it: theirs alone. `opportunity_id` is where it began.

    `asked` counts our questions about it; `unanswered` those since the client last said something.
    """

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    opportunity_id: Mapped[int | None] = mapped_column(ForeignKey("opportunities.id"))
    words: Mapped[str] = mapped_column(SealedText)
    state: Mapped[State]
    asked: Mapped[int] = mapped_column(default=0)
    unanswered: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def about(self) -> str:
        return f"application:{self.id}"


async def find(db: Db, client_id: int, application_id: int) -> Application | None:
    """Only the client's own."""
    found = await db.get(Application, application_id)
    return found if found is not None and found.client_id == client_id else None


async def by_ids(db: Db, ids: Collection[int]) -> dict[int, Application]:
    found = await db.scalars(select(Application).where(Application.id.in_(ids)))
    return {one.id: one for one in found}


async def of_client(db: Db, client_id: int) -> list[Application]:
    """Newest first."""
    found = await db.scalars(
        select(Application)
        .where(Application.client_id == client_id)
        .order_by(Application.id.desc())
    )
    return list(found)


async def counts(db: Db, client_id: int) -> dict[State, int]:
    """How many stand where: all that anybody but the client may know."""
    found = await db.execute(
        select(Application.state, func.count())
        .where(Application.client_id == client_id)
        .group_by(Application.state)
    )
    return {row[0]: int(row[1]) for row in found}
