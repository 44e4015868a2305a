"""What a person said yes or no to, with the version of the words that were read."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

#: Separate and un-ticked, after UU 27/2022 (PDP) art. 22; domain page on law, R2.
KINDS: Final = ("join", "check_ins", "crisis", "family", "evaluation")
#: Never asked at the welcome: only where a client comes and asks for it.
LATER: Final = ("religion",)


class Consent(Base):
    """Never changed: a new answer is a new row, and the newest one counts."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str]
    given: Mapped[bool]
    text_version: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


async def current(db: Db, person_id: int) -> dict[str, bool]:
    found = await db.scalars(
        select(Consent).where(Consent.person_id == person_id).order_by(Consent.id)
    )
    return {consent.kind: consent.given for consent in found}


async def current_of(db: Db, person_ids: list[int], kind: str) -> set[int]:
    """Those of these people whose newest answer to this kind is yes."""
    found = await db.execute(
        select(Consent.person_id, Consent.given)
        .where(Consent.person_id.in_(person_ids), Consent.kind == kind)
        .order_by(Consent.id)
    )
    newest = {row[0]: row[1] for row in found}
    return {person_id for person_id, given in newest.items() if given}


def add(
    db: Db, person_id: int, kind: str, *, given: bool, text_version: str, now: datetime
) -> None:
    """One answer. `text_version` says which words were read before it."""
    db.add(Consent(person_id=person_id, kind=kind, given=given, text_version=text_version, at=now))


async def newest(db: Db, person_id: int) -> dict[str, Consent]:
    """The answer that counts for each kind that was ever asked."""
    found = await db.scalars(
        select(Consent).where(Consent.person_id == person_id).order_by(Consent.id)
    )
    return {consent.kind: consent for consent in found}
