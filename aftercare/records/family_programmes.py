"""Where somebody stands in the family programme: a client, or a relative beside one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db

#: asked: no answer yet; trusted: about a person of trust, where home is not safe or not there.
Way = Literal["asked", "family", "trusted", "off"]
Home = Literal["safe", "unsafe", "none"]


class FamilyProgramme(Base):
    """`week` counts what was said of the twelve in this `round`; `asked` how often we asked.

    `home` is what a client said of the family, and counts from `chosen_at` on. `payday` (a day of
    the month) and `birthday` ("05-12", of a child) are there only where the client gave them.
    """

    __tablename__ = "family_programmes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    way: Mapped[Way] = mapped_column(default="asked")
    home: Mapped[Home | None]
    chosen_at: Mapped[datetime] = mapped_column(Moment)
    asked: Mapped[int] = mapped_column(default=0)
    week: Mapped[int] = mapped_column(default=0)
    round: Mapped[int] = mapped_column(default=1)
    payday: Mapped[int | None]
    birthday: Mapped[str | None] = mapped_column(SealedText)


async def get(db: Db, person_id: int) -> FamilyProgramme | None:
    return await db.get(FamilyProgramme, person_id)


async def of(db: Db, person_ids: list[int]) -> dict[int, FamilyProgramme]:
    found = await db.scalars(
        select(FamilyProgramme).where(FamilyProgramme.person_id.in_(person_ids))
    )
    return {one.person_id: one for one in found}


async def who_have_one(db: Db, person_ids: list[int]) -> set[int]:
    """Those of these people who have a place in it, whatever they chose."""
    found = await db.scalars(
        select(FamilyProgramme.person_id).where(FamilyProgramme.person_id.in_(person_ids))
    )
    return set(found)


def add(db: Db, person_id: int, way: Way, now: datetime) -> FamilyProgramme:
    place = FamilyProgramme(
        person_id=person_id, way=way, chosen_at=now, asked=0, week=0, round=1,
        home=None, payday=None, birthday=None,
    )  # fmt: skip
    db.add(place)
    return place
