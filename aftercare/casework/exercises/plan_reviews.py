"""Comes back to the plan for hard hours: offered once in week two, looked at again each month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from aftercare.casework import resting
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.messages import Button, Lane, Message, Terms
from aftercare.records import clients, consents, module_runs, outbox, timers
from aftercare.records.clients import Client
from aftercare.records.conversations import Opening
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.timers import Timer
from aftercare.rules import excerpts, months, rhythm
from aftercare.rules import plan_reviews as rule
from aftercare.rules.plan_reviews import Past, Step

REVIEW: Final = "care_plan.review"
FLOW: Final = "plan_review"
MODULE: Final = "RENCANA"
#: After the question how the day was, which has the client's own hour to itself.
_AFTER_THE_HOUR: Final = timedelta(minutes=30)
_GOOD_FOR: Final = timedelta(hours=20)
#: An offer may be put off from a crowded day to the next ones.
_OFFER_GOOD_FOR: Final = timedelta(days=6)
#: The lines of the plan, in the order in which the exercise asks for them.
LINES: Final = ("warning_sign", "trigger", "coping", "safe_person", "reason")
_LONGEST: Final = 60


def arm(db: Db, client: Client, now: datetime) -> None:
    """In week two after joining, or tomorrow where that has passed."""
    zone = client.person.time_zone
    week_two = rhythm.local_day(client.joined_at or now, zone) + rule.WEEK_TWO
    tomorrow = rhythm.local_day(now, zone) + timedelta(days=1)
    _arm(db, client, max(week_two, tomorrow) - rhythm.local_day(now, zone), now)


def made(db: Db, client: Client, now: datetime) -> None:
    """The plan was written, or written anew: looked at in a month."""
    _arm(db, client, rule.MONTH, now, offered=True)


def disarm(db: Db, client: Client) -> None:
    timers.disarm(db, f"client:{client.id}", REVIEW)


def _arm(db: Db, client: Client, wait: timedelta, now: datetime, **known: Any) -> None:
    """On the first day from then on that neither the weekly nor the monthly check-in has."""
    zone = client.person.time_zone
    joined = rhythm.local_day(client.joined_at or now, zone)
    day = months.first_free(rhythm.local_day(now, zone) + wait, joined)
    due = rhythm.at(day, client.check_in_hour, zone) + _AFTER_THE_HOUR
    timers.arm(db, Timer(f"client:{client.id}", REVIEW, due, payload=known))


async def look(db: Db, due: Sequence[Timer], now: datetime) -> list[Opening]:
    """Whom to ask now, in a fixed number of queries; everybody is armed anew before that."""
    ids = [timer.subject_id for timer in due]
    found = await clients.by_ids(db, ids)
    agreed = await consents.current_of(db, ids, "check_ins")
    plans = await module_runs.last_finished(db, ids, MODULE)
    kept = await module_runs.who_keeps(db, ids, LINES)
    openings: list[Opening] = []
    for timer in due:
        client = found.get(timer.subject_id)
        if client is None or client.id not in agreed or not client.takes_part:
            continue
        if not resting.may_hear(client.person, now):
            _arm(db, client, rule.WEEK, now, **timer.payload)
            continue
        # What was crossed out whole is no plan any more.
        made_at = plans.get(client.id) if client.id in kept else None
        past = Past(made_at, timer.payload.get("reviewed"), bool(timer.payload.get("offered")))
        openings += _go(db, client, timer, rule.next_step(past, now), now)
    return openings


def _go(db: Db, client: Client, timer: Timer, step: Step, now: datetime) -> list[Opening]:
    """Who does not answer is left in peace until next month."""
    known = {**timer.payload, "offered": True}
    if step.do == "review":
        known["reviewed"] = now
    _arm(db, client, step.look_in, now, **known)
    if step.do == "offer":
        _offer(db, client, timer, now)
    subject = f"client:{client.id}@{timer.due_at:%Y-%m-%d}"
    return [Opening(client.id, subject, {}, _GOOD_FOR)] if step.do == "review" else []


def _offer(db: Db, client: Client, timer: Timer, now: datetime) -> None:
    """A button, not a question: it waits for nobody's answer and stands in no other one's way."""
    start = Button("start", f"d:module:{client.id}:{MODULE.lower()}")
    terms = Terms(Lane.PROMPT, expires_at=now + _OFFER_GOOD_FOR)
    message = Message("plan.client.offer", {}, ((start,),))
    outbox.post(db, message, to=client.person, because=Cause(timer.cause, now), terms=terms)


async def show(act: Act, _given: Arguments) -> Outcome:
    """The lines as they stand, each with the newest words alone."""
    newest = {one.kind: one for one in await module_runs.artefacts(act.db, act.person.id)}
    lines = [
        Message(f"plan.client.line_{kind}", {"words": excerpts.line(one.words, _LONGEST)})
        for kind in LINES
        if (one := newest.get(kind))
    ]
    return Outcome("some" if lines else "none", {"lines": lines})


async def reviewed(act: Act, _given: Arguments) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    _arm(act.db, client, rule.MONTH, act.now, offered=True, reviewed=act.now)
    return Outcome()


async def later(act: Act, _given: Arguments) -> Outcome:
    """Next week, once more."""
    client = await clients.get(act.db, act.person.id)
    _arm(act.db, client, rule.WEEK, act.now, offered=True)
    return Outcome()


ACTIONS: Final = (
    Action("show_plan", show, outcomes=("some", "none"), values=("lines",)),
    Action("plan_reviewed", reviewed),
    Action("review_plan_later", later),
)
