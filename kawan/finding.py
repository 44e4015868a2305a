"""Finds an office or a person by name or id, or says which ids a name could mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from aftercare.records import offices, people
from aftercare.records.database import Db
from aftercare.records.offices import Office
from aftercare.records.people import Audience, Person
from kawan.refusal import Refusal


async def office(db: Db, wanted: str | None) -> Office:
    """The office of this name or id; the only one where none is named."""
    known = await offices.all_(db)
    if not known:
        raise Refusal("There is no office yet: make one with `kawan office add NAME`.")
    if wanted is None and len(known) == 1:
        return known[0]
    for one in known:
        if wanted is not None and (wanted == str(one.id) or _same(wanted, one.name)):
            return one
    listed = ", ".join(f"{one.name} ({one.id})" for one in known)
    raise Refusal(f"--office takes the name or id of an office: {listed}.")


async def person(
    db: Db, wanted: str, flag: str, *roles: Audience, office_id: int | None = None
) -> Person:
    """The person in one of these roles with this name or id."""
    found = await _persons(db, wanted, roles)
    found = [one for one in found if office_id is None or one.office_id == office_id]
    role = " or ".join(roles)
    if not found:
        raise Refusal(f"{flag} takes the name or id of a known {role}; {wanted!r} is none.")
    if len(found) > 1:
        ids = ", ".join(str(one.id) for one in found)
        raise Refusal(f"{flag} {wanted!r} could be several people; take one of the ids {ids}.")
    return found[0]


async def _persons(db: Db, wanted: str, roles: Sequence[Audience]) -> list[Person]:
    if wanted.isdecimal() and len(wanted) < 10:
        found = list((await people.by_ids(db, [int(wanted)])).values())
        return [one for one in found if one.audience in roles and one.left_at is None]
    return await people.of_name(db, wanted, roles)


def name(words: str) -> str:
    """A name as it is kept: single spaces, 1 to 100 characters."""
    tidy = " ".join(words.split())
    if not 0 < len(tidy) <= 100 or not tidy.isprintable():
        raise Refusal("NAME takes 1 to 100 characters.")
    return tidy


def time_zone(wanted: str) -> str:
    if wanted not in available_timezones():
        zones = ", ".join(offices.ZONES)
        raise Refusal(f"--timezone takes a time zone such as {zones}; {wanted!r} is none.")
    return wanted


def moment(words: str, zone: str, flag: str = "--at") -> datetime:
    """ "2026-11-23 09:00" in this time zone."""
    try:
        naive = datetime.strptime(words.strip(), "%Y-%m-%d %H:%M")  # noqa: DTZ007 - zone follows
    except ValueError:
        raise Refusal(f'{flag} takes a day and time such as "2026-11-23 09:00".') from None
    return naive.replace(tzinfo=ZoneInfo(zone))


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
