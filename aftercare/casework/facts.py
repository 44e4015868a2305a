"""What flows may look at when they branch: facts about the person, read when an event comes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from aftercare.records import clients, consents
from aftercare.records.database import Db
from aftercare.records.people import Person

#: Every fact by name, with its type or the tuple of its possible values.
KNOWN: Final[Mapping[str, Any]] = {
    "regime": ("aftercare", "integration"),
    "sharing_level": int,
    "joined": bool,
    "consented_check_ins": bool,
    "audience": ("client", "family", "officer", "head", "partner", "stranger"),
}


async def of(db: Db, person: Person, _now: datetime) -> dict[str, Any]:
    """The facts of this person as they are now."""
    client = await clients.find(db, person.id)
    given = await consents.current(db, person.id)
    return {
        "audience": person.audience,
        "regime": client.regime if client else None,
        "sharing_level": client.sharing_level if client else None,
        "joined": bool(given.get("join")),
        "consented_check_ins": bool(given.get("check_ins")),
    }
