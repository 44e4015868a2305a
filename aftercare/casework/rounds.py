"""What comes round by itself for everyone who takes part: check-ins, milestones, the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from aftercare.casework import check_ins, family_programmes, milestones, plan_reviews
from aftercare.records import clients, timers
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
    await _arm_missing(db, [client], now)


async def catch_up(db: Db, due: Sequence[Timer], now: datetime) -> None:
    """Those who joined before one of these came round get it with their next weekly check-in."""
    found = await clients.by_ids(db, [timer.subject_id for timer in due])
    taking_part = [one for one in found.values() if one.joined_at and one.ended_at is None]
    await _arm_missing(db, taking_part, now)
    await family_programmes.catch_up(db, taking_part, now)


async def _arm_missing(db: Db, who: Sequence[Client], now: datetime) -> None:
    armed = await timers.armed(db, [f"client:{one.id}" for one in who], list(_ONCE))
    for client in who:
        for kind, arm in _ONCE.items():
            if (f"client:{client.id}", kind) not in armed:
                arm(db, client, now)


def end(db: Db, client: Client) -> None:
    """Nothing comes round any more: the client has left, or does not want to be asked."""
    check_ins.disarm(db, client)
    milestones.disarm(db, client)
    plan_reviews.disarm(db, client)
