"""What a client can do and where, kept to look for work and learning and for nothing else."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment, SealedJson, SealedText
from aftercare.records.database import Db


class WorkProfile(Base):
    """There is one from the moment the client says yes to being searched for.

    `skills` are ids of content/id/lists/skills.yaml; `district` is in the client's own words.
    `news` is whether new matches may be sent unasked; `text_version` is what was read before.
    """

    __tablename__ = "work_profiles"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    skills: Mapped[list[str]] = mapped_column(SealedJson)
    district: Mapped[str | None] = mapped_column(SealedText)
    news: Mapped[bool] = mapped_column(default=True)
    text_version: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)


async def find(db: Db, client_id: int) -> WorkProfile | None:
    return await db.get(WorkProfile, client_id)


async def with_news(db: Db, client_ids: Collection[int]) -> dict[int, WorkProfile]:
    """Those of these clients who want to hear of new matches."""
    found = await db.scalars(
        select(WorkProfile).where(WorkProfile.client_id.in_(client_ids), WorkProfile.news)
    )
    return {one.client_id: one for one in found}
