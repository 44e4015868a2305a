"""Activities (kegiatan) that anybody may join, and the choices of clients about them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db

State = Literal["open", "cancelled"]
#: The longest that one may last, in hours; what began earlier than this is over.
LONGEST: int = 12


class Activity(Base):
    """`version` grows when it is moved. `series` is the first one of a weekly row.

    `kind` is a key of content/id/activities.yaml, `name` what its publisher calls it. `others_came`
    is how many of those came who gave no name; nobody is counted by it.
    """

    __tablename__ = "activities"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    publisher_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    series: Mapped[int | None]
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(SealedText)
    place: Mapped[str] = mapped_column(SealedText)
    note: Mapped[str | None] = mapped_column(SealedText)
    starts_at: Mapped[datetime] = mapped_column(Moment)
    minutes: Mapped[int]
    capacity: Mapped[int | None]
    state: Mapped[State] = mapped_column(default="open")
    version: Mapped[int] = mapped_column(default=1)
    others_came: Mapped[int | None]
    made_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def subject(self) -> str:
        return f"activity:{self.id}"

    def is_ahead(self, now: datetime) -> bool:
        return self.state == "open" and self.starts_at > now


Index("ix_activities_office_starts", Activity.office_id, Activity.starts_at)


class ActivityChoice(Base):
    """What a client wants to hear of activities; there from the first look at them.

    `religion` is whose worship may be shown, by the client's own word. `seen_at` is when the client
    last saw what there is: only what was published later is news.
    """

    __tablename__ = "activity_choices"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    religion: Mapped[str | None] = mapped_column(SealedText)
    wants_news: Mapped[bool] = mapped_column(default=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)


async def get(db: Db, activity_id: int) -> Activity | None:
    return await db.get(Activity, activity_id)


async def get_alone(db: Db, activity_id: int) -> Activity | None:
    """Nobody else takes the last place meanwhile (SQLite has one writer anyway)."""
    return await db.scalar(select(Activity).where(Activity.id == activity_id).with_for_update())


async def by_ids(db: Db, ids: list[int]) -> dict[int, Activity]:
    found = await db.scalars(select(Activity).where(Activity.id.in_(ids)))
    return {one.id: one for one in found}


async def coming(db: Db, office_ids: list[int], now: datetime) -> list[Activity]:
    """Everything ahead in these offices, soonest first."""
    found = await db.scalars(
        select(Activity)
        .where(
            Activity.office_id.in_(office_ids), Activity.state == "open", Activity.starts_at > now
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    return list(found)


async def of_publisher(db: Db, person_id: int, since: datetime) -> list[Activity]:
    """What this person published and what has not begun before `since`, soonest first."""
    found = await db.scalars(
        select(Activity)
        .where(
            Activity.publisher_id == person_id,
            Activity.state == "open",
            Activity.starts_at > since,
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    return list(found)


async def rest_of_series(db: Db, activity: Activity) -> list[Activity]:
    """This one and what follows in its weekly row."""
    if activity.series is None:
        return [activity]
    found = await db.scalars(
        select(Activity)
        .where(
            Activity.series == activity.series,
            Activity.state == "open",
            Activity.starts_at >= activity.starts_at,
        )
        .order_by(Activity.starts_at)
    )
    return list(found)


async def choice(db: Db, client_id: int) -> ActivityChoice | None:
    return await db.get(ActivityChoice, client_id)


async def choices(db: Db, client_ids: list[int]) -> dict[int, ActivityChoice]:
    found = await db.scalars(select(ActivityChoice).where(ActivityChoice.client_id.in_(client_ids)))
    return {one.client_id: one for one in found}
