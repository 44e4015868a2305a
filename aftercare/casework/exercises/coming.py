"""What the exercise HADIR may do: find the meeting, pass on what is allowed, wish for an hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.alerts import alerts, duty
from aftercare.casework.attendance import no_shows
from aftercare.casework.sessions import changes, sessions
from aftercare.casework.sessions.plans import BookingError
from aftercare.messages import Message
from aftercare.records import attendance, clients, outbox, people
from aftercare.records import sessions as records
from aftercare.records.outbox import Cause
from aftercare.records.sessions import Participant
from aftercare.rules import absences

SLOTS: Final = ("slot_1", "slot_2", "slot_3")
#: missed: not seen since; ahead: still to come; none: neither of them
Place = Literal["missed", "ahead", "none"]


class Feedback(Arguments):
    """Codes only; what the client wrote stays with the client. None is not passed on."""

    reason: (
        Literal["enough", "no_use", "unwilling", "afraid", "work", "cost", "distance", "family"]
        | None
    ) = None
    change: Literal["topic", "practical", "short", "heard"] | None = None
    way: Literal["online", "nearer", "other_hour", "short"] | None = None


class Picked(Arguments):
    slot: Literal["slot_1", "slot_2", "slot_3"]


async def find(act: Act, _given: Arguments) -> Outcome:
    place, one = await _meeting(act)
    found = await _hours(act, one)
    values = {"slots": len(found), "meets_at": one.session.starts_at if one else None}
    return Outcome(place, {**values, **dict(zip(SLOTS, found, strict=False))})


async def _meeting(act: Act) -> tuple[Place, Participant | None]:
    """What lies ahead counts more than what was missed: it can still be changed."""
    for one in await records.of_client(act.db, act.person.id, after=act.now):
        if one.attendance is None and one.session.starts_at > act.now:
            return "ahead", one
    missed = await _missed(act)
    return ("missed", missed) if missed else ("none", None)


async def _missed(act: Act) -> Participant | None:
    history = await attendance.history(act.db, act.person.id)
    last = next(reversed(absences.fold(history)), None)
    if last is None or absences.came_after(history, last.id):
        return None
    return await records.participant(act.db, last.id)


async def _hours(act: Act, one: Participant | None) -> Sequence[datetime]:
    client = await clients.get(act.db, act.person.id)
    officer = await people.get(act.db, one.session.officer_id if one else client.officer_id)
    return await changes.free_slots(act.db, one or client, officer, act.now, len(SLOTS))


async def pass_on(act: Act, given: Feedback) -> Outcome:
    """To whoever holds the missed session, or else to the officer, as a message."""
    codes = [f"{name}_{code}" for name, code in given.model_dump(exclude_none=True).items()]
    said = [code.replace("way_", "wish_") for code in codes]
    missed = await _missed(act)
    if missed is not None and given.reason:
        missed.reason = given.reason
    if not (missed and await _on_its_card(act, missed, said)) and said:
        lines = [Message(f"alert.staff.because_{code}") for code in said]
        await _tell_officer(act, Message("coming.staff.feedback", {"lines": lines}))
    return Outcome()


async def _on_its_card(act: Act, missed: Participant, said: Sequence[str]) -> bool:
    """False where nobody is looking at this missed session any more."""
    for code in said:
        alert = await no_shows.note(act.db, missed, (code, {}), act.now)
        if alert is None:
            return False
        news = Message(f"alert.staff.because_{code}")
        await alerts.tell_holders(act.db, alert, code, news, act.now)
    return True


async def _tell_officer(act: Act, message: Message) -> None:
    client = await clients.get(act.db, act.person.id)
    roster = await duty.roster(act.db, client.officer_id)
    officer = roster.answers(act.now) or roster.officer.person
    named = {"client": client.person.name or client.code, **message.values}
    cause = Cause(f"{act.because.id}:{message.key}", act.now)
    outbox.post(act.db, Message(message.key, named), to=officer, because=cause)


async def wish_hour(act: Act, given: Picked) -> Outcome:
    """After a missed one it is booked at once; what lies ahead is the officer's to move."""
    at = act.values.get(given.slot)
    place, one = await _meeting(act)
    if not isinstance(at, datetime) or at not in await _hours(act, one):
        return Outcome("taken")
    try:
        return Outcome(await _settle(act, place, one, at), {"wished": at})
    except BookingError:
        return Outcome("taken")


async def _settle(act: Act, place: Place, one: Participant | None, at: datetime) -> str:
    if one is None:
        await _tell_officer(act, Message("coming.staff.wants_hour", {"at": at}))
        return "asked"
    if place == "ahead":
        await changes.ask(act.db, one, at, None, act.now)
        return "asked"
    await sessions.rebook(act.db, one, at, act.now)
    await no_shows.rebooked(act.db, one, at, act.now)
    return "booked"


ACTIONS: Final = (
    Action(
        "find_meeting", find, outcomes=("missed", "ahead", "none"),
        values=("slots", "meets_at", *SLOTS),
    ),
    Action("pass_on_feedback", pass_on, Feedback),
    Action("wish_hour", wish_hour, Picked, ("booked", "asked", "taken"), ("wished",)),
)  # fmt: skip
