"""Something a human must act on: open until somebody takes it, and every step of the way a row."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aftercare.records import statements
from aftercare.records.clients import Client
from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db
from aftercare.records.people import Person

Level = Literal["low", "medium", "high", "crisis"]
State = Literal["open", "taken", "contacted", "closed"]
LEVELS: tuple[Level, ...] = ("low", "medium", "high", "crisis")


class Alert(Base):
    """`because` holds reason codes and figures, never a client's words.

    The same `kind` about the same `subject` is opened once. `step` is who has been told so far:
    0 the officer, 1 the covering officer, 2 the head. `officer_id` is who answers where that is
    not the client's own officer: whoever holds the session that nobody recorded.
    """

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("kind", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    level: Mapped[Level]
    because: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[State] = mapped_column(default="open")
    step: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    close_reason: Mapped[str | None]

    client: Mapped[Client] = relationship(lazy="joined")
    taker: Mapped[Person | None] = relationship(foreign_keys=[taken_by], lazy="joined")

    @property
    def subject_id(self) -> int:
        return int(self.subject.partition("@")[0].partition(":")[2])

    @property
    def about(self) -> str:
        return f"alert:{self.id}"


_unclosed = Alert.state != "closed"
Index(
    "ix_alerts_unclosed",
    Alert.office_id,
    Alert.id,
    sqlite_where=_unclosed,
    postgresql_where=_unclosed,
)


class AlertStep(Base):
    """One thing that happened to an alert: opened, told, taken, contacted, closed, by or to whom.

    An alert that was withdrawn and opens again starts anew: what lies before its newest
    "opened" is history.
    """

    __tablename__ = "alert_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alerts.id"), index=True)
    what: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Moment)


async def open_all(db: Db, rows: list[dict[str, Any]]) -> list[Alert]:
    """The new alerts; those whose kind is already known about their subject are passed over."""
    if not rows:
        return []
    filled = [{"state": "open", "step": 0, **row} for row in rows]
    insert = statements.insert_new(db, Alert, "kind", "subject").returning(Alert.id)
    made = [row[0] for row in await db.execute(insert, filled)]
    found = await db.scalars(select(Alert).where(Alert.id.in_(made)).order_by(Alert.id))
    return list(found)


async def get(db: Db, alert_id: int) -> Alert | None:
    return await db.get(Alert, alert_id)


async def held(db: Db, alert_id: int) -> Alert | None:
    """The alert as everybody else left it, held until this transaction ends: one is first."""
    return await db.scalar(
        select(Alert)
        .where(Alert.id == alert_id)
        .with_for_update(of=Alert)
        .execution_options(populate_existing=True)
    )


async def of_staff(db: Db, person_id: int) -> list[Alert]:
    """Unclosed alerts that this person has been told of or has taken, most urgent first."""
    told = select(AlertStep.alert_id).where(AlertStep.person_id == person_id)
    found = await db.scalars(select(Alert).where(_unclosed, Alert.id.in_(told)))
    return by_urgency(list(found))


async def unclosed(db: Db, office_id: int) -> list[Alert]:
    found = await db.scalars(select(Alert).where(_unclosed, Alert.office_id == office_id))
    return by_urgency(list(found))


async def steps(db: Db, alert_id: int) -> list[AlertStep]:
    found = await db.scalars(
        select(AlertStep).where(AlertStep.alert_id == alert_id).order_by(AlertStep.id)
    )
    return list(found)


async def about(db: Db, kind: str, subject: str) -> Alert | None:
    return await db.scalar(select(Alert).where(Alert.kind == kind, Alert.subject == subject))


async def of_client(db: Db, client_id: int, kind: str) -> list[Alert]:
    """The unclosed ones of this kind, oldest first."""
    found = await db.scalars(
        select(Alert)
        .where(_unclosed, Alert.client_id == client_id, Alert.kind == kind)
        .order_by(Alert.id)
    )
    return list(found)


async def unclosed_about(db: Db, client_id: int, kind: str) -> Alert | None:
    return await db.scalar(
        select(Alert).where(_unclosed, Alert.client_id == client_id, Alert.kind == kind).limit(1)
    )


async def steps_since_opened(db: Db, alert_ids: list[int]) -> dict[int, list[AlertStep]]:
    """What happened to each of these since it was opened, oldest first."""
    found = await db.scalars(
        select(AlertStep).where(AlertStep.alert_id.in_(alert_ids)).order_by(AlertStep.id)
    )
    by_alert: dict[int, list[AlertStep]] = {one: [] for one in alert_ids}
    for step in found:
        if step.what == "opened":
            by_alert[step.alert_id].clear()
        by_alert[step.alert_id].append(step)
    return by_alert


async def open_and_told_to(db: Db, person_id: int) -> list[Alert]:
    """What nobody has taken yet, of all that this person was told of."""
    told = select(AlertStep.alert_id).where(
        AlertStep.person_id == person_id, AlertStep.what == "told"
    )
    found = await db.scalars(select(Alert).where(Alert.state == "open", Alert.id.in_(told)))
    return list(found)


def by_urgency(found: list[Alert]) -> list[Alert]:
    """Untaken before taken, higher level first, then the one that has waited longest."""
    return sorted(found, key=lambda a: (a.state != "open", -LEVELS.index(a.level), a.opened_at))


async def counts(db: Db) -> dict[str, int]:
    found = await db.execute(select(Alert.state, func.count()).group_by(Alert.state))
    return {str(row[0]): int(row[1]) for row in found}
