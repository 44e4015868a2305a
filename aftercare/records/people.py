"""Everyone who can be spoken to: one Telegram account is one person in one role."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import BigInteger, ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, mapped_column

from aftercare import sealed
from aftercare.records.columns import Base, Moment, SealedText
from aftercare.records.database import Db

Audience = Literal["client", "family", "officer", "head", "partner", "stranger"]
STAFF: tuple[Audience, ...] = ("officer", "head", "partner")
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


class Person(Base):
    """`telegram_id` is empty until a one-time link has been opened, and again after leaving.

    `paused_until` holds back what we start; `hushed_until` does so after danger was heard.
    """

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_telegram_id", "telegram_id", unique=True),
        Index("ix_people_name", "office_id", "audience", "name_fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))
    audience: Mapped[Audience]
    name: Mapped[str | None] = mapped_column(SealedText)
    name_fingerprint: Mapped[str | None]
    nickname: Mapped[str | None] = mapped_column(SealedText)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger)
    time_zone: Mapped[str] = mapped_column(default="Asia/Jakarta")
    language: Mapped[str] = mapped_column(default="id", server_default="id")
    paused_until: Mapped[datetime | None] = mapped_column(Moment)
    hushed_until: Mapped[datetime | None] = mapped_column(Moment)
    unreachable_since: Mapped[datetime | None] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    made_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def is_there(self) -> bool:
        """Whether a message to this person would arrive, as far as we know."""
        gone = self.unreachable_since or self.left_at
        return self.telegram_id is not None and gone is None

    def rests(self, now: datetime) -> bool:
        """Wished for a pause, or is left in quiet after danger was heard."""
        return any(until and until > now for until in (self.paused_until, self.hushed_until))

    @property
    def called(self) -> str:
        """The name to greet this person by."""
        return self.nickname or (self.name or "").split(" ")[0] or "Kawan"


def add(
    db: Db,
    audience: Audience,
    name: str | None,
    *,
    now: datetime,
    office_id: int | None = None,
    time_zone: str = "Asia/Jakarta",
) -> Person:
    person = Person(
        audience=audience,
        office_id=office_id,
        name=name,
        name_fingerprint=name and sealed.fingerprint(name),
        time_zone=time_zone,
        language="id",
        made_at=now,
    )
    db.add(person)
    return person


async def get(db: Db, person_id: int) -> Person:
    return await db.get_one(Person, person_id)


async def by_ids(db: Db, person_ids: list[int]) -> dict[int, Person]:
    found = await db.scalars(select(Person).where(Person.id.in_(person_ids)))
    return {person.id: person for person in found}


async def by_telegram_id(db: Db, telegram_id: int) -> Person | None:
    return await db.scalar(select(Person).where(Person.telegram_id == telegram_id))


async def of_name(db: Db, name: str, audiences: Sequence[Audience]) -> list[Person]:
    """Everyone with this name in one of these roles, in any office."""
    found = await db.scalars(
        select(Person)
        .where(
            Person.audience.in_(audiences),
            Person.name_fingerprint == sealed.fingerprint(name),
            Person.left_at.is_(None),
        )
        .order_by(Person.id)
    )
    return list(found)


async def heads(db: Db, office_id: int | None) -> list[Person]:
    found = await db.scalars(
        select(Person)
        .where(Person.office_id == office_id, Person.audience == "head", Person.left_at.is_(None))
        .order_by(Person.id)
    )
    return list(found)


async def heads_of(db: Db, office_ids: Collection[int]) -> dict[int, tuple[Person, ...]]:
    found = await db.scalars(
        select(Person)
        .where(
            Person.office_id.in_(office_ids), Person.audience == "head", Person.left_at.is_(None)
        )
        .order_by(Person.id)
    )
    by_office: dict[int, tuple[Person, ...]] = {}
    for person in found:
        office = person.office_id or 0
        by_office[office] = (*by_office.get(office, ()), person)
    return by_office


async def mark_unreachable(db: Db, person_id: int, now: datetime) -> bool:
    """True the first time; a person who is already out of reach stays so."""
    done = await db.execute(
        update(Person)
        .where(Person.id == person_id, Person.unreachable_since.is_(None))
        .values(unreachable_since=now)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]
