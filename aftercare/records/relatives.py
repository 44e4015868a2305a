"""A relative (keluarga) linked to a client, within the scopes that the client chose."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db

#: What a client may let a relative see or receive. Never answers, never free text.
SCOPES: Final = ("session_reminders", "attendance", "invitations", "emergency_contact")


class Relative(Base):
    """Active from `agreed_at` (the relative's own yes) until `ended_at` (either side's no)."""

    __tablename__ = "relatives"
    __table_args__ = (UniqueConstraint("person_id", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    relation: Mapped[str]
    scopes: Mapped[list[str]]
    made_at: Mapped[datetime] = mapped_column(Moment)
    agreed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def subject(self) -> str:
        return f"relative:{self.id}"

    @property
    def is_active(self) -> bool:
        return self.agreed_at is not None and self.ended_at is None

    def may(self, scope: str) -> bool:
        return self.is_active and scope in self.scopes


async def of_client(db: Db, client_id: int) -> list[Relative]:
    found = await db.scalars(
        select(Relative)
        .where(Relative.client_id == client_id, Relative.ended_at.is_(None))
        .order_by(Relative.id)
    )
    return list(found)


async def of_person(db: Db, person_id: int) -> list[Relative]:
    found = await db.scalars(
        select(Relative)
        .where(Relative.person_id == person_id, Relative.ended_at.is_(None))
        .order_by(Relative.id)
    )
    return list(found)


async def get(db: Db, relative_id: int) -> Relative | None:
    return await db.get(Relative, relative_id)


async def between(db: Db, person_id: int, client_id: int) -> Relative | None:
    return await db.scalar(
        select(Relative).where(Relative.person_id == person_id, Relative.client_id == client_id)
    )


async def of_clients(db: Db, client_ids: list[int]) -> dict[int, list[Relative]]:
    """The relatives of each of these clients, in one query."""
    found = await db.scalars(
        select(Relative)
        .where(Relative.client_id.in_(client_ids), Relative.ended_at.is_(None))
        .order_by(Relative.id)
    )
    by_client: dict[int, list[Relative]] = {}
    for relative in found:
        by_client.setdefault(relative.client_id, []).append(relative)
    return by_client


async def of_people(db: Db, person_ids: list[int]) -> dict[int, list[Relative]]:
    """Beside which clients each of these people stands, in one query."""
    found = await db.scalars(
        select(Relative)
        .where(Relative.person_id.in_(person_ids), Relative.ended_at.is_(None))
        .order_by(Relative.id)
    )
    by_person: dict[int, list[Relative]] = {}
    for relative in found:
        by_person.setdefault(relative.person_id, []).append(relative)
    return by_person


async def who_may(db: Db, client_id: int, scope: str) -> list[Relative]:
    return [relative for relative in await of_client(db, client_id) if relative.may(scope)]
