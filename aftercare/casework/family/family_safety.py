"""Nobody is sent towards violence: asked before a family prompt is posted, and again at sending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from aftercare.records import crises, family_programmes, relatives
from aftercare.records.database import Db
from aftercare.records.family_programmes import FamilyProgramme, Way
from aftercare.records.relatives import Relative

Heard = Mapping[int, datetime]
"""When violence was last heard from each person."""


async def heard(db: Db, person_ids: list[int]) -> Heard:
    return await crises.last_heard(db, person_ids, "violence")


def way(place: FamilyProgramme, violence: Heard) -> Way:
    """What the client chose; from violence on a person of trust, until they say anew it is safe."""
    at = violence.get(place.person_id)
    if place.way == "family" and at is not None and at > place.chosen_at:
        return "trusted"
    return place.way


def holds_back(
    relative: Relative, places: Mapping[int, FamilyProgramme], violence: Heard
) -> str | None:
    """Why this relative is not to be encouraged to come nearer now; None where nothing speaks."""
    own = places.get(relative.person_id)
    if own is not None and own.way == "off":
        return "weekly messages stopped"
    return unsafe(relative, places, violence)


def unsafe(
    relative: Relative, places: Mapping[int, FamilyProgramme], violence: Heard
) -> str | None:
    """Either of the two has said so, or was heard, since they last said that home is safe."""
    client = places.get(relative.client_id)
    if client is not None and client.home == "unsafe":
        return "home is not safe"
    said = [
        (relative.person_id, places.get(relative.person_id)),
        (relative.client_id, client if client is not None and client.home == "safe" else None),
    ]
    for person_id, place in said:
        at = violence.get(person_id)
        if at is not None and (place is None or at > place.chosen_at):
            return "violence was heard"
    return None


async def way_of(db: Db, person_id: int) -> Way:
    place = await family_programmes.get(db, person_id)
    return way(place, await heard(db, [person_id])) if place else "off"


async def why_not_meet(db: Db, relative: Relative) -> str | None:
    """The same for sitting down together, which stopped weekly messages say nothing about."""
    both = [relative.person_id, relative.client_id]
    return unsafe(relative, await family_programmes.of(db, both), await heard(db, both))


async def why_not(db: Db, relative_id: int) -> str | None:
    """Asked again at the moment of sending."""
    relative = await relatives.get(db, relative_id)
    if relative is None:
        return "no such relative"
    both = [relative.person_id, relative.client_id]
    return holds_back(relative, await family_programmes.of(db, both), await heard(db, both))
