"""What the office does at its desk: enrols people, invites them, books sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from aftercare.casework import hotlines
from aftercare.records import invites, offices, people
from aftercare.records.clients import Client, Regime
from aftercare.records.offices import Office
from aftercare.records.people import Audience, Person
from aftercare.records.staff import Staff
from kawan import finding
from kawan.desk import Desk
from kawan.refusal import Refusal

Role = Literal["officer", "head", "partner"]
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is to join the staff."""

    name: str
    role: Role
    office: str | None = None
    cover: str | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to become a client of this officer."""

    name: str
    officer: str
    regime: Regime = "aftercare"


async def office(desk: Desk, name: str, zone: str) -> Answer:
    tidy, zone = finding.name(name), finding.time_zone(zone)
    if any(one.name.casefold() == tidy.casefold() for one in await offices.all_(desk.db)):
        raise Refusal(f"NAME takes the name of a new office; there is a {tidy} already.")
    made = Office(name=tidy, time_zone=zone, waits={}, made_at=desk.now)
    desk.db.add(made)
    await desk.db.flush()
    hotlines.add_defaults(desk.db, made)
    return {"id": made.id, "name": made.name, "time_zone": made.time_zone}


async def all_offices(desk: Desk) -> list[Answer]:
    return [
        {"id": one.id, "name": one.name, "time_zone": one.time_zone}
        for one in await offices.all_(desk.db)
    ]


async def staff(desk: Desk, member: Member) -> Answer:
    where = await finding.office(desk.db, member.office)
    cover = None
    if member.cover is not None:
        if member.role != "officer":
            raise Refusal("--cover takes an officer who covers for an officer, not for others.")
        cover = await finding.person(
            desk.db, member.cover, "--cover", "officer", office_id=where.id
        )
    person = await _enrol(desk, member.role, member.name, where)
    desk.db.add(Staff(id=person.id, cover_id=cover.id if cover else None))
    return await _invited(desk, person, role=member.role, office=where.name)


async def client(desk: Desk, newcomer: Newcomer) -> Answer:
    officer = await finding.person(desk.db, newcomer.officer, "--officer", "officer")
    where = await offices.get(desk.db, officer.office_id or 0)
    person = await _enrol(desk, "client", newcomer.name, where)
    desk.db.add(Client(id=person.id, officer_id=officer.id, regime=newcomer.regime))
    return await _invited(desk, person, officer=officer.name, office=where.name)


async def link(desk: Desk, who: str) -> Answer:
    """A fresh link for somebody already enrolled; earlier ones stop working."""
    person = await finding.person(
        desk.db, who, "NAME", "client", "family", "officer", "head", "partner"
    )
    await invites.withdraw(desk.db, person.id, desk.now)
    return await _invited(desk, person, role=person.audience)


async def _enrol(desk: Desk, audience: Audience, name: str, where: Office) -> Person:
    person = people.add(
        desk.db,
        audience,
        finding.name(name),
        now=desk.now,
        office_id=where.id,
        time_zone=where.time_zone,
    )
    await desk.db.flush()
    return person


async def _invited(desk: Desk, person: Person, **facts: Any) -> Answer:
    answer = {"id": person.id, "name": person.name, **facts, "link": desk.link(person.id)}
    await desk.db.flush()
    return answer
