"""What an office knows of work and learning (peluang), and which client was shown which."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import ForeignKey, Row, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records import statements
from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

Kind = Literal["training", "job", "business_help", "education"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Answer = Literal["interested", "not_for_me"]


class Opportunity(Base):
    """One line of the office's directory. Everything in it is the office's, nothing a client's.

    `key` is the organiser and the title, folded: the same ones are the same opportunity. `skills`
    are ids of content/id/lists/skills.yaml; none means that it is open to everybody. `cost` is
    in rupiah. `confirmed_at` is when the office last imported it.
    """

    __tablename__ = "opportunities"
    __table_args__ = (UniqueConstraint("office_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    key: Mapped[str]
    title: Mapped[str]
    organiser: Mapped[str]
    kind: Mapped[Kind]
    skills: Mapped[list[str]]
    district: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    cost: Mapped[int] = mapped_column(default=0)
    contact: Mapped[str]
    place: Mapped[str | None]
    online: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Showing(Base):
    """This client was shown this opportunity, once; `answer` is what the client said to it."""

    __tablename__ = "opportunity_showings"
    __table_args__ = (UniqueConstraint("client_id", "opportunity_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    opportunity_id: Mapped[int] = mapped_column(ForeignKey("opportunities.id"))
    shown_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


async def get(db: Db, opportunity_id: int) -> Opportunity | None:
    return await db.get(Opportunity, opportunity_id)


async def by_ids(db: Db, ids: Collection[int]) -> dict[int, Opportunity]:
    found = await db.scalars(select(Opportunity).where(Opportunity.id.in_(ids)))
    return {one.id: one for one in found}


async def by_key(db: Db, office_id: int, key: str) -> Opportunity | None:
    return await db.scalar(
        select(Opportunity).where(Opportunity.office_id == office_id, Opportunity.key == key)
    )


async def of_office(db: Db, office_id: int) -> list[Opportunity]:
    """Everything that was ever entered, newest last."""
    found = await db.scalars(
        select(Opportunity).where(Opportunity.office_id == office_id).order_by(Opportunity.id)
    )
    return list(found)


async def kept_of(db: Db, office_ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """What no office has taken off, by office. Plain rows: they are compared with many clients."""
    found = await db.execute(
        select(Opportunity.__table__)
        .where(Opportunity.office_id.in_(office_ids), Opportunity.closed_at.is_(None))
        .order_by(Opportunity.id)
    )
    by_office: dict[int, list[Row[Any]]] = {one: [] for one in office_ids}
    for row in found:
        by_office[row.office_id].append(row)
    return by_office


async def shown_to(db: Db, client_ids: Collection[int]) -> dict[int, set[int]]:
    """The ids of what each of these clients was ever shown."""
    found = await db.execute(
        select(Showing.client_id, Showing.opportunity_id).where(Showing.client_id.in_(client_ids))
    )
    by_client: dict[int, set[int]] = {one: set() for one in client_ids}
    for client_id, opportunity_id in found:
        by_client[client_id].add(opportunity_id)
    return by_client


async def show(db: Db, pairs: Iterable[tuple[int, int]], now: datetime) -> None:
    """Pairs of client and opportunity; a second time changes nothing."""
    rows = [{"client_id": who, "opportunity_id": what, "shown_at": now} for who, what in pairs]
    if rows:
        await db.execute(statements.insert_new(db, Showing, "client_id", "opportunity_id"), rows)


async def showing(db: Db, client_id: int, opportunity_id: int) -> Showing | None:
    return await db.scalar(
        select(Showing).where(
            Showing.client_id == client_id, Showing.opportunity_id == opportunity_id
        )
    )


async def showings(db: Db, client_id: int) -> list[Showing]:
    """Newest first."""
    found = await db.scalars(
        select(Showing).where(Showing.client_id == client_id).order_by(Showing.id.desc())
    )
    return list(found)
