"""Offers a client two exercises: by what was just said, and by what helped this person before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.messages import Message
from aftercare.records import clients, family_programmes, module_runs, sessions
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.module_runs import ModuleRun
from aftercare.records.people import Person
from aftercare.rules import offers, prompts, rhythm
from aftercare.rules.offers import Need, Offer, Past, Tried

_LATELY: Final = timedelta(days=1)
_MISSED_LATELY: Final = timedelta(days=7)


class Wanted(Arguments):
    """What the answers so far call for, and what this place in the conversation adds in front."""

    needs: tuple[Need, ...] = ()
    also: Need | None = None


async def offer(act: Act, given: Wanted) -> Outcome:
    said = (*((given.also,) if given.also else ()), *given.needs)
    found = await choose(act.db, act.person, said, act.now)
    return Outcome(None, {"first": found.first, "second": found.second, **words(found)})


async def choose(db: Db, person: Person, said: Sequence[Need], now: datetime) -> Offer:
    """Two exercises for what was said, this client's own past in mind; remembered as offered."""
    client = await clients.get(db, person.id)
    runs = await module_runs.of_client(db, person.id)
    known = [Tried(one.module, one.before, one.after) for one in runs]
    past = Past(known, _lately(client, runs, now))
    harder = await _harder(db, person, now) if said else ()
    found = offers.choose(tuple(dict.fromkeys((*said, *harder))), past)
    client.offered = found.first
    return found


async def _harder(db: Db, person: Person, now: datetime) -> tuple[Need, ...]:
    noted = await family_programmes.get(db, person.id)
    today = rhythm.local_day(now, person.time_zone)
    payday = noted is not None and prompts.is_payday_ahead(today, noted.payday)
    return offers.around(missed=await _missed_lately(db, person, now), payday=payday)


def words(found: Offer) -> dict[str, Message]:
    """The titles for buttons and the sentences that invite."""
    named = {"first": found.first.lower(), "second": found.second.lower()}
    titles = {f"{at}_title": Message(f"module.client.title_{one}") for at, one in named.items()}
    invites = {f"{at}_invite": Message(f"module.client.invite_{one}") for at, one in named.items()}
    return titles | invites


def _lately(client: Client, runs: Sequence[ModuleRun], now: datetime) -> frozenset[str]:
    """What stood first at the last offer, and what was done since yesterday."""
    done = [one.module for one in runs[-1:] if now - one.finished_at < _LATELY]
    return frozenset([*done, *([client.offered] if client.offered else [])])


async def _missed_lately(db: Db, person: Person, now: datetime) -> bool:
    """Whether the last session, if it was this week, was missed."""
    met = await sessions.past_of_client(db, person.id, before=now)
    recorded = [one for one in met if one.attendance and one.session.state == "booked"][-1:]
    return any(
        one.attendance == "absent" and now - one.session.starts_at < _MISSED_LATELY
        for one in recorded
    )


ACTIONS: Final = (
    Action(
        "offer_modules",
        offer,
        Wanted,
        values=(
            "first",
            "second",
            "first_title",
            "second_title",
            "first_invite",
            "second_invite",
        ),
    ),
)
