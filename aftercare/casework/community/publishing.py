"""Publishes and moves an activity in conversation; nothing counts before the last yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from aftercare.casework import calendar, dates
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.community import activities, activity_cards, activity_requests
from aftercare.casework.community.activities import ActivityError, Plan
from aftercare.casework.community.activity_requests import Request, Understood
from aftercare.messages import Message
from aftercare.records import activities as records
from aftercare.records import joinings, offices, outbox
from aftercare.records.activities import Activity
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.rules import activities as rule
from aftercare.rules.unclear import Unclear


class Typed(Arguments):
    """What the publisher wrote."""

    text: str = ""


async def _time_zone(act: Act) -> str:
    return (await offices.get(act.db, act.person.office_id or 0)).time_zone


async def read(act: Act, given: Typed) -> Outcome:
    known = Request.unpack(act.values.get("draft"))
    zone = await _time_zone(act)
    said = Understood(known)
    if given.text.strip():
        asked = str(act.values.get("asked") or "edit")
        said = activity_requests.read(given.text, known, now=act.now, time_zone=zone, asked=asked)
    return await _next(act, said, zone)


async def _next(act: Act, said: Understood, zone: str) -> Outcome:
    """Ask for what cannot stand, then for what is missing, then show the whole of it."""
    draft = {"draft": said.request.pack()}
    lack = activity_requests.missing(said.request, act.now, zone)
    if said.unclear:
        return _ask(lack[0] if lack else "edit", said.unclear, draft)
    if lack:
        return _ask(*lack, draft)
    plan = _plan(act, said.request, zone)
    try:
        activities.check(plan, act.now)
    except ActivityError as refused:
        return _ask("edit", Unclear(f"refused_{refused.code}"), draft)
    return Outcome("complete", {**draft, "card": card(plan, zone), "asked": "edit"})


def _ask(asked: str, unclear: Unclear, draft: dict[str, Any]) -> Outcome:
    needed = Message(f"community.host.{unclear.code}", unclear.values)
    return Outcome("missing", {**draft, "needed": needed, "asked": asked})


def _plan(act: Act, request: Request, zone: str) -> Plan:
    starts_at = dates.moment(request, act.now, zone)
    assert not isinstance(starts_at, Unclear)  # `missing` has asked for it
    kind = rule.kind(request.kind or rule.OWN)
    return Plan(
        publisher=act.person,
        kind=kind.id,
        name=request.name or kind.label,
        place=_capital(request.place or ""),
        starts_at=starts_at,
        minutes=request.minutes or activities.USUAL_MINUTES,
        capacity=request.capacity,
        weeks=request.times or 1,
        note=request.note,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def card(plan: Plan, zone: str) -> Message:
    """Just what will be published, and who will see it."""
    kind = rule.kind(plan.kind)
    seen = "worship" if kind.religion else "everybody"
    values = {
        "name": plan.name,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "details": _details(plan, zone),
        "seen_by": Message(f"community.host.seen_by_{seen}"),
    }
    return Message("community.host.draft", values)


def _details(plan: Plan, zone: str) -> list[Message]:
    """How often, for how many, what to bring, and what is special about the day."""
    lines = activity_cards.where(plan.place, plan.note)
    kind = rule.kind(plan.kind)
    if kind.id != rule.OWN and kind.label.casefold() != plan.name.casefold():
        lines.append(Message("community.host.kind", {"kind": kind.label}))
    if plan.weeks > 1:
        lines.append(Message("community.host.weeks", {"weeks": plan.weeks}))
    if plan.capacity is not None:
        lines.append(Message("community.host.room_for", {"capacity": plan.capacity}))
    if name := calendar.holiday(dates.day_at(plan.starts_at, zone)):
        lines.append(Message("community.host.holiday", {"name": name}))
    return lines


async def publish(act: Act, _given: Arguments) -> Outcome:
    """The yes that counts. The clock has gone on since the card was shown: all is asked again."""
    request = Request.unpack(act.values.get("draft"))
    zone, draft = await _time_zone(act), {"draft": request.pack()}
    if lack := activity_requests.missing(request, act.now, zone):
        return _ask(*lack, draft)
    try:
        made = await activities.publish(act.db, _plan(act, request, zone), act.now)
    except ActivityError as refused:
        return _ask("edit", Unclear(f"refused_{refused.code}"), draft)
    outbox.post(
        act.db, await host_card(act.db, made[0], act.person), to=act.person, because=act.because
    )
    return Outcome("published")


async def host_card(db: Db, activity: Activity, reader: Person) -> Message:
    """What this reader may see of it: names are for the publisher alone."""
    everybody = await joinings.of_activities(db, [activity.id])
    rest = await records.rest_of_series(db, activity)
    return activity_cards.host_card(
        activity, everybody, sees_names=reader.id == activity.publisher_id, is_series=len(rest) > 1
    )


async def led(act: Act) -> Activity | None:
    """The activity this conversation is about, at the time it was about, led by this person."""
    activity = await records.get(act.db, act.subject_id)
    if activity is None or not act.is_about(activity.version):
        return None
    return activity if activities.may_lead(activity, act.person) else None


async def read_move(act: Act, given: Typed) -> Outcome:
    activity = await led(act)
    if activity is None:
        return Outcome("passed")
    at = dates.find(given.text, act.now, await _time_zone(act))
    if isinstance(at, Unclear):
        return Outcome("unclear", {"needed": Message(f"community.host.{at.code}", at.values)})
    return Outcome("clear", {"wished": at})


async def move(act: Act, _given: Arguments) -> Outcome:
    activity, at = await led(act), act.values.get("wished")
    if activity is None or not isinstance(at, datetime):
        return Outcome("passed")
    try:
        await activities.move(act.db, activity, at, by=act.person, now=act.now)
    except ActivityError:
        return Outcome("passed")
    return Outcome("moved")


_VALUES: Final = ("draft", "needed", "asked", "card")
ACTIONS: Final = (
    Action("read_activity", read, Typed, ("complete", "missing"), _VALUES),
    Action("publish_activity", publish, outcomes=("published", "missing"),
           values=("draft", "needed", "asked")),
    Action("read_activity_move", read_move, Typed, ("clear", "unclear", "passed"),
           ("wished", "needed")),
    Action("move_activity", move, outcomes=("moved", "passed")),
)  # fmt: skip
