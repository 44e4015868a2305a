"""One-time links: whoever opens one becomes the person it was made for."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

LIFE: Final = timedelta(days=14)


class Invite(Base):
    """Only a hash of the code is kept; the link itself exists on the screen it was printed on."""

    __tablename__ = "invites"

    code_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


def make(db: Db, person_id: int, now: datetime) -> str:
    """A fresh code for this person, good once and for 14 days."""
    code = secrets.token_urlsafe(18)
    db.add(Invite(code_hash=_hash(code), person_id=person_id, made_at=now, expires_at=now + LIFE))
    return code


async def find(db: Db, code: str) -> Invite | None:
    """Held until this transaction ends, so that two people cannot use one link at once."""
    return await db.get(Invite, _hash(code), with_for_update=True)


async def withdraw(db: Db, person_id: int, now: datetime) -> None:
    """Earlier links of this person stop working."""
    found = await db.scalars(
        select(Invite).where(Invite.person_id == person_id, Invite.used_at.is_(None))
    )
    for invite in found:
        invite.used_at = now


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
