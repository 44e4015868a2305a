"""Where each person stands in which flow; at most one live conversation a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare import messages
from aftercare.records import ids, statements, timers
from aftercare.records.columns import Base, BigId, Moment, SealedJson
from aftercare.records.database import Db

BEGIN: Final = "conversation.begin"
State = Literal["live", "aside", "paused", "queued", "ended"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A conversation that one of many people is to begin."""

    person_id: int
    subject: str | None
    values: Mapping[str, Any]
    good_for: timedelta


_ids: Final = ids.Sequence()
#: What is left of a conversation that was broken off: nothing that somebody said.
_EMPTY: Final[Mapping[str, Any]] = {"answers": {}, "values": {}}


class ConversationRow(Base):
    """`content` holds the answers and values, locked: some of them are a person's own words.

    `aside` and `queued` ones wait for the live one to end, a `paused` one for the person;
    `expires_at` counts for all of them.
    """

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    flow: Mapped[str]
    subject: Mapped[str | None]
    state: Mapped[State]
    step: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=0)
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    outcome: Mapped[str | None]
    started_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def about(self) -> str:
        return f"conversation:{self.id}"


_COLUMNS: Final = tuple(ConversationRow.__table__.columns.keys())
_live = ConversationRow.state == "live"
Index(
    "ix_conversations_live",
    ConversationRow.person_id,
    unique=True,
    sqlite_where=_live,
    postgresql_where=_live,
)


async def get(db: Db, conversation_id: int) -> ConversationRow | None:
    return await db.get(ConversationRow, conversation_id)


async def live(db: Db, person_id: int) -> ConversationRow | None:
    return await db.scalar(
        select(ConversationRow).where(ConversationRow.person_id == person_id, _live)
    )


async def busy_of(db: Db, person_ids: list[int]) -> set[int]:
    """Which of these people are in a conversation now."""
    found = select(ConversationRow.person_id).where(ConversationRow.person_id.in_(person_ids))
    return set(await db.scalars(found.where(_live)))


async def who_have_more(db: Db, person_ids: list[int]) -> set[int]:
    """Which of these people have a conversation that was set aside or waits to begin."""
    found = select(ConversationRow.person_id).where(
        ConversationRow.person_id.in_(person_ids), ConversationRow.state.in_(("aside", "queued"))
    )
    return set(await db.scalars(found))


async def live_of(db: Db, person_ids: list[int]) -> dict[int, ConversationRow]:
    found = await db.scalars(
        select(ConversationRow).where(ConversationRow.person_id.in_(person_ids), _live)
    )
    return {row.person_id: row for row in found}


async def by_ids(db: Db, ids: list[int]) -> dict[int, ConversationRow]:
    found = await db.scalars(select(ConversationRow).where(ConversationRow.id.in_(ids)))
    return {row.id: row for row in found}


async def newest(db: Db, person_id: int, state: State) -> ConversationRow | None:
    return await db.scalar(
        select(ConversationRow)
        .where(ConversationRow.person_id == person_id, ConversationRow.state == state)
        .order_by(ConversationRow.id.desc())
        .limit(1)
    )


async def unfinished(db: Db, person_id: int, flow: str) -> list[ConversationRow]:
    """Those of this flow that have begun and are not over."""
    found = await db.scalars(
        select(ConversationRow).where(
            ConversationRow.person_id == person_id,
            ConversationRow.flow == flow,
            ConversationRow.state.in_(("live", "aside", "paused")),
        )
    )
    return list(found)


def queue(
    db: Db,
    person_id: int,
    flow: str,
    *,
    values: Mapping[str, Any] | None = None,
    subject: str | None = None,
    now: datetime,
    good_for: timedelta = timedelta(hours=20),
) -> ConversationRow:
    """Ask for a conversation; it begins when the person has no other, or never if too late."""
    row = fresh(flow, Opening(person_id, subject, values or {}, good_for), now)
    db.add(row)
    timers.arm(db, timers.Timer(f"person:{person_id}", BEGIN, now))
    return row


def fresh(flow: str, opening: Opening, now: datetime) -> ConversationRow:
    """A conversation that waits to begin, not written yet."""
    return ConversationRow(
        id=_ids.fresh(now),
        person_id=opening.person_id,
        flow=flow,
        subject=opening.subject,
        state="queued",
        revision=0,
        content={"answers": {}, "values": messages.pack(dict(opening.values))},
        started_at=now,
        expires_at=now + opening.good_for,
    )


async def queue_all(db: Db, flow: str, openings: Sequence[Opening], *, now: datetime) -> None:
    """The same for many people, in one statement however many they are."""
    await insert_all(db, [fresh(flow, one, now) for one in openings])
    for one in openings:
        timers.arm(db, timers.Timer(f"person:{one.person_id}", BEGIN, now))


async def insert_all(db: Db, rows: Sequence[ConversationRow]) -> None:
    """Write fresh ones as they stand by now, in one statement."""
    if rows:
        values = [{name: getattr(row, name) for name in _COLUMNS} for row in rows]
        await db.execute(statements.insert_rows(ConversationRow), values)


async def finished(db: Db, person_id: int, flows: Sequence[str]) -> set[str]:
    """Which of these flows this person has come to the end of."""
    found = await db.scalars(
        select(ConversationRow.flow).where(
            ConversationRow.person_id == person_id,
            ConversationRow.flow.in_(flows),
            ConversationRow.outcome == "finished",
        )
    )
    return set(found)


async def queued_of(db: Db, person_ids: list[int]) -> dict[int, list[ConversationRow]]:
    """What waits to begin for each of these people, oldest first."""
    found = await db.scalars(
        select(ConversationRow)
        .where(ConversationRow.person_id.in_(person_ids), ConversationRow.state == "queued")
        .order_by(ConversationRow.id)
    )
    by_person: dict[int, list[ConversationRow]] = {}
    for row in found:
        by_person.setdefault(row.person_id, []).append(row)
    return by_person


async def end_all(db: Db, person_id: int, outcome: str, now: datetime) -> None:
    """The live one, those set aside and those that wait; their timers find nothing to move."""
    found = await db.scalars(
        select(ConversationRow).where(
            ConversationRow.person_id == person_id, ConversationRow.state != "ended"
        )
    )
    for row in found:
        row.state, row.outcome, row.ended_at = "ended", outcome, now
        row.content = dict(_EMPTY)


async def withdraw(db: Db, subject: str, flows: tuple[str, ...], now: datetime) -> None:
    """End what these flows ask about any version of this subject; its open question passes."""
    found = await db.scalars(
        select(ConversationRow).where(
            ConversationRow.subject.startswith(f"{subject}@"),
            ConversationRow.flow.in_(flows),
            ConversationRow.state != "ended",
        )
    )
    for row in found:
        row.state, row.outcome, row.ended_at = "ended", "gone", now
        row.content = dict(_EMPTY)
        row.revision += 1
