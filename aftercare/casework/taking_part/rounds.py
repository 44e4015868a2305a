"""What comes round by itself for everyone who takes part: check-ins, milestones, the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from aftercare.casework.check_ins import check_ins
from aftercare.casework.exercises import plan_reviews
from aftercare.casework.family import family_programmes
from aftercare.casework.progress import milestones
from aftercare.records import clients, timers
from aftercare.records import family_programmes as family_places
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.timers import Timer

#: What keeps its own count from turn to turn, and so is armed only where it is not yet.
_ONCE: Final[Mapping[str, Callable[[Db, Client, datetime], None]]] = {
    check_ins.MONTHLY: check_ins.arm_monthly,
    milestones.LOOK: milestones.arm,
    plan_reviews.REVIEW: plan_reviews.arm,
}


async def begin(db: Db, client: Client, now: datetime) -> None:
    """The client has agreed to be asked; twice is the same as once."""
    check_ins.arm_first(db, client, now)
    _arm_missing(db, client, await _armed(db, [client.id]), now)


async def catch_up(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """Those who joined before one of these came round get it with their next weekly check-in."""
    ids = [timer.subject_id for timer in due]
    armed, places = await _armed(db, ids), await family_places.who_have_one(db, ids)
    late = [one for one in ids if one not in places or _missing(one, armed)]
    found = await clients.by_ids(db, late) if late else {}
    for client in found.values():
        if not client.takes_part:
            continue
        _arm_missing(db, client, armed, now)
        if client.id not in places:
            family_programmes.arm_first(db, client, now)


async def _armed(db: Db, ids: Sequence[int]) -> set[tuple[str, str]]:
    return await timers.armed(db, [f"client:{one}" for one in ids], list(_ONCE))


def _missing(client_id: int, armed: set[tuple[str, str]]) -> list[str]:
    return [kind for kind in _ONCE if (f"client:{client_id}", kind) not in armed]


def _arm_missing(db: Db, client: Client, armed: set[tuple[str, str]], now: datetime) -> None:
    for kind in _missing(client.id, armed):
        _ONCE[kind](db, client, now)


def end(db: Db, client: Client) -> None:
    """Nothing comes round any more: the client has left, or does not want to be asked."""
    check_ins.disarm(db, client)
    milestones.disarm(db, client)
    plan_reviews.disarm(db, client)
