"""The answers of daily, weekly and monthly check-ins (cek-in): numbers only, never words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records import statements
from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

Kind = Literal["daily", "weekly", "monthly"]


class CheckIn(Base):
    """One a client, kind and day (the client's own calendar). Unanswered items are absent.

    `asked_at` alone means that the question went out and no answer came.
    """

    __tablename__ = "check_ins"
    __table_args__ = (UniqueConstraint("client_id", "kind", "on_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[Kind]
    on_day: Mapped[date]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    items: Mapped[dict[str, Any]] = mapped_column(default=dict)


async def of_client(db: Db, client_id: int, kind: Kind, *, since: date) -> list[CheckIn]:
    """Oldest first, asked and unanswered ones included."""
    found = await db.scalars(
        select(CheckIn)
        .where(CheckIn.client_id == client_id, CheckIn.kind == kind, CheckIn.on_day >= since)
        .order_by(CheckIn.on_day)
    )
    return list(found)


async def on_day(db: Db, client_id: int, kind: Kind, day: date) -> CheckIn | None:
    return await db.scalar(
        select(CheckIn).where(
            CheckIn.client_id == client_id, CheckIn.kind == kind, CheckIn.on_day == day
        )
    )


async def answer(
    db: Db, client_id: int, kind: Kind, *, day: date, items: dict[str, Any], now: datetime
) -> CheckIn:
    """Add these answers to the check-in of that day, which may not have been asked."""
    row = await on_day(db, client_id, kind, day)
    if row is None:
        row = CheckIn(client_id=client_id, kind=kind, on_day=day, asked_at=now, items={})
        db.add(row)
    row.items = {**row.items, **items}
    row.answered_at = row.answered_at or now
    await db.flush()
    return row


async def ask(db: Db, kind: Kind, days: dict[int, date], now: datetime) -> None:
    """Note that these clients were asked on these days; what is there already stays."""
    rows: list[dict[str, Any]] = [
        {"client_id": client_id, "kind": kind, "on_day": day, "asked_at": now, "items": {}}
        for client_id, day in days.items()
    ]
    if rows:
        await db.execute(statements.insert_new(db, CheckIn, "client_id", "kind", "on_day"), rows)


async def last_answered(db: Db, client_ids: list[int], *, since: date) -> dict[int, date]:
    """The newest day with an answer of each client; absent where there is none since then."""
    found = await db.execute(
        select(CheckIn.client_id, func.max(CheckIn.on_day))
        .where(
            CheckIn.client_id.in_(client_ids),
            CheckIn.answered_at.is_not(None),
            CheckIn.on_day >= since,
        )
        .group_by(CheckIn.client_id)
    )
    return {row[0]: row[1] for row in found}


async def unanswered(db: Db, client_ids: list[int], *, since: date) -> dict[int, list[date]]:
    """The days on which each client was asked and did not answer, oldest first."""
    found = await db.execute(
        select(CheckIn.client_id, CheckIn.on_day)
        .where(
            CheckIn.client_id.in_(client_ids),
            CheckIn.answered_at.is_(None),
            CheckIn.on_day >= since,
        )
        .order_by(CheckIn.on_day)
    )
    by_client: dict[int, list[date]] = {}
    for client_id, day in found:
        by_client.setdefault(client_id, []).append(day)
    return by_client


async def months_of(
    db: Db, client_ids: list[int], *, since: date
) -> dict[int, list[dict[str, Any]]]:
    """The answers that each client gave to monthly check-ins since then, oldest first."""
    found = await db.execute(
        select(CheckIn.client_id, CheckIn.items)
        .where(
            CheckIn.client_id.in_(client_ids),
            CheckIn.kind == "monthly",
            CheckIn.answered_at.is_not(None),
            CheckIn.on_day >= since,
        )
        .order_by(CheckIn.on_day)
    )
    by_client: dict[int, list[dict[str, Any]]] = {}
    for client_id, items in found:
        by_client.setdefault(client_id, []).append(items)
    return by_client


async def items_since(
    db: Db, client_ids: list[int], kind: Kind, *, since: date
) -> list[tuple[int, dict[str, Any]]]:
    """(client, items) of every answered check-in of this kind since that day."""
    found = await db.execute(
        select(CheckIn.client_id, CheckIn.items).where(
            CheckIn.client_id.in_(client_ids),
            CheckIn.kind == kind,
            CheckIn.on_day >= since,
            CheckIn.answered_at.is_not(None),
        )
    )
    return [(row[0], row[1]) for row in found]


async def days_answered(db: Db, client_id: int) -> int:
    """How many days have any answer: what the client knows as "hari melangkah"."""
    found = select(func.count(CheckIn.on_day.distinct())).where(
        CheckIn.client_id == client_id, CheckIn.answered_at.is_not(None)
    )
    return await db.scalar(found) or 0
