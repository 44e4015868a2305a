"""Which relative is invited to which family session, by whose yes, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.relatives import Relative
from aftercare.records.sessions import Participant

Answer = Literal["coming", "not_coming"]


class FamilyInvitation(Base):
    """Made by the client's own yes, for this session alone.

    `question` is a code from a short list. `helped` and `wish` are the feedback, kept only where
    the relative let the officer have it. Nothing here is ever shown to the client.
    """

    __tablename__ = "family_invitations"
    __table_args__ = (UniqueConstraint("participant_id", "relative_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participants.id"), index=True)
    relative_id: Mapped[int] = mapped_column(ForeignKey("relatives.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    allowed_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    question: Mapped[str | None]
    helped: Mapped[str | None]
    wish: Mapped[str | None]

    participant: Mapped[Participant] = relationship(lazy="joined")
    relative: Mapped[Relative] = relationship(lazy="joined")
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def subject(self) -> str:
        return f"family_invitation:{self.id}"


async def get(db: Db, invitation_id: int) -> FamilyInvitation | None:
    return await db.get(FamilyInvitation, invitation_id)


async def of_participants(db: Db, participant_ids: list[int]) -> dict[int, list[FamilyInvitation]]:
    """Who of the family was invited by each of these clients, in one query."""
    found = await db.scalars(
        select(FamilyInvitation)
        .where(FamilyInvitation.participant_id.in_(participant_ids))
        .order_by(FamilyInvitation.id)
    )
    by_participant: dict[int, list[FamilyInvitation]] = {}
    for one in found.unique():
        by_participant.setdefault(one.participant_id, []).append(one)
    return by_participant


async def of_participant(db: Db, participant_id: int) -> list[FamilyInvitation]:
    return (await of_participants(db, [participant_id])).get(participant_id, [])


async def between(db: Db, participant_id: int, relative_id: int) -> FamilyInvitation | None:
    found = [
        one for one in await of_participant(db, participant_id) if one.relative_id == relative_id
    ]
    return found[0] if found else None
