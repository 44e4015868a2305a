"""Something stands in the way of a session: why, what would help, and who hears of it."""

from __future__ import annotations

from typing import Any, Literal
from zoneinfo import ZoneInfo

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.alerts import duty
from aftercare.casework.sessions import change_steps, invitations, sessions
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import conversations, outbox, people
from aftercare.records.outbox import Cause
from aftercare.records.sessions import Participant

Reason = Literal["work", "cost", "sick", "family", "afraid", "other"]
Help = Literal["online", "call", "come", "other_hour", "cannot"]


class Trouble(Arguments):
    """Both are codes: what the client writes stays with the client."""

    reason: Reason
    help: Help


class Plan(Arguments):
    """`leave` is one of the offered hours, or a time such as "07:30"."""

    leave: str | None = None
    typed: str | None = None
    by: str


async def report(act: Act, given: Trouble) -> Outcome:
    """The officer hears a code and a wish; who cannot come at all is excused, and can be booked."""
    one = await change_steps.concerned(act)
    if one is None:
        return Outcome("passed")
    one.reason = given.reason
    one.readiness = "ready" if given.help == "come" else "has_trouble"
    if given.help == "other_hour":
        await open_change(act, one)
        return Outcome("changing")
    await _tell_officer(act, one, given)
    if given.help == "cannot":
        await sessions.excuse(act.db, one, given.reason, act.now)
    return Outcome("told")


async def _tell_officer(act: Act, one: Participant, given: Trouble) -> None:
    roster = await duty.roster(act.db, one.session.officer_id)
    officer = roster.answers(act.now) or roster.officer.person
    values = {
        "client": one.client.person.name or one.client.code,
        "starts_at": one.session.starts_at,
        "kind": one.session.kind,
        "because": Message(f"session.staff.because_{given.reason}"),
        "wish": Message(f"session.staff.wish_{given.help}"),
    }
    rows: Rows = ()
    if given.help == "online" and not await sessions.is_group(act.db, one.session):
        rows = ((Button("online", f"d:go_online:{one.id}:{one.session.version}"),),)
    terms = Terms(Lane.REMINDER if given.help == "come" else Lane.REPLY)
    outbox.post(
        act.db, Message("session.staff.trouble", values, rows), to=officer,
        because=Cause(f"{act.because.id}:trouble", act.now), terms=terms,
    )  # fmt: skip


async def open_change(act: Act, one: Participant) -> None:
    """The flow for another hour begins as soon as this one has ended."""
    host = await people.get(act.db, one.session.officer_id)
    conversations.queue(
        act.db, act.person.id, "session_change", values=invitations.values(one, host),
        subject=invitations.about(one), now=act.now,
    )  # fmt: skip


async def change(act: Act, _given: Arguments) -> Outcome:
    one = await change_steps.concerned(act)
    if one is not None:
        await open_change(act, one)
    return Outcome("passed" if one is None else "changing")


async def explain(act: Act, _given: Arguments) -> Outcome:
    one = await change_steps.concerned(act)
    if one is None:
        return Outcome("passed")
    host = await people.get(act.db, one.session.officer_id)
    conversations.queue(
        act.db, act.person.id, "session_trouble", values=invitations.values(one, host),
        subject=invitations.about(one), now=act.now,
    )  # fmt: skip
    return Outcome("telling")


async def confirm(act: Act, _given: Arguments) -> Outcome:
    one = await change_steps.concerned(act)
    if one is None:
        return Outcome("passed")
    one.readiness = "ready"
    return Outcome("confirmed")


async def keep_plan(act: Act, given: Plan) -> Outcome:
    """In the client's own words the evening before: when to leave, by what."""
    one = await change_steps.concerned(act)
    if one is None:
        return Outcome("passed")
    one.leaves_at, one.travels_by = _hour(act, one, given), given.by
    return Outcome("kept", {"leaves": (one.leaves_at or "").replace(":", ".")})


def _hour(act: Act, one: Participant, given: Plan) -> str | None:
    """ "08:00" on the client's wall. Nobody leaves after the start: seven is the morning's."""
    zone = ZoneInfo(act.person.time_zone)
    if given.typed is None:
        at: Any = act.values.get(given.leave or "")
        return at and f"{at.astimezone(zone):%H:%M}"
    hour, _, minute = given.typed.partition(":")
    late = given.typed > f"{one.session.starts_at.astimezone(zone):%H:%M}"
    return f"{int(hour) - 12:02}:{minute}" if late and int(hour) >= 12 else given.typed


ACTIONS = (
    Action("report_trouble", report, Trouble, outcomes=("told", "changing", "passed")),
    Action("open_change", change, outcomes=("changing", "passed")),
    Action("open_trouble", explain, outcomes=("telling", "passed")),
    Action("confirm_session", confirm, outcomes=("confirmed", "passed")),
    Action("keep_plan", keep_plan, Plan, outcomes=("kept", "passed"), values=("leaves",)),
)
