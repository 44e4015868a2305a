"""What the conversation after a missed session may do: keep a reason, pass on a wish, book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.attendance import no_shows
from aftercare.casework.sessions import changes, sessions
from aftercare.records import people
from aftercare.records import sessions as records
from aftercare.records.database import Db
from aftercare.records.sessions import Participant
from aftercare.rules import absences

OFFERED: Final = 3


class Reason(Arguments):
    """One of the codes in `no_shows.REASONS`."""

    reason: Literal["work", "cost", "ill", "forgot", "afraid", "enough", "no_use", "other"]


class Wish(Arguments):
    way: Literal["online", "nearer", "other_hour", "call"]


class Picked(Arguments):
    slot: str


async def _keep(act: Act, arguments: Reason) -> Outcome:
    one = await _missed(act)
    if one is not None:
        await no_shows.give_reason(act.db, one, arguments.reason, act.now)
    return Outcome(values={"reason": arguments.reason})


async def _wish(act: Act, arguments: Wish) -> Outcome:
    """Passed on although the record was corrected meanwhile: it is said to be."""
    one = await records.participant(act.db, act.subject_id)
    if one is not None and one.client_id == act.person.id:
        await no_shows.wish(act.db, one, arguments.way, act.now)
    return Outcome()


async def _find(act: Act, _arguments: Arguments) -> Outcome:
    one = await _missed(act)
    found = await free_hours(act.db, one, act.now) if one is not None else []
    named = {f"slot_{at}": hour for at, hour in enumerate(found, 1)}
    return Outcome("some" if found else "none", {"slots": len(found), **named})


async def _book(act: Act, arguments: Picked) -> Outcome:
    """A tap that comes twice, or after the office has acted, books nothing."""
    one = await _missed(act)
    at = act.values.get(arguments.slot)
    if one is None or not isinstance(at, datetime):
        return Outcome("over")
    if at not in await free_hours(act.db, one, act.now):
        return Outcome("taken")
    await sessions.rebook(act.db, one, at, act.now)
    await no_shows.rebooked(act.db, one, at, act.now)
    return Outcome("booked")


async def free_hours(db: Db, one: Participant, now: datetime) -> Sequence[datetime]:
    """The next hours at which client and officer are both free."""
    officer = await people.get(db, one.session.officer_id)
    return await changes.free_slots(db, one, officer, now, OFFERED)


async def book_for(db: Db, one: Participant, at: datetime, now: datetime) -> None:
    """Staff book an hour for the client, who hears of it; the card shows that it was done."""
    await sessions.rebook(db, one, at, now)
    await no_shows.note(db, one, ("rebooked", {"at": at}), now)


async def _missed(act: Act) -> Participant | None:
    """The session of this conversation, while it still counts as missed by this client."""
    one = await records.participant(act.db, act.subject_id)
    if one is None or one.client_id != act.person.id or one.attendance != absences.ABSENT:
        return None
    return one


ACTIONS: Final = (
    Action("keep_missed_reason", _keep, Reason, values=("reason",)),
    Action("wish_after_missed", _wish, Wish),
    Action(
        "find_hours_after_missed",
        _find,
        outcomes=("some", "none"),
        values=("slots", "slot_1", "slot_2", "slot_3"),
    ),
    Action("book_after_missed", _book, Picked, outcomes=("booked", "taken", "over")),
)
