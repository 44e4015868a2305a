"""Asked again at the moment of sending: is this still wanted, by this person, now?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework import still_true
from aftercare.messages import Lane
from aftercare.records import clients, outbox, said
from aftercare.records.database import Db
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person
from aftercare.rules import crisis, crowding, quiet

#: The caring question after danger, as the flow of this name asks it.
FOLLOW_UP: Final = "crisis_follow_up.client.how"


@dataclass(frozen=True, slots=True)
class Send:
    """Go ahead."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not at this hour; again at `until`."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Never:
    """No longer wanted, and why. `hold` keeps it for a person to look at."""

    reason: str
    hold: bool = False


Verdict = Send | Later | Never


async def verdict(db: Db, row: Outgoing, person: Person, now: datetime) -> Verdict:
    """The first reason not to send, or Send."""
    if reason := _out_of_reach(row, person, now):
        return Never(reason)
    if row.subject and (reason := await still_true.why_not(db, row.subject)):
        return Never(reason)
    if row.lane < Lane.REMINDER:
        return Send()
    if not await _has_joined(db, person):
        return Never("has not joined")
    if person.hushed_until and person.hushed_until > now:
        return _after_the_hush(row, person.hushed_until)
    if held := await _until_followed_up(db, row, person, now):
        return Later(held)
    if _may_rest(row) and person.paused_until and person.paused_until > now:
        return Never("paused by the person")
    if await said.lately(db, row, now - timedelta(hours=1)) >= outbox.BRAKE:
        return Never("the same words too often", hold=True)
    if crowded := await _until_there_is_room(db, row, person, now):
        return Later(crowded)
    return _at_this_hour(row, person, now)


def _after_the_hush(row: Outgoing, until: datetime) -> Verdict:
    """What hangs on a session is told after the day of quiet, where it is still good by then."""
    still_good = row.expires_at is None or row.expires_at > until
    if row.lane == Lane.REMINDER and still_good:
        return Later(until)
    return Never("hushed after danger")


async def _until_followed_up(
    db: Db, row: Outgoing, person: Person, now: datetime
) -> datetime | None:
    """After danger the caring question goes before what can wait."""
    due = crisis.last_follow_up(person.hushed_until)
    if due is None or not crowding.can_wait(row.key, row.expires_at, now):
        return None
    if crisis.holds_until(due, now, followed_up=False) is None:
        return None  # long ago: nothing has to be looked up
    # Danger of the same hour is one crisis: what was asked then was asked about all of it.
    sent = await said.was_sent(db, person.id, FOLLOW_UP, since=due - crisis.SAME)
    return crisis.holds_until(due, now, followed_up=sent)


async def _until_there_is_room(
    db: Db, row: Outgoing, person: Person, now: datetime
) -> datetime | None:
    if not crowding.can_wait(row.key, row.expires_at, now):
        return None
    since = crowding.today(now, person.time_zone)
    return crowding.tomorrow(now, await said.started_since(db, person.id, since))


def _may_rest(row: Outgoing) -> bool:
    """A pause holds back prompts, and the reminder of what is joined for its own sake."""
    return row.lane == Lane.PROMPT or (row.subject or "").startswith("joining:")


def _out_of_reach(row: Outgoing, person: Person, now: datetime) -> str | None:
    if person.telegram_id is None:
        return "no address"
    if person.unreachable_since is not None:
        return "unreachable"
    if person.left_at is not None and row.lane > Lane.REPLY:
        return "left"
    if row.expires_at is not None and row.expires_at <= now:
        return "too late"
    return None


async def _has_joined(db: Db, person: Person) -> bool:
    """Nothing that we start goes to a client who has not said yes yet."""
    if person.audience != "client":
        return True
    client = await clients.find(db, person.id)
    return client is not None and client.joined_at is not None


def _at_this_hour(row: Outgoing, person: Person, now: datetime) -> Verdict:
    until = quiet.ends_at(now, person.time_zone)
    if until is None:
        return Send()
    if row.expires_at is not None and row.expires_at <= until:
        return Never("quiet hours until it was too late")
    return Later(until)
