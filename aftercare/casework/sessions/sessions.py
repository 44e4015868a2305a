"""Books, moves and cancels sessions, with every timer and every word that hangs on them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from aftercare.casework.family import family_sessions
from aftercare.casework.sessions import invitations, plans, reminders, unanswered_changes
from aftercare.casework.sessions.plans import Booking, BookingError, Plan
from aftercare.messages import Lane, Message, Terms
from aftercare.records import conversations, outbox, people, sessions, timers
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.sessions import Participant, Session
from aftercare.rules import reminders as rule

#: Whoever books needs these beside the functions.
__all__ = ["Booking", "BookingError", "Plan"]

CODE: Final = "session.code"
ASK_ATTENDANCE: Final = "session.ask_attendance"
UNRECORDED: Final = "session.unrecorded"
#: Flows that speak of one moment of a session; they end when it is moved, cancelled or excused.
FLOWS: Final = ("session_plan", "session_change", "session_trouble")


async def book(db: Db, plan: Plan, now: datetime) -> Booking:
    """Write it down, arm what will happen, and tell each client.

    Raises:
        BookingError: the plan cannot be kept; nothing was written.
    """
    plans.check(plan, now)
    warned = await plans.warnings(db, plan, now)
    session = _written(db, plan, now)
    await db.flush()
    for one in session.participants:
        reminders.arm(db, one, now)
        invitations.booked(db, one, plan.officer, now)
        await family_sessions.booked(db, one, now)
    _arm(db, session)
    return Booking(session, warned)


def _written(db: Db, plan: Plan, now: datetime) -> Session:
    session = Session(
        office_id=plan.office_id,
        officer_id=plan.officer.id,
        kind=plan.kind,
        treatment=plan.treatment,
        mode=plan.mode,
        place=plan.place,
        starts_at=plan.starts_at,
        minutes=plan.minutes,
        code=sessions.fresh_code(),
        state="booked",
        version=1,
        made_at=now,
        participants=[Participant(client=client, attendance=None) for client in plan.clients],
    )
    db.add(session)
    return session


def _arm(db: Db, session: Session) -> None:
    about = f"session:{session.id}"
    code_at = session.starts_at - plans.CODE_BEFORE
    timers.arm(db, timers.Timer(about, CODE, code_at, session.ends_at))
    timers.arm(db, timers.Timer(about, ASK_ATTENDANCE, session.ends_at))
    timers.arm(db, timers.Timer(about, UNRECORDED, session.ends_at + plans.UNRECORDED_AFTER))


def _disarm(db: Db, session: Session) -> None:
    timers.disarm(db, f"session:{session.id}", CODE, ASK_ATTENDANCE, UNRECORDED)


async def rebook(db: Db, missed: Participant, starts_at: datetime, now: datetime) -> Session:
    """A new session like this one, for this client alone."""
    officer = await people.get(db, missed.session.officer_id)
    plan = plans.like(missed.session, officer, (missed.client,), starts_at)
    return (await book(db, plan, now)).session


async def move(
    db: Db, session: Session, starts_at: datetime, *, by: Person | None, now: datetime
) -> None:
    """To another time, with every timer. Everybody hears of it once but whoever did it.

    Raises:
        BookingError: the new time cannot be kept, or the session is not to be held any more.
    """
    officer = await people.get(db, session.officer_id)
    plans.check_open(session, now)
    plans.check_time(starts_at, now)
    if starts_at == session.starts_at:
        return
    was, session.starts_at = session.starts_at, starts_at
    session.version += 1
    for one in await _expected(db, session):
        await _forget_what_was_said(db, one, now)
        reminders.arm(db, one, now)
        if by is None or by.id != one.client_id:
            invitations.moved(db, one, officer, was, now)
        await family_sessions.moved(db, one, was, now)
    _arm(db, session)
    if by is None or by.id != officer.id:
        _tell_officer(db, session, officer, Message("session.staff.moved", {"was": was}), now)


async def _forget_what_was_said(db: Db, one: Participant, now: datetime) -> None:
    """Ready, a plan, a wish: all of that was about the old time."""
    one.readiness = one.leaves_at = one.travels_by = one.reason = None
    await conversations.withdraw(db, one.subject, FLOWS, now)
    wishes = await sessions.open_changes(db, [one.id])
    for wish in wishes:
        wish.answer, wish.answered_at = "withdrawn", now
    await unanswered_changes.over(db, wishes, "passed", None, now)


async def cancel(db: Db, session: Session, *, by: Person, now: datetime) -> None:
    """The office calls it off: it counts against nobody, and everybody hears of it.

    Raises:
        BookingError: it was cancelled before, or has begun.
    """
    plans.check_open(session, now)
    officer = await people.get(db, session.officer_id)
    for one in await _expected(db, session):
        await _forget_what_was_said(db, one, now)
        one.attendance, one.recorded_at, one.recorded_by = "cancelled_by_office", now, by.id
        timers.disarm(db, one.subject, *rule.KINDS)
        _tell_client(db, one, invitations.card("cancelled", one, officer), now)
        await family_sessions.called_off(db, one, now)
    session.state = "cancelled"
    _disarm(db, session)
    if by.id != officer.id:
        _tell_officer(db, session, officer, Message("session.staff.cancelled"), now)


async def excuse(db: Db, one: Participant, reason: str | None, now: datetime) -> None:
    """This client will not come, and said so; `late_excuse` once the session has begun."""
    if one.attendance is not None:
        return
    late = one.session.starts_at <= now
    await _forget_what_was_said(db, one, now)
    one.attendance = "late_excuse" if late else "excused"
    one.recorded_at, one.recorded_by, one.reason = now, one.client_id, reason
    timers.disarm(db, one.subject, *rule.KINDS)
    if not late:
        await family_sessions.called_off(db, one, now)
    if not await _expected(db, one.session):
        _disarm(db, one.session)


async def go_online(db: Db, one: Participant, *, now: datetime) -> None:
    """The same hour on a screen; for a session of one client."""
    plans.check_open(one.session, now)
    one.session.mode = "online"
    one.readiness = None
    officer = await people.get(db, one.session.officer_id)
    invitations.tell(db, invitations.card("online_now", one, officer, "ready", "trouble"), one, now)


async def _expected(db: Db, session: Session) -> list[Participant]:
    return [one for one in await sessions.everybody(db, session) if one.attendance is None]


async def is_group(db: Db, session: Session) -> bool:
    return len(await sessions.everybody(db, session)) > 1


def _tell_client(db: Db, one: Participant, message: Message, now: datetime) -> None:
    """Without a subject: what is told here is what `wanted` takes for a reason to drop it."""
    if one.client.joined_at is not None:
        terms = Terms(lane=Lane.REPLY, not_before=invitations.news(one, now).not_before)
        cause = Cause(f"{one.subject}@{one.session.version}:{message.key}", now)
        outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


def _tell_officer(
    db: Db, session: Session, officer: Person, message: Message, now: datetime
) -> None:
    told = Message(message.key, {**plans.values(session), **message.values})
    cause = Cause(f"session:{session.id}@{session.version}:{message.key}", now)
    outbox.post(db, told, to=officer, because=cause)
