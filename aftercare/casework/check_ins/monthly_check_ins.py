"""Keeps the answers of a monthly check-in, tells what they show, and raises what a human hears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.check_ins import check_in_answers
from aftercare.casework.check_ins import check_ins as work
from aftercare.messages import Message
from aftercare.records import check_ins, clients
from aftercare.records.check_ins import CheckIn
from aftercare.records.database import Db
from aftercare.rules import flags, offers, wellbeing
from aftercare.rules.wellbeing import Items, Wellbeing

LOOKS_BACK: Final = timedelta(days=400)


class Month(Arguments):
    """The five of every month, 0-5, and the four of a low one, 0-3; what was skipped is absent."""

    cheerful: int | None = None
    calm: int | None = None
    active: int | None = None
    rested: int | None = None
    interested: int | None = None
    gloomy: int | None = None
    joyless: int | None = None
    nervous: int | None = None
    worried: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """One month with all five answers: when, what, and what it adds up to."""

    on: date
    items: Items
    found: Wellbeing


async def looks(db: Db, client_id: int, *, since: date) -> list[Look]:
    """Every month that can be scored, oldest first."""
    return scored(await check_ins.of_client(db, client_id, "monthly", since=since))


def scored(rows: Sequence[CheckIn]) -> list[Look]:
    judged = [(row, wellbeing.judge(row.items)) for row in rows]
    return [Look(row.on_day, row.items, found) for row, found in judged if found]


async def record(act: Act, given: Month) -> Outcome:
    """Called after the five and again after the four: a human hears before the last tap."""
    items = given.model_dump(exclude_none=True)
    if not items:
        return _outcome("unknown", {}, [], told=0)
    client, day = await clients.get(act.db, act.person.id), check_in_answers.day_of(act)
    row = await check_ins.answer(act.db, client.id, "monthly", day=day, items=items, now=act.now)
    raised = flags.of_month(day, row.items, client.sharing_level)
    for flag in raised:
        await work.raise_(act.db, client, flag, act.now)
    past = await looks(act.db, client.id, since=day - LOOKS_BACK)
    before = [one for one in past if one.on < day]
    name = _name(row.items)
    return _outcome(name, row.items, before, told="officer" if raised else client.sharing_level)


def _name(items: Items) -> str:
    found = wellbeing.judge(items)
    if found is None:
        return "unknown"
    if found.level != "good" and wellbeing.is_strained(items):
        return "strained"
    return found.level


def _outcome(name: str, items: Items, before: Sequence[Look], *, told: int | str) -> Outcome:
    values = {
        "praise": praise(items, before[-1].items if before else None),
        "needs": list(offers.after_month(items).because),
        "told": Message(f"check_in.client.month_told_{told}"),
    }
    return Outcome(name, values)


def praise(items: Items, before: Items | None) -> Message:
    """One thing that is true of these answers: what rose most, what fell, or what is strongest."""
    moved = wellbeing.moved(before, items) if before else None
    if before is not None and moved is None:
        return Message("check_in.client.month_same")
    if moved is None:
        best = item(wellbeing.strongest(items))
        return Message("check_in.client.month_strongest", {"item": best})
    how = "rose" if moved.by > 0 else "fell"
    return Message(f"check_in.client.month_{how}", {"item": item(moved.item)})


def item(name: wellbeing.Item) -> Message:
    return Message(f"check_in.client.month_item_{name}")


OUTCOMES: Final = ("good", "low", "very_low", "strained", "unknown")
VALUES: Final = ("praise", "needs", "told")
ACTIONS: Final = (Action("record_month", record, Month, OUTCOMES, VALUES),)
