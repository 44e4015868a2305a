"""Books a session in conversation with an officer; nothing counts before the last yes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from aftercare.casework import dates
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.sessions import moves, plans, requests, sessions
from aftercare.casework.sessions.plans import BookingError, Plan
from aftercare.casework.sessions.requests import Request, Understood
from aftercare.messages import Message
from aftercare.records import clients, offices, outbox
from aftercare.records.clients import Client
from aftercare.rules import kinds
from aftercare.rules.names import Known
from aftercare.rules.unclear import Unclear

USUAL_MINUTES: Final = 60
OPTIONS: Final = ("option_1", "option_2", "option_3", "option_4")


class Typed(Arguments):
    """What the officer wrote."""

    text: str = ""


class Picked(Arguments):
    """Which of the offered people is meant."""

    option: Literal["option_1", "option_2", "option_3", "option_4"]


@dataclass(frozen=True, slots=True)
class Desk:
    """The officer's caseload and the clock on the office's wall."""

    caseload: dict[int, Client]
    time_zone: str

    def known(self) -> list[Known]:
        people = ((one.id, one.person) for one in self.caseload.values())
        return [Known(number, person.name or "", person.called) for number, person in people]


async def _desk(act: Act) -> Desk:
    found = await clients.of_officer(act.db, act.person.id)
    office = await offices.get(act.db, act.person.office_id or 0)
    return Desk({one.id: one for one in found}, office.time_zone)


async def read(act: Act, given: Typed) -> Outcome:
    desk = await _desk(act)
    known = Request.unpack(act.values.get("draft"))
    if not given.text.strip():
        return await _next(act, desk, Understood(known))
    asked = str(act.values.get("asked") or "")
    said = requests.read(
        given.text, known, desk.known(), now=act.now, time_zone=desk.time_zone, asked=asked
    )
    return await _next(act, desk, said)


async def pick(act: Act, given: Picked) -> Outcome:
    desk = await _desk(act)
    known = Request.unpack(act.values.get("draft"))
    number = (act.values.get("candidates") or {}).get(given.option)
    if number not in desk.caseload:
        return await _next(act, desk, Understood(known))
    named = replace(known, clients=tuple(dict.fromkeys((*known.clients, number))))
    return await _next(act, desk, Understood(named))


async def _next(act: Act, desk: Desk, said: Understood) -> Outcome:
    """Ask for what is not clear, then for what is missing, then show the whole of it."""
    draft = {"draft": said.request.pack()}
    if said.candidates and said.unclear:
        return Outcome("which", {**draft, **_options(desk, said), "asked": "who"})
    if said.unclear:
        return _ask("", said.unclear, draft)
    if lack := requests.missing(said.request, act.now, desk.time_zone):
        return _ask(*lack, draft)
    plan = _plan(act, desk, said.request)
    try:
        plans.check(plan, act.now)
    except BookingError as refused:
        return _ask("", Unclear(f"refused_{refused.code}"), draft)
    warned = await plans.warnings(act.db, plan, act.now)
    return Outcome("complete", {**draft, "card": card(plan, warned), "asked": ""})


def _ask(asked: str, unclear: Unclear, draft: dict[str, Any]) -> Outcome:
    needed = Message(f"session.staff.{unclear.code}", unclear.values)
    return Outcome("missing", {**draft, "needed": needed, "asked": asked})


def _options(desk: Desk, said: Understood) -> dict[str, Any]:
    ids = dict(zip(OPTIONS, said.candidates, strict=False))
    labels = {name: desk.caseload[number].person.name for name, number in ids.items()}
    unclear = said.unclear or Unclear("which_client")
    needed = Message(f"session.staff.{unclear.code}_pick", unclear.values)
    return {**dict.fromkeys(OPTIONS), **labels, "candidates": ids, "needed": needed}


def _plan(act: Act, desk: Desk, request: Request) -> Plan:
    starts_at = dates.moment(request, act.now, desk.time_zone)
    assert not isinstance(starts_at, Unclear)  # `missing` has asked for it
    kind = request.kind or kinds.USUAL
    return Plan(
        office_id=act.person.office_id or 0,
        officer=act.person,
        clients=tuple(desk.caseload[one] for one in request.clients if one in desk.caseload),
        kind=kind,
        place=request.place or "",
        starts_at=starts_at,
        minutes=request.minutes or USUAL_MINUTES,
        treatment=kinds.treatment(kind),
        mode="online" if request.mode == "online" else "in_person",
    )


def card(plan: Plan, warned: tuple[plans.Warned, ...]) -> Message:
    """Just what will be booked, with everything worth knowing before it is."""
    values = {
        "who": ", ".join(one.person.name or one.code for one in plan.clients),
        "count": len(plan.clients),
        "kind": plan.kind,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "minutes": plan.minutes,
        "where": Message(f"session.staff.where_{plan.mode}", {"place": plan.place}),
        "warnings": [one.message for one in warned],
    }
    return Message("session.staff.booking_card", values)


async def book(act: Act, _given: Arguments) -> Outcome:
    """The yes that counts. The clock has gone on since the card was shown: all is asked again."""
    desk = await _desk(act)
    request = Request.unpack(act.values.get("draft"))
    draft = {"draft": request.pack()}
    if lack := requests.missing(request, act.now, desk.time_zone):
        return _ask(*lack, draft)
    try:
        booking = await sessions.book(act.db, _plan(act, desk, request), act.now)
    except BookingError as refused:
        return _ask("", Unclear(f"refused_{refused.code}"), draft)
    outbox.post(act.db, moves.card(booking.session), to=act.person, because=act.because)
    return Outcome("booked")


_VALUES: Final = ("draft", "needed", "asked", "card", "candidates", *OPTIONS)
ACTIONS = (
    Action("read_booking", read, Typed, outcomes=("complete", "missing", "which"), values=_VALUES),
    Action("pick_client", pick, Picked, outcomes=("complete", "missing", "which"), values=_VALUES),
    Action("book_session", book, outcomes=("booked", "missing"),
           values=("draft", "needed", "asked")),
)  # fmt: skip
