"""Everything we say: a row, once a cause, until it is sent, refused or no longer wanted."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from aftercare import messages
from aftercare.messages import Arm, Message, Terms
from aftercare.records import statements, timers
from aftercare.records.columns import Base, BigId, Moment, SealedJson
from aftercare.records.database import Db, Gathered
from aftercare.records.people import Person

log = logging.getLogger(__name__)
State = Literal["waiting", "sent", "failed", "dropped", "held"]
Verb = Literal["say", "rebutton", "menu"]
BRAKE: Final = 5


class WrongReader(Exception):
    """These words were written for somebody else; see the audience in the message's key."""


class Outgoing(Base):
    """One thing to say. `attempts` above zero means that an earlier try may have arrived."""

    __tablename__ = "outbox"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    verb: Mapped[Verb] = mapped_column(default="say")
    lane: Mapped[int]
    key: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    subject: Mapped[str | None]
    arms: Mapped[list[Any]] = mapped_column(JSON)
    edits: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(Moment)
    not_before: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    state: Mapped[State] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None]
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    telegram_message_id: Mapped[int | None] = mapped_column(BigInteger)

    @property
    def message(self) -> Message:
        """Nothing but the key where the words were kept long enough, or erased."""
        return messages.unpack_message(self.content) if self.content else Message(self.key)


_waiting = Outgoing.state == "waiting"
Index(
    "ix_outbox_waiting",
    Outgoing.lane,
    Outgoing.id,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)
Index("ix_outbox_sent", Outgoing.person_id, Outgoing.key, Outgoing.sent_at)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why we speak, and when that was. The same cause and number never speaks twice."""

    id: str
    now: datetime


def post(
    db: Db, message: Message, *, to: Person, because: Cause, terms: Terms | None = None
) -> None:
    """Queue a message. Written at the end of the transaction; a known cause is passed over.

    Raises:
        WrongReader: the message's key names another audience than this person's.
    """
    if not messages.fits(message, to.audience):
        raise WrongReader(f"{message.key} was not written for a {to.audience}")
    row = _row("say", message.key, to.id, because, terms or Terms())
    row["content"] = messages.pack_message(message)
    db.gather(_write)[row["dedupe_key"]] = row


def rebutton(db: Db, message: Message, edited: int, *, to: Person, because: Cause) -> None:
    """Leave only this message's buttons on one that was sent before. Best effort."""
    row = _row("rebutton", message.key, to.id, because, Terms(edits=edited))
    row["dedupe_key"] += ":rebutton"
    row["content"] = messages.pack_message(message)
    db.gather(_write)[row["dedupe_key"]] = row


def show_menu(db: Db, *, to: Person, because: Cause) -> None:
    """Give this person the list of commands that fits the role. Best effort."""
    row = _row("menu", f"menu.{to.audience}.commands", to.id, because, Terms())
    row["dedupe_key"] += ":menu"
    row["content"] = {"audience": to.audience}
    db.gather(_write)[row["dedupe_key"]] = row


def _row(verb: Verb, key: str, person_id: int, because: Cause, terms: Terms) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "dedupe_key": f"{because.id}>{person_id}:{key}",
        "verb": verb,
        "lane": int(terms.lane),
        "key": key,
        "content": {},
        "subject": terms.subject,
        "arms": [_pack_arm(arm) for arm in terms.arms],
        "edits": terms.edits,
        "made_at": because.now,
        "not_before": terms.not_before or because.now,
        "expires_at": terms.expires_at,
        "state": "waiting",
        "attempts": 0,
    }


async def _write(db: Db, gathered: Gathered) -> None:
    await db.execute(statements.insert_new(db, Outgoing, "dedupe_key"), list(gathered.values()))


def _pack_arm(arm: Arm) -> list[Any]:
    return [arm.subject, arm.kind, arm.after.total_seconds(), messages.pack(arm.payload)]


async def waiting(
    db: Db, now: datetime, *, at_most: int, but_not: Sequence[int] = ()
) -> list[Outgoing]:
    """What may go now, most urgent lane first, then oldest first; `but_not` are people."""
    found = await db.scalars(
        select(Outgoing)
        .where(_waiting, Outgoing.not_before <= now, Outgoing.person_id.not_in(but_not))
        .order_by(Outgoing.lane, Outgoing.id)
        .limit(at_most)
    )
    return list(found)


async def settle_sent(db: Db, row_id: int, telegram_message_id: int | None, now: datetime) -> None:
    """It has arrived: only now do the timers that ride on it begin to run."""
    row = await db.get_one(Outgoing, row_id)
    row.state, row.sent_at, row.telegram_message_id = "sent", now, telegram_message_id
    row.attempts += 1
    for subject, kind, seconds, payload in row.arms:
        due = now + timedelta(seconds=seconds)
        timers.arm(db, timers.Timer(subject, kind, due, payload=messages.unpack(payload)))


async def settle_unsent(db: Db, row_id: int, state: State, reason: str) -> None:
    row = await db.get_one(Outgoing, row_id)
    row.state, row.reason = state, reason


async def put_off(db: Db, row_id: int, until: datetime, *, tried: bool, reason: str) -> None:
    row = await db.get_one(Outgoing, row_id)
    row.not_before, row.reason = until, reason
    row.attempts += int(tried)


async def drop_all_of(db: Db, person_id: int, reason: str) -> None:
    await db.execute(
        update(Outgoing)
        .where(Outgoing.person_id == person_id, _waiting)
        .values(state="dropped", reason=reason)
    )


async def next_due(db: Db) -> datetime | None:
    return await db.scalar(select(func.min(Outgoing.not_before)).where(_waiting))


async def counts(db: Db) -> dict[str, int]:
    found = await db.execute(select(Outgoing.state, func.count()).group_by(Outgoing.state))
    return {str(row[0]): int(row[1]) for row in found}
