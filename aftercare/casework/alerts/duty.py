"""Who of the staff answers for a client right now: the officer, the one who covers, the heads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from aftercare.records import people, staff
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.records.staff import Staff


@dataclass(frozen=True, slots=True)
class Roster:
    """Everyone who answers for the clients of one officer."""

    officer: Staff
    cover: Staff | None
    heads: tuple[Person, ...]

    def on_step(self, step: int, now: datetime) -> list[Person]:
        """Who is asked on this step of the ladder; nobody who is away or out of reach."""
        match step:
            case 0:
                asked = [self.officer]
            case 1:
                asked = [self.cover] if self.cover else []
            case _:
                return [head for head in self.heads if head.is_there]
        return [one.person for one in asked if one.person.is_there and not is_away(one, now)]

    def answers(self, now: datetime) -> Person | None:
        """The first of them who is there; None where nobody is."""
        return next((one for step in range(3) for one in self.on_step(step, now)), None)

    def has(self, person: Person) -> bool:
        """Whether this person may act for these clients at all, at work or not."""
        names = {self.officer.id, *(head.id for head in self.heads)}
        return person.id in names | ({self.cover.id} if self.cover else set())


def is_away(one: Staff, now: datetime) -> bool:
    return one.away_until is not None and one.away_until > now


async def roster(db: Db, officer_id: int) -> Roster:
    return (await rosters(db, [officer_id]))[officer_id]


async def rosters(db: Db, officer_ids: Iterable[int]) -> dict[int, Roster]:
    """The roster of each of these officers, in three queries however many they are."""
    officers = await staff.by_ids(db, set(officer_ids))
    covers = await staff.by_ids(db, {one.cover_id for one in officers.values() if one.cover_id})
    offices = {one.person.office_id for one in officers.values() if one.person.office_id}
    heads = await people.heads_of(db, offices)
    return {
        number: Roster(
            officer, covers.get(officer.cover_id or 0), heads.get(officer.person.office_id or 0, ())
        )
        for number, officer in officers.items()
    }


async def others(db: Db, office_id: int, now: datetime) -> list[Person]:
    """Every officer of the office who is there: asked when nobody on the ladder is."""
    found = await staff.officers(db, office_id)
    there = [one for one in found if one.person.is_there]
    at_work = [one.person for one in there if not is_away(one, now)]
    return at_work or [one.person for one in there]
