"""Who joins which activity, by their own tap; leaving takes the row away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aftercare.records.activities import Activity
from aftercare.records.clients import Client
from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

State = Literal["joined", "waiting"]


class Joining(Base):
    """`named_at` is the client's yes to "boleh tahu namamu"; without it there is only a number.

    `came_at` is set by the client's own word or by the publisher. Nothing is kept of whoever did
    not come: that is nobody's business. `mood` 1-5 is the client's own.
    """

    __tablename__ = "joinings"
    __table_args__ = (UniqueConstraint("activity_id", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    state: Mapped[State]
    joined_at: Mapped[datetime] = mapped_column(Moment)
    named_at: Mapped[datetime | None] = mapped_column(Moment)
    came_at: Mapped[datetime | None] = mapped_column(Moment)
    came_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    mood: Mapped[int | None]

    activity: Mapped[Activity] = relationship(lazy="joined", innerjoin=True)
    client: Mapped[Client] = relationship(lazy="joined", innerjoin=True)

    @property
    def subject(self) -> str:
        return f"joining:{self.id}"

    @property
    def about(self) -> str:
        """At this version of the activity: what is said of an older one is dropped."""
        return f"{self.subject}@{self.activity.version}"


async def get(db: Db, joining_id: int) -> Joining | None:
    return await db.get(Joining, joining_id)


async def by_ids(db: Db, ids: list[int]) -> dict[int, Joining]:
    found = await db.scalars(select(Joining).where(Joining.id.in_(ids)))
    return {one.id: one for one in found}


async def between(db: Db, activity_id: int, client_id: int) -> Joining | None:
    return await db.scalar(
        select(Joining).where(Joining.activity_id == activity_id, Joining.client_id == client_id)
    )


async def of_activities(db: Db, activity_ids: Collection[int]) -> list[Joining]:
    """Everybody in these, first come first."""
    found = await db.scalars(
        select(Joining)
        .where(Joining.activity_id.in_(activity_ids))
        .order_by(Joining.joined_at, Joining.id)
    )
    return list(found)


async def of_client(db: Db, client_id: int, activity_ids: Collection[int]) -> dict[int, Joining]:
    """This client's own, by activity."""
    found = await db.scalars(
        select(Joining).where(Joining.client_id == client_id, Joining.activity_id.in_(activity_ids))
    )
    return {one.activity_id: one for one in found}


async def ahead_of(db: Db, client_id: int, now: datetime) -> list[Joining]:
    found = await db.scalars(
        select(Joining)
        .join(Activity, Activity.id == Joining.activity_id)
        .where(Joining.client_id == client_id, Activity.starts_at > now)
        .order_by(Joining.id)
    )
    return list(found)


async def pairs(db: Db, client_ids: list[int], activity_ids: list[int]) -> set[tuple[int, int]]:
    """(client, activity) for each of these who has joined or waits."""
    found = await db.execute(
        select(Joining.client_id, Joining.activity_id).where(
            Joining.client_id.in_(client_ids), Joining.activity_id.in_(activity_ids)
        )
    )
    return {(row[0], row[1]) for row in found}


async def counts(db: Db, activity_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """How many have joined and how many wait, by activity."""
    found = await db.execute(
        select(Joining.activity_id, Joining.state, func.count())
        .where(Joining.activity_id.in_(activity_ids))
        .group_by(Joining.activity_id, Joining.state)
    )
    by_activity: dict[int, dict[str, int]] = {one: {} for one in activity_ids}
    for activity_id, state, number in found:
        by_activity[activity_id][state] = number
    return by_activity


async def first_waiting(db: Db, activity_id: int) -> Joining | None:
    return await db.scalar(
        select(Joining)
        .where(Joining.activity_id == activity_id, Joining.state == "waiting")
        .order_by(Joining.joined_at, Joining.id)
        .limit(1)
    )


async def remove(db: Db, joining: Joining) -> None:
    await db.delete(joining)
    await db.flush()


async def attended(db: Db, client_id: int) -> int:
    """How many activities this client came to, by the own word or the publisher's."""
    found = select(func.count()).where(Joining.client_id == client_id, Joining.came_at.is_not(None))
    return await db.scalar(found) or 0
