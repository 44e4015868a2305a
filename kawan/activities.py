"""Activities as the office enters them at its desk, for a partner or an officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aftercare.casework.community import activities
from aftercare.casework.community.activities import ActivityError, Plan
from aftercare.records import offices
from aftercare.rules import activities as rule
from kawan import finding
from kawan.desk import Desk
from kawan.refusal import Refusal
from kawan.register import Answer


@dataclass(frozen=True, slots=True)
class Wish:
    """An activity as it is asked for. `at` is the office's time; no name is the kind's own."""

    by: str
    kind: str
    at: str
    place: str
    minutes: int = activities.USUAL_MINUTES
    name: str | None = None
    capacity: int | None = None
    weeks: int = 1
    note: str | None = None


async def add(desk: Desk, wish: Wish) -> Answer:
    """Published at once: whoever types it here has made up the mind.

    Raises:
        Refusal: nobody of this name publishes here, or the activity cannot be.
    """
    publisher = await finding.person(desk.db, wish.by, "--by", "partner", "officer")
    office = await offices.get(desk.db, publisher.office_id or 0)
    plan = Plan(
        publisher=publisher,
        kind=kind(wish.kind),
        name=" ".join((wish.name or rule.kind(wish.kind).label).split()),
        place=wish.place,
        starts_at=finding.moment(wish.at, office.time_zone),
        minutes=wish.minutes,
        capacity=wish.capacity,
        weeks=wish.weeks,
        note=wish.note,
    )
    try:
        made = await activities.publish(desk.db, plan, desk.now)
    except ActivityError as error:
        raise Refusal(f"{_FLAGS[error.code]}: {error}") from error
    return {
        "id": made[0].id, "ids": [one.id for one in made], "name": plan.name, "kind": plan.kind,
        "at": f"{plan.starts_at:%Y-%m-%d %H:%M}", "time_zone": office.time_zone,
        "by": publisher.name,
    }  # fmt: skip


def kind(word: str) -> str:
    """The id of this kind, or of the one that people call so."""
    if word in rule.kinds():
        return word
    found = rule.find(word)
    if found is None:
        known = ", ".join(rule.kinds())
        raise Refusal(f"--kind takes one of {known}; {word!r} is none.")
    return found.id


_FLAGS = {
    "past": "--at",
    "too_far": "--at",
    "length": "--minutes",
    "capacity": "--capacity",
    "times": "--weeks",
    "kind": "--kind",
    "name": "--name",
    "place": "--place",
    "note": "--note",
}


def said(answer: dict[str, Any]) -> str:
    times = f", {len(answer['ids'])} weeks in a row" if len(answer["ids"]) > 1 else ""
    return (
        f"Activity {answer['id']} ({answer['name']}) on {answer['at']} "
        f"({answer['time_zone']}){times}, by {answer['by']}."
    )
