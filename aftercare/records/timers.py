"""Everything that will happen: a row with a `due_at`, one a subject and kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Index, Row, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from aftercare import messages
from aftercare.records import statements
from aftercare.records.columns import Base, BigId, Moment
from aftercare.records.database import Db, Gathered

TRIES: Final = 3
PATIENCE: Final = timedelta(minutes=1)


class TimerRow(Base):
    """`subject` is "participant:12" or the like. Past `expires_at` it is dropped, not run."""

    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("subject", "kind"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject: Mapped[str]
    kind: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    tries: Mapped[int] = mapped_column(default=0)
    aside_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None]


_live = TimerRow.aside_at.is_(None)
Index("ix_timers_due", TimerRow.due_at, sqlite_where=_live, postgresql_where=_live)


@dataclass(frozen=True, slots=True)
class Timer:
    """Something happens to `subject` at `due_at` (aware), unless it is later than `expires_at`."""

    subject: str
    kind: str
    due_at: datetime
    expires_at: datetime | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0

    @property
    def subject_id(self) -> int:
        return int(self.subject.partition(":")[2])

    @property
    def cause(self) -> str:
        """The same for the same timer however often it is tried."""
        return f"{self.kind}:{self.subject}:{self.due_at:%Y%m%dT%H%M%S}"


def arm(db: Db, timer: Timer) -> None:
    """Set it, or set it anew. Written at the end of the transaction."""
    db.gather(_write)[(timer.subject, timer.kind)] = timer


def disarm(db: Db, subject: str, *kinds: str) -> None:
    for kind in kinds:
        db.gather(_write)[(subject, kind)] = None


def take_back(db: Db, subject: str, kind: str) -> None:
    """Forget one armed in this very transaction; one armed earlier stays."""
    db.gather(_write).pop((subject, kind), None)


async def _write(db: Db, gathered: Gathered) -> None:
    gone: dict[str, list[str]] = {}
    for (subject, kind), timer in gathered.items():
        if timer is None:
            gone.setdefault(kind, []).append(subject)
    for kind, subjects in gone.items():  # pairs in one list would miss the index on SQLite
        await db.execute(
            delete(TimerRow).where(TimerRow.subject.in_(subjects), TimerRow.kind == kind)
        )
    rows = [_row(timer) for timer in gathered.values() if timer is not None]
    if rows:
        replaced = ("due_at", "expires_at", "payload", "tries", "aside_at")
        await db.execute(
            statements.insert_or_replace(db, TimerRow, ("subject", "kind"), *replaced), rows
        )


def _row(timer: Timer) -> dict[str, Any]:
    return {
        "subject": timer.subject,
        "kind": timer.kind,
        "due_at": timer.due_at,
        "expires_at": timer.expires_at,
        "payload": messages.pack(timer.payload),
        "tries": 0,
        "aside_at": None,
    }


async def claim(db: Db, now: datetime, *, at_most: int) -> list[Timer]:
    """Take what is due off the table, oldest first; it is back if this transaction fails."""
    due = (
        select(TimerRow.__table__)
        .where(_live, TimerRow.due_at <= now)
        .order_by(TimerRow.due_at)
        .limit(at_most)
    )
    rows = list(await db.execute(statements.for_one_worker(due)))
    if rows:
        await db.execute(delete(TimerRow).where(TimerRow.id.in_([row.id for row in rows])))
    return [_timer(row) for row in rows]


async def claim_one(db: Db, timer_id: int) -> Timer | None:
    row = await db.get(TimerRow, timer_id)
    if row is None:
        return None
    await db.delete(row)
    await db.flush()
    return _timer(row)


def _timer(row: TimerRow | Row[Any]) -> Timer:
    return Timer(
        row.subject, row.kind, row.due_at, row.expires_at, messages.unpack(row.payload), row.id
    )


async def failed(db: Db, timer_id: int, error: str, now: datetime) -> None:
    """Try again in a minute; after the third failure keep it aside for a person to look at."""
    row = await db.get(TimerRow, timer_id)
    if row is None:
        return
    row.tries, row.error, row.due_at = row.tries + 1, error, now + PATIENCE
    if row.tries >= TRIES:
        row.aside_at = now


async def next_due(db: Db) -> datetime | None:
    return await db.scalar(select(func.min(TimerRow.due_at)).where(_live))


async def of_subject(db: Db, subject: str) -> list[Timer]:
    return await of_subjects(db, [subject])


async def of_subjects(db: Db, subjects: list[str]) -> list[Timer]:
    found = await db.scalars(
        select(TimerRow).where(TimerRow.subject.in_(subjects)).order_by(TimerRow.due_at)
    )
    return [_timer(row) for row in found]


async def armed(db: Db, subjects: list[str], kinds: list[str]) -> set[tuple[str, str]]:
    """Which of these kinds are set for which of these subjects."""
    found = await db.execute(
        select(TimerRow.subject, TimerRow.kind).where(
            TimerRow.subject.in_(subjects), TimerRow.kind.in_(kinds)
        )
    )
    return {(row[0], row[1]) for row in found}


async def overdue(db: Db, before: datetime) -> int:
    found = select(func.count()).select_from(TimerRow).where(_live, TimerRow.due_at < before)
    return await db.scalar(found) or 0


async def aside(db: Db) -> list[TimerRow]:
    found = await db.scalars(select(TimerRow).where(TimerRow.aside_at.is_not(None)))
    return list(found)


async def retry_aside(db: Db, now: datetime) -> int:
    done = await db.execute(
        update(TimerRow)
        .where(TimerRow.aside_at.is_not(None))
        .values(aside_at=None, tries=0, due_at=now)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
