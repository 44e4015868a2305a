"""Words that a client leaves for the officer, and what comes back; the words are locked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.clients import Client
from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db
from aftercare.records.outbox import Outgoing


class Note(Base):
    """`by_id` wrote it; `to_id` is whoever of the staff was shown it, or the client.

    `words` is empty once they were forgotten; that something was written, and when, stays.
    """

    __tablename__ = "officer_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answers: Mapped[int | None] = mapped_column(ForeignKey("officer_messages.id"))
    words: Mapped[str | None] = mapped_column(SealedText)
    written_at: Mapped[datetime] = mapped_column(Moment)
    opens_at: Mapped[datetime] = mapped_column(Moment)
    shown_at: Mapped[datetime | None] = mapped_column(Moment)
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    read_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def subject(self) -> str:
        return f"officer_message:{self.id}"

    @property
    def is_from_client(self) -> bool:
        return self.by_id == self.client_id


_unread = (Note.read_at.is_(None)) & (Note.by_id == Note.client_id)
Index("ix_officer_messages_unread", Note.client_id, sqlite_where=_unread, postgresql_where=_unread)


async def get(db: Db, number: int) -> Note | None:
    return await db.get(Note, number)


async def by_ids(db: Db, numbers: Collection[int]) -> list[Note]:
    found = await db.scalars(select(Note).where(Note.id.in_(numbers)).order_by(Note.id))
    return list(found)


async def oldest_unread(db: Db, client_ids: Collection[int]) -> set[int]:
    """For each of these clients the note that has waited longest for a reader, and still can."""
    found = await db.scalars(
        select(func.min(Note.id))
        .where(_unread, Note.words.is_not(None), Note.client_id.in_(client_ids))
        .group_by(Note.client_id)
    )
    return set(found)


async def unanswered_by(db: Db, person_id: int, *, at_most: int) -> list[Note]:
    """What this member of staff was shown and has not answered, newest first."""
    found = await db.scalars(
        select(Note)
        .where(
            Note.to_id == person_id,
            Note.by_id == Note.client_id,
            Note.answered_at.is_(None),
            Note.words.is_not(None),
        )
        .order_by(Note.id.desc())
        .limit(at_most)
    )
    return list(found)


async def unread_by(db: Db, person_id: int) -> list[Note]:
    """What this member of staff was shown and has not marked as read."""
    found = await db.scalars(
        select(Note).where(_unread, Note.to_id == person_id, Note.words.is_not(None))
    )
    return list(found)


async def waiting(db: Db, officer_ids: Collection[int], opened: datetime) -> dict[int, int]:
    """How many nobody has read for each of these officers, of those that could be since then."""
    found = await db.execute(
        select(Client.officer_id, func.count())
        .select_from(Note)
        .join(Client, Client.id == Note.client_id)
        .where(
            _unread,
            Note.opens_at <= opened,
            Note.words.is_not(None),
            Client.officer_id.in_(officer_ids),
        )
        .group_by(Client.officer_id)
    )
    return {int(row[0]): int(row[1]) for row in found}


async def shown(db: Db, notes: Sequence[Note]) -> list[Outgoing]:
    """Every message that carried one of these to somebody's phone."""
    found = await db.scalars(
        select(Outgoing)
        .where(
            Outgoing.subject.in_([one.subject for one in notes]),
            Outgoing.verb == "say",
            Outgoing.state == "sent",
            Outgoing.edits.is_(None),
        )
        .order_by(Outgoing.id)
    )
    return list(found)


async def forget(db: Db, notes: Sequence[Note], drafts: Collection[str], until: datetime) -> None:
    """The words are gone, also from what was sent of them and from their drafts until then."""
    for one in notes:
        one.words = None
    people = {one.by_id for one in notes}
    subjects = [one.subject for one in notes]
    draft = Outgoing.key.in_(drafts) & Outgoing.person_id.in_(people) & (Outgoing.made_at <= until)
    await db.execute(
        update(Outgoing).where(or_(Outgoing.subject.in_(subjects), draft)).values(content={})
    )


async def of_client(db: Db, client_id: int) -> list[Note]:
    found = await db.scalars(select(Note).where(Note.client_id == client_id).order_by(Note.id))
    return list(found)
