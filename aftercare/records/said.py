"""What people have been told: questions that are asked of the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from aftercare.messages import Lane
from aftercare.records.database import Db
from aftercare.records.outbox import Outgoing

_NEWEST: Final = 12


async def by_cause(db: Db, cause: str, person_id: int) -> bool:
    """Whether a turn with this cause has spoken to this person before."""
    before = Outgoing.dedupe_key.startswith(f"{cause}#", autoescape=True)
    found = select(Outgoing.id).where(Outgoing.person_id == person_id, before).limit(1)
    return await db.scalar(found) is not None


async def lately(db: Db, row: Outgoing, since: datetime) -> int:
    """How often this person has heard this very key since then."""
    found = select(func.count()).where(
        Outgoing.person_id == row.person_id,
        Outgoing.key == row.key,
        Outgoing.state == "sent",
        Outgoing.sent_at > since,
    )
    return await db.scalar(found) or 0


async def started_since(db: Db, person_id: int, since: datetime) -> int:
    """How many messages have reached this person since then that nobody had asked for."""
    found = select(func.count()).where(
        Outgoing.person_id == person_id,
        Outgoing.lane >= int(Lane.REMINDER),
        Outgoing.verb == "say",
        Outgoing.state == "sent",
        Outgoing.sent_at >= since,
    )
    return await db.scalar(found) or 0


async def about(db: Db, person_id: int, subject: str) -> bool:
    """Whether this person has read anything of this subject."""
    found = select(Outgoing.id).where(
        Outgoing.person_id == person_id, Outgoing.subject == subject, Outgoing.state == "sent"
    )
    return await db.scalar(found.limit(1)) is not None


async def last_number(db: Db, person_id: int, *, key: str, subject: str) -> int | None:
    """The Telegram number of the newest message of this kind in this person's chat."""
    return await db.scalar(
        select(Outgoing.telegram_message_id)
        .where(
            Outgoing.person_id == person_id,
            Outgoing.key == key,
            Outgoing.subject == subject,
            Outgoing.state == "sent",
            Outgoing.verb == "say",
        )
        .order_by(Outgoing.id.desc())
        .limit(1)
    )


async def last(db: Db, person_id: int) -> Outgoing | None:
    """What this person got last, of the newest few: what was put off for a day is among them."""
    said = (Outgoing.person_id == person_id, Outgoing.state == "sent", Outgoing.verb == "say")
    newest = select(Outgoing.id).where(*said).order_by(Outgoing.id.desc()).limit(_NEWEST)
    return await db.scalar(
        select(Outgoing)
        .where(Outgoing.id.in_(newest.scalar_subquery()))
        .order_by(Outgoing.sent_at.desc(), Outgoing.id.desc())
        .limit(1)
    )


async def was_sent(db: Db, person_id: int, key: str, *, since: datetime) -> bool:
    """Whether these words have reached this person since then."""
    found = select(Outgoing.id).where(
        Outgoing.person_id == person_id,
        Outgoing.key == key,
        Outgoing.state == "sent",
        Outgoing.sent_at >= since,
    )
    return await db.scalar(found.limit(1)) is not None


async def given_out_since(db: Db, person_id: int, key: str, since: datetime) -> bool:
    """Whether these words were given out for this person after that moment, sent or not."""
    found = select(func.count()).where(
        Outgoing.person_id == person_id, Outgoing.key == key, Outgoing.made_at > since
    )
    return bool(await db.scalar(found))
