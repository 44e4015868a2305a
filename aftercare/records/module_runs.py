"""Each coping module (modul) a client did: how it felt before and after, and the small task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db


class ModuleRun(Base):
    """Ratings are 0-10; `task_done` is what the client said the next day."""

    __tablename__ = "module_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    module: Mapped[str]
    before: Mapped[int | None]
    after: Mapped[int | None]
    finished_at: Mapped[datetime] = mapped_column(Moment)
    task: Mapped[str | None]
    task_done: Mapped[str | None]


class Artefact(Base):
    """Something a module left in the client's hands: a reason, a safe person, a trigger, a plan."""

    __tablename__ = "artefacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(SealedText)
    module: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)


async def of_client(db: Db, client_id: int) -> list[ModuleRun]:
    found = await db.scalars(
        select(ModuleRun).where(ModuleRun.client_id == client_id).order_by(ModuleRun.id)
    )
    return list(found)


async def artefacts(db: Db, client_id: int, kind: str | None = None) -> list[Artefact]:
    found = select(Artefact).where(Artefact.client_id == client_id, Artefact.removed_at.is_(None))
    if kind:
        found = found.where(Artefact.kind == kind)
    return list(await db.scalars(found.order_by(Artefact.id)))


async def get(db: Db, run_id: int) -> ModuleRun | None:
    return await db.get(ModuleRun, run_id)


async def times(db: Db, client_id: int, module: str) -> int:
    """How often this client came to the end of this module and said how it felt then."""
    found = select(func.count()).where(
        ModuleRun.client_id == client_id, ModuleRun.module == module, ModuleRun.after.is_not(None)
    )
    return await db.scalar(found) or 0


async def finished(db: Db, client_id: int) -> dict[str, int]:
    """How often this client came to the end of each module."""
    found = await db.execute(
        select(ModuleRun.module, func.count())
        .where(ModuleRun.client_id == client_id, ModuleRun.after.is_not(None))
        .group_by(ModuleRun.module)
    )
    return dict(found.all())


async def last_finished(db: Db, client_ids: list[int], module: str) -> dict[int, datetime]:
    """When each of these clients last did this module; absent where never."""
    found = await db.execute(
        select(ModuleRun.client_id, func.max(ModuleRun.finished_at))
        .where(ModuleRun.client_id.in_(client_ids), ModuleRun.module == module)
        .group_by(ModuleRun.client_id)
    )
    return {row[0]: row[1] for row in found}


async def who_keeps(db: Db, client_ids: list[int], kinds: Sequence[str]) -> set[int]:
    """Which of these clients hold anything of these kinds in their hands."""
    theirs = select(Artefact.client_id).where(
        Artefact.client_id.in_(client_ids), Artefact.kind.in_(kinds), Artefact.removed_at.is_(None)
    )
    found = await db.scalars(theirs.distinct())
    return set(found)


async def done_since(
    db: Db, client_ids: list[int], modules: tuple[str, ...], since: datetime
) -> set[int]:
    """Those of these clients who came to the end of one of these modules since then."""
    found = await db.scalars(
        select(ModuleRun.client_id).where(
            ModuleRun.client_id.in_(client_ids),
            ModuleRun.module.in_(modules),
            ModuleRun.finished_at >= since,
        )
    )
    return set(found)


async def by_ids(db: Db, run_ids: list[int]) -> dict[int, ModuleRun]:
    found = await db.scalars(select(ModuleRun).where(ModuleRun.id.in_(run_ids)))
    return {run.id: run for run in found}


async def add(db: Db, run: ModuleRun) -> ModuleRun:
    db.add(run)
    await db.flush()
    return run


def keep(db: Db, artefact: Artefact) -> None:
    """Something more in the client's hands."""
    db.add(artefact)


async def forget(db: Db, client_id: int, kind: str, module: str | None = None) -> None:
    """Takes all words of this kind, or what this module left of it, out of the records for good."""
    theirs = delete(Artefact).where(Artefact.client_id == client_id, Artefact.kind == kind)
    await db.execute(theirs.where(Artefact.module == module) if module else theirs)


async def forget_words(db: Db, artefact: Artefact) -> None:
    """Takes this one out for good, with the older rows in which the client said the same."""
    same = await db.scalars(
        select(Artefact).where(
            Artefact.client_id == artefact.client_id, Artefact.kind == artefact.kind
        )
    )
    for one in same:
        if one.words.casefold() == artefact.words.casefold():
            await db.delete(one)


async def newest_artefact(
    db: Db, client_id: int, kind: str, module: str | None = None
) -> Artefact | None:
    """Of any module, or of this one alone."""
    found = select(Artefact).where(
        Artefact.client_id == client_id, Artefact.kind == kind, Artefact.removed_at.is_(None)
    )
    if module:
        found = found.where(Artefact.module == module)
    return await db.scalar(found.order_by(Artefact.id.desc()).limit(1))
