"""Every update from Telegram, kept before it is acknowledged and handled once, in order a person.

A handled row loses its content and keeps its id for 72 hours, so that an update which Telegram
sends again is known again. Ids are compared by equality only.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Index, delete, func, select, update
from sqlalchemy.orm import Mapped, aliased, mapped_column

from aftercare.records import statements
from aftercare.records.columns import Base, BigId, Moment, SealedText
from aftercare.records.database import Db

REMEMBERED: Final = timedelta(hours=72)
TRIES: Final = 3


class Update(Base):
    """One update. `sender` is the Telegram id of whoever caused it, 0 where nobody did."""

    __tablename__ = "inbox"
    __table_args__ = {"sqlite_autoincrement": True}

    seq: Mapped[int] = mapped_column(BigId, primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    sender: Mapped[int] = mapped_column(BigInteger)
    raw: Mapped[str | None] = mapped_column(SealedText)
    received_at: Mapped[datetime] = mapped_column(Moment)
    handled_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    aside_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None]


_waiting = Update.handled_at.is_(None) & Update.aside_at.is_(None)
Index(
    "ix_inbox_waiting", Update.sender, Update.seq, sqlite_where=_waiting, postgresql_where=_waiting
)
Index("ix_inbox_first", Update.seq, sqlite_where=_waiting, postgresql_where=_waiting)


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came: JSON text, and the two facts we need before anyone decodes it."""

    update_id: int
    sender: int
    raw: str


def received(update: dict[str, Any]) -> Received:
    """Raises KeyError where there is no `update_id`."""
    return Received(update["update_id"], sender_of(update), json.dumps(update, ensure_ascii=False))


def sender_of(update: dict[str, Any]) -> int:
    """Who caused this update; 0 for what nobody in particular did."""
    for part in update.values():
        if isinstance(part, dict):
            for role in ("from", "user", "sender_chat", "chat"):
                if isinstance(found := part.get(role), dict) and isinstance(found.get("id"), int):
                    return int(found["id"])
    return 0


async def store(db: Db, updates: list[Received], now: datetime) -> None:
    if not updates:
        return
    rows = [
        {
            "update_id": one.update_id,
            "sender": one.sender,
            "raw": one.raw,
            "received_at": now,
            "tries": 0,
        }
        for one in updates
    ]
    await db.execute(statements.insert_new(db, Update, "update_id"), rows)


async def next_(db: Db, *, but_not: Collection[int] = ()) -> Update | None:
    """The oldest waiting update whose sender has no older one waiting; `but_not` are senders."""
    older = aliased(Update)
    before = (
        select(older.seq)
        .where(
            older.sender == Update.sender,
            older.seq < Update.seq,
            older.handled_at.is_(None),
            older.aside_at.is_(None),
        )
        .correlate(Update)
    )
    found = select(Update).where(_waiting, ~before.exists()).order_by(Update.seq).limit(1)
    if but_not:
        found = found.where(Update.sender.not_in(but_not))
    row: Update | None = await db.scalar(statements.for_one_worker(found))
    return row


async def waiting_behind(db: Db, senders: Collection[int]) -> list[int]:
    """Which of these senders have a second update waiting behind their first."""
    found = await db.scalars(
        select(Update.sender)
        .where(_waiting, Update.sender.in_(senders))
        .group_by(Update.sender)
        .having(func.count() > 1)
    )
    return list(found)


def settle(row: Update, now: datetime) -> None:
    row.handled_at, row.raw = now, None


async def failed(db: Db, seq: int, error: str, now: datetime) -> bool:
    """Count a failure; True when the update has now been put aside for a person to look at."""
    row = await db.get_one(Update, seq)
    row.tries, row.error = row.tries + 1, error
    if row.tries >= TRIES:
        row.aside_at = now
    return row.aside_at is not None


async def aside(db: Db) -> list[Update]:
    found = await db.scalars(
        select(Update).where(Update.aside_at.is_not(None)).order_by(Update.seq)
    )
    return list(found)


async def retry_aside(db: Db) -> int:
    """Put every update that was kept aside back in the queue."""
    done = await db.execute(
        update(Update).where(Update.aside_at.is_not(None)).values(aside_at=None, tries=0)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


async def forget(db: Db, now: datetime) -> None:
    await db.execute(delete(Update).where(Update.handled_at < now - REMEMBERED))


async def waiting(db: Db) -> int:
    return await db.scalar(select(func.count()).select_from(Update).where(_waiting)) or 0
