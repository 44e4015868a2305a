"""Sessions (sesi) and who takes part in them. A session is a meeting with a time and a place."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ForeignKey, Index, UniqueConstraint, inspect, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aftercare.records.clients import Client
from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db

Mode = Literal["in_person", "online"]
State = Literal["booked", "cancelled"]
Attendance = Literal[
    "present", "present_online", "excused", "late_excuse", "absent", "cancelled_by_office"
]
Readiness = Literal["ready", "wants_change", "has_trouble"]


class Session(Base):
    """`version` grows when it is moved, so that what was said about the old time is dropped.

    `treatment` is the tag a-f of the aftercare programme. `code` is the four digits on the
    officer's screen with which a client records "Saya sudah sampai".
    """

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    treatment: Mapped[str] = mapped_column(default="a")
    mode: Mapped[Mode] = mapped_column(default="in_person")
    place: Mapped[str] = mapped_column(SealedText)
    starts_at: Mapped[datetime] = mapped_column(Moment)
    minutes: Mapped[int]
    code: Mapped[str]
    state: Mapped[State] = mapped_column(default="booked")
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(Moment)

    participants: Mapped[list[Participant]] = relationship(
        back_populates="session", lazy="selectin", order_by="Participant.id"
    )

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


Index("ix_sessions_officer_starts", Session.officer_id, Session.starts_at)


class Participant(Base):
    """One client in one session. No attendance means that nobody has recorded it yet.

    `says` is what the client told us meanwhile: information for the officer, never an outcome.
    """

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("session_id", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"))
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    attendance: Mapped[Attendance | None]
    recorded_at: Mapped[datetime | None] = mapped_column(Moment)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None]
    says: Mapped[Literal["came", "trouble"] | None]
    readiness: Mapped[Readiness | None]
    leaves_at: Mapped[str | None]
    travels_by: Mapped[str | None]
    code_tries: Mapped[int] = mapped_column(default=0)

    session: Mapped[Session] = relationship(back_populates="participants", lazy="joined")
    client: Mapped[Client] = relationship(lazy="joined")

    @property
    def subject(self) -> str:
        return f"participant:{self.id}"


class ChangeRequest(Base):
    """A client asks for another time; open until the officer answers.

    `proposed_at` is what the officer offers instead; then it is the client who answers.
    """

    __tablename__ = "change_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    wished_at: Mapped[datetime] = mapped_column(Moment)
    proposed_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str | None]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[Literal["accepted", "refused", "withdrawn"] | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    participant: Mapped[Participant] = relationship(lazy="joined")

    @property
    def about(self) -> str:
        return f"change:{self.id}"


def fresh_code() -> str:
    """Four digits, not the kind that someone guesses first."""
    return f"{secrets.randbelow(9000) + 1000}"


async def get(db: Db, session_id: int) -> Session | None:
    return await db.get(Session, session_id)


async def everybody(db: Db, session: Session) -> list[Participant]:
    """Who takes part. A session that was reached through one participant knows only that one."""
    if "participants" in inspect(session).unloaded:
        await db.refresh(session, ["participants"])
    return session.participants


async def participant(db: Db, participant_id: int) -> Participant | None:
    return await db.get(Participant, participant_id)


async def participants(db: Db, ids: list[int]) -> dict[int, Participant]:
    found = await db.scalars(select(Participant).where(Participant.id.in_(ids)))
    return {one.id: one for one in found.unique()}


async def of_client(db: Db, client_id: int, *, after: datetime) -> list[Participant]:
    """The sessions of a client that end after this moment, soonest first."""
    found = await db.scalars(
        select(Participant)
        .join(Session, Session.id == Participant.session_id)
        .where(
            Participant.client_id == client_id,
            Session.state == "booked",
            Session.starts_at > after - timedelta(hours=12),
        )
        .order_by(Session.starts_at)
    )
    return [one for one in found.unique() if one.session.ends_at > after]


async def past_of_client(db: Db, client_id: int, *, before: datetime) -> list[Participant]:
    """Every session of a client that began before this moment, oldest first."""
    found = await db.scalars(
        select(Participant)
        .join(Session, Session.id == Participant.session_id)
        .where(Participant.client_id == client_id, Session.starts_at <= before)
        .order_by(Session.starts_at, Participant.id)
    )
    return list(found.unique())


async def of_officer(db: Db, officer_id: int, start: datetime, end: datetime) -> list[Session]:
    """The booked sessions of an officer that begin in [start, end)."""
    found = await db.scalars(
        select(Session)
        .where(
            Session.officer_id == officer_id,
            Session.state == "booked",
            Session.starts_at >= start,
            Session.starts_at < end,
        )
        .order_by(Session.starts_at)
    )
    return list(found.unique())


async def of_clients(
    db: Db, client_ids: list[int], start: datetime, end: datetime
) -> list[Participant]:
    """Where any of these clients is expected in a session that begins in [start, end)."""
    found = await db.scalars(
        select(Participant)
        .join(Session, Session.id == Participant.session_id)
        .where(
            Participant.client_id.in_(client_ids),
            Participant.attendance.is_(None),
            Session.state == "booked",
            Session.starts_at >= start,
            Session.starts_at < end,
        )
        .order_by(Session.starts_at)
    )
    return list(found.unique())


async def open_changes(db: Db, participant_ids: list[int]) -> list[ChangeRequest]:
    found = await db.scalars(
        select(ChangeRequest).where(
            ChangeRequest.participant_id.in_(participant_ids), ChangeRequest.answer.is_(None)
        )
    )
    return list(found)


async def changes(db: Db, ids: list[int]) -> list[ChangeRequest]:
    found = await db.scalars(
        select(ChangeRequest).where(ChangeRequest.id.in_(ids)).order_by(ChangeRequest.id)
    )
    return list(found.unique())


async def open_change(db: Db, participant_id: int) -> ChangeRequest | None:
    return await db.scalar(
        select(ChangeRequest).where(
            ChangeRequest.participant_id == participant_id, ChangeRequest.answer.is_(None)
        )
    )


async def change(db: Db, change_id: int) -> ChangeRequest | None:
    return await db.get(ChangeRequest, change_id)
