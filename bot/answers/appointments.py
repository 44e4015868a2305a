"""Answers about sessions: when, another time, on the way, and not able to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from aftercare.casework.attendance import arrivals
from aftercare.casework.sessions import agenda, invitations, reminders
from aftercare.messages import Button, Message
from aftercare.records import people, sessions
from aftercare.records.people import Person
from aftercare.records.sessions import Participant
from aftercare.rules import absences
from aftercare.rules import attendance as rule
from bot import menus
from bot.answers import needs, visit
from bot.answers.visit import Answer, Events, Visit

#: What the reader calls a reason, as the excuse and the missed session call it.
EXCUSES: Final = {"illness": "sick", "forgot": "other"}
MISSED: Final = {"illness": "ill"}
#: A session this long ago can still be spoken about.
_LATELY: Final = timedelta(days=14)


async def _ahead(tracker: Visit) -> Participant | None:
    turn = tracker.turn
    found = await sessions.of_client(turn.db, turn.person.id, after=turn.now)
    return next((one for one in found if reminders.is_ahead(one, turn.now)), None)


async def _missed(tracker: Visit) -> Participant | None:
    """The last session, where it was missed or nobody has recorded it yet."""
    turn = tracker.turn
    found = await sessions.past_of_client(turn.db, turn.person.id, before=turn.now)
    held = [one for one in found if one.session.state == "booked"]
    last = held[-1] if held else None
    if last is None or turn.now - last.session.ends_at > _LATELY:
        return None
    return last if last.attendance in (None, absences.ABSENT) else None


class AskSchedule(Answer):
    intent = "ask_schedule"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        turn = tracker.turn
        visit.say(dispatcher, await agenda.card(turn.db, turn.person.id, turn.now))
        return visit.NO_EVENTS


class ChangeSchedule(Answer):
    intent, flows = "change_schedule", ("session_change",)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        one = await _ahead(tracker)
        if one is None:
            visit.say(dispatcher, _nothing_ahead())
            return visit.NO_EVENTS
        visit.say(dispatcher, Message("understood.client.change_schedule"))
        await tracker.begin_about("session_change", one)
        return visit.NO_EVENTS


def _nothing_ahead() -> Message:
    return Message("understood.client.nothing_ahead", {}, menus.row("pesan", "jadwal"))


class Arrived(Answer):
    """Here, on the way, or surely coming: the code where it is time, else one yes to "ready"."""

    intent, flows = "arrived", (arrivals.FLOW,)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        turn = tracker.turn
        here = await arrivals.here_for(turn.db, turn.person.id, turn.now)
        if here is not None:
            _at_the_door(dispatcher, tracker, here)
        elif one := await _ahead(tracker):
            host = await people.get(turn.db, one.session.officer_id)
            visit.say(dispatcher, _coming(one, host))
        else:
            visit.say(dispatcher, Message("attendance.client.no_session_now"))
        return visit.NO_EVENTS


def _coming(one: Participant, host: Person) -> Message:
    """A reader may be wrong: ready is who says so by a tap."""
    if one.readiness == "ready":
        return invitations.card("ready", one, host)
    buttons = (invitations.button(one, "ready"), invitations.button(one, "trouble"), needs.NOT_NOW)
    rows = tuple((each,) for each in buttons)
    return Message("understood.client.coming", invitations.values(one, host), rows)


def _at_the_door(dispatcher: CollectingDispatcher, tracker: Visit, here: Participant) -> None:
    if here.attendance in absences.PRESENT:
        visit.say(dispatcher, Message("attendance.client.already_here"))
    elif here.code_tries >= rule.TRIES:
        visit.say(dispatcher, Message("attendance.client.tell_the_officer"))
    else:
        tracker.begin(arrivals.FLOW, subject=here.subject)


class CannotAttend(Answer):
    """The reason is passed on after one yes, and before the session it is an excuse."""

    intent, flows = "cannot_attend", ("excuse",)

    async def run(self, dispatcher: CollectingDispatcher, tracker: Visit, domain: Any) -> Events:
        reason = tracker.intent.reason
        ahead, missed = await _ahead(tracker), await _missed(tracker)
        if reason == "unwilling":
            visit.say(dispatcher, await _listen(tracker, ahead))
        elif missed is not None and (reason == "forgot" or ahead is None):
            visit.say(dispatcher, _about_missed(missed, reason))
        elif ahead is not None:
            excuse = EXCUSES.get(reason, reason or "other")
            visit.say(dispatcher, Message(f"understood.client.because_{excuse}"))
            await tracker.begin_about("excuse", ahead, reason=excuse)
        else:
            visit.say(dispatcher, _nothing_ahead())
        return visit.NO_EVENTS


async def _listen(tracker: Visit, ahead: Participant | None) -> Message:
    """Whoever does not want to come is heard first, and not persuaded."""
    found = await needs.offer(tracker, "understood.client.because_unwilling", ("missed",))
    first, *_ = found.buttons
    other: tuple[Button, ...] = (menus.button("pesan"),)
    if ahead is not None:
        other = (invitations.button(ahead, "trouble"),)
    rows = (first, other, (needs.NOT_NOW,))
    return Message(found.key, found.values, rows, labels_of="understood.client.ways")


def _about_missed(one: Participant, said: str) -> Message:
    """Which session, and which reason: nobody is told either of them on a reader's guess."""
    reason = MISSED.get(said, said or "other")
    other = f"d:missed:{one.id}:tell" if one.attendance else f"d:trouble:{one.id}"
    rows = (
        (Button(reason, f"d:missed:{one.id}:{reason}"),),
        (Button("another_reason", other),),
        (needs.NOT_NOW,),
    )
    return Message("understood.client.missed", {"starts_at": one.session.starts_at}, rows)
