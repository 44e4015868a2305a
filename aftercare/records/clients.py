"""A client in aftercare (klien), beside the person that he or she is."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, and_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from aftercare.records.columns import Base, Moment
from aftercare.records.database import Db
from aftercare.records.offices import Office
from aftercare.records.people import Person

Regime = Literal["aftercare", "integration"]
Rhythm = Literal["daily", "three_a_week"]


class Client(Base):
    """`sharing_level` 0-3 (domain page on instruments, 3.3) is the client's own choice.

    `check_in_hour` is "19:00" in the client's own time zone. `code` is what alerts may carry
    instead of a name. `offered` is the module that stood first at the last offer.
    """

    __tablename__ = "clients"

    id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    regime: Mapped[Regime] = mapped_column(default="aftercare")
    sharing_level: Mapped[int] = mapped_column(default=0)
    check_in_hour: Mapped[str] = mapped_column(default="19:00")
    rhythm: Mapped[Rhythm] = mapped_column(default="daily")
    rhythm_since: Mapped[datetime | None] = mapped_column(Moment)
    joined_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    offered: Mapped[str | None]

    person: Mapped[Person] = relationship(foreign_keys=[id], lazy="joined", innerjoin=True)

    @property
    def code(self) -> str:
        """The pseudonym that logs and urgent pages use."""
        return f"K-{self.id:04d}"

    @property
    def takes_part(self) -> bool:
        """Has said yes and has not left, and the programme goes on."""
        gone = self.ended_at or self.person.left_at
        return self.joined_at is not None and gone is None


async def get(db: Db, client_id: int) -> Client:
    return await db.get_one(Client, client_id)


async def find(db: Db, person_id: int) -> Client | None:
    return await db.get(Client, person_id)


async def company(db: Db, person_id: int) -> tuple[Person, Office | None, Person | None]:
    """Anybody at all, with the office and a client's officer, in one round trip."""
    officer = aliased(Person)
    whose = and_(Client.id == Person.id, Person.audience == "client")
    found = await db.execute(
        select(Person, Office, officer)
        .outerjoin(Office, Office.id == Person.office_id)
        .outerjoin(Client, whose)
        .outerjoin(officer, officer.id == Client.officer_id)
        .where(Person.id == person_id)
    )
    person, office, who = found.one()
    return person, office, who


async def by_ids(db: Db, client_ids: list[int]) -> dict[int, Client]:
    found = await db.scalars(select(Client).where(Client.id.in_(client_ids)))
    return {client.id: client for client in found}


async def of_officer(db: Db, officer_id: int) -> list[Client]:
    """The caseload: everyone whose programme has not ended, linked or not."""
    found = await db.scalars(
        select(Client)
        .where(Client.officer_id == officer_id, Client.ended_at.is_(None))
        .order_by(Client.id)
    )
    return list(found)
