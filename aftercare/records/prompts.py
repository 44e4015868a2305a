"""Each prompt (ajakan keluarga) that was said to a client or a relative, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records import ids
from aftercare.records.columns import Base, BigId, Moment
from aftercare.records.database import Db

Outcome = Literal["done", "some", "not_yet"]
_ids: Final = ids.Sequence()


class Prompt(Base):
    """`theme` is "week_03", "holiday" and so on; `way` says in which words, see the programme.

    `answer` is the id of a button, `outcome` what the client said some days later. A relative's
    row names nobody but the relative.
    """

    __tablename__ = "prompts"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    theme: Mapped[str]
    way: Mapped[str]
    round: Mapped[int]
    posted_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[Outcome | None]

    @property
    def subject(self) -> str:
        return f"prompt:{self.id}"


def add(db: Db, person_id: int, theme: str, *, way: str, round: int, now: datetime) -> Prompt:
    """Its number is known at once: the buttons under it carry it."""
    one = Prompt(
        id=_ids.fresh(now), person_id=person_id, theme=theme, way=way, round=round, posted_at=now,
        answer=None, answered_at=None, outcome=None,
    )  # fmt: skip
    db.add(one)
    return one


async def get(db: Db, prompt_id: int) -> Prompt | None:
    return await db.get(Prompt, prompt_id)


async def by_ids(db: Db, ids: list[int]) -> dict[int, Prompt]:
    found = await db.scalars(select(Prompt).where(Prompt.id.in_(ids)))
    return {one.id: one for one in found}


async def newest_of(db: Db, person_ids: list[int]) -> dict[int, Prompt]:
    """The last one said to each of these people, in one query."""
    newest = (
        select(func.max(Prompt.id))
        .where(Prompt.person_id.in_(person_ids))
        .group_by(Prompt.person_id)
    )
    found = await db.scalars(select(Prompt).where(Prompt.id.in_(newest)))
    return {one.person_id: one for one in found}


async def answered(db: Db, person_id: int, themes: tuple[str, ...]) -> set[str]:
    """Which of these themes this person has answered."""
    found = await db.scalars(
        select(Prompt.theme).where(
            Prompt.person_id == person_id, Prompt.theme.in_(themes), Prompt.answer.is_not(None)
        )
    )
    return set(found)
