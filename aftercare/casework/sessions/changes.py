"""A client wishes for another time: offered, asked of the officer, answered with one tap."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aftercare.casework import calendar
from aftercare.casework.alerts import duty
from aftercare.casework.sessions import invitations, plans, reminders, sessions, unanswered_changes
from aftercare.messages import Button, Lane, Message, Rows, Terms
from aftercare.records import offices, outbox, people
from aftercare.records import sessions as records
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.offices import Office
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.sessions import ChangeRequest, Participant, Session
from aftercare.rules import rhythm, slots

_USUAL_MINUTES = 60
#: Where there is no session to be like: the same hour whenever on a day somebody asks.
_USUAL_HOUR = "10:00"


async def free_slots(
    db: Db, who: Participant | Client, officer: Person, now: datetime, count: int = 3
) -> list[datetime]:
    """The next hours at which this officer and this client could meet, soonest first, in UTC."""
    client = who.client if isinstance(who, Participant) else who
    office = await offices.get(db, officer.office_id or 0)
    minutes = who.session.minutes if isinstance(who, Participant) else _USUAL_MINUTES
    like = who.session.starts_at if isinstance(who, Participant) else _usual(office, now)
    wish = slots.Wish(like, minutes, office.time_zone, count)
    busy = await _busy(db, client, officer, now)
    return slots.free(wish, after=now, busy=busy, holidays=_holidays(now))


def _usual(office: Office, now: datetime) -> datetime:
    zone = office.time_zone
    return rhythm.at(rhythm.local_day(now, zone), _USUAL_HOUR, zone)


async def _busy(db: Db, client: Client, officer: Person, now: datetime) -> list[slots.Busy]:
    start, end = now - timedelta(minutes=plans.LONGEST), now + timedelta(days=slots.HORIZON + 1)
    held = await records.of_officer(db, officer.id, start, end)
    own = await records.of_clients(db, [client.id], start, end)
    found = {one.id: one for one in [*held, *(participant.session for participant in own)]}
    return [(one.starts_at, one.ends_at) for one in found.values()]


def _holidays(now: datetime) -> frozenset[date]:
    return frozenset(calendar.holidays_near(now.date()))


async def ask(
    db: Db, one: Participant, wished_at: datetime, reason: str | None, now: datetime
) -> ChangeRequest:
    """Offer the wish to the officer. An earlier wish for the same session is withdrawn.

    Raises:
        BookingError: the session has begun or was cancelled, or the wish cannot be kept.
    """
    plans.check_open(one.session, now)
    plans.check_time(wished_at, now)
    earlier = await records.open_changes(db, [one.id])
    for known in earlier:
        _answered(known, "withdrawn", None, now)
    waited = await unanswered_changes.replaced(db, earlier, one.client.person, now)
    wish = ChangeRequest(
        participant=one, wished_at=wished_at, reason=reason, asked_at=now, answer=None,
        proposed_at=None,
    )  # fmt: skip
    db.add(wish)
    one.readiness = "wants_change"
    await db.flush()
    await unanswered_changes.arm(db, wish, now, at_latest=waited)
    await _show_officer(db, wish, now)
    return wish


async def _show_officer(db: Db, wish: ChangeRequest, now: datetime) -> None:
    """Whoever answers for the client now; at night it waits for the morning."""
    session = wish.participant.session
    roster = await duty.roster(db, session.officer_id)
    officer = roster.answers(now) or roster.officer.person
    terms = Terms(Lane.REMINDER, subject=wish.about, expires_at=session.starts_at)
    cause = Cause(f"{wish.about}:{wish.wished_at:%Y%m%dT%H%M}", now)
    outbox.post(db, await card_for(db, wish, officer), to=officer, because=cause, terms=terms)


async def card_for(db: Db, wish: ChangeRequest, reader: Person) -> Message:
    group = await sessions.is_group(db, wish.participant.session)
    day = wish.wished_at.astimezone(ZoneInfo(reader.time_zone)).date()
    return card(wish, group=group, holiday=calendar.holiday(day))


def card(wish: ChangeRequest, *, group: bool, holiday: str | None) -> Message:
    """What the officer sees: a name, two times, a coded reason, and three buttons."""
    moment = "change_wanted_group" if group else "change_wanted"
    because = Message(f"session.staff.because_{wish.reason or 'none'}")
    note = Message("session.staff.warn_holiday", {"name": holiday}) if holiday else ""
    values = {**_values(wish), "because": because, "note": note}
    return Message(f"session.staff.{moment}", values, _buttons(wish))


def _buttons(wish: ChangeRequest) -> Rows:
    agree = (Button("yes", f"d:change_yes:{wish.id}"), Button("no", f"d:change_no:{wish.id}"))
    return (agree, (Button("other", f"d:change_other:{wish.id}"),))


def _values(wish: ChangeRequest) -> dict[str, Any]:
    one = wish.participant
    return {
        "client": one.client.person.name or one.client.code,
        "kind": one.session.kind,
        "starts_at": one.session.starts_at,
        "wished_at": wish.wished_at,
    }


async def may_answer(db: Db, wish: ChangeRequest, person: Person) -> bool:
    if await may_lead(db, wish.participant.session, person):
        return True
    return await unanswered_changes.may_answer(db, wish, person)


async def may_lead(db: Db, session: Session, person: Person) -> bool:
    """The officer of the session, whoever covers for that officer, and the heads."""
    if person.audience not in ("officer", "head") or person.left_at is not None:
        return False
    return (await duty.roster(db, session.officer_id)).has(person)


def is_open(wish: ChangeRequest, now: datetime) -> bool:
    """Whether it can still be answered: nobody has, and the session is still to come."""
    return wish.answer is None and reminders.is_ahead(wish.participant, now)


async def accept(db: Db, wish: ChangeRequest, *, by: Person, now: datetime) -> None:
    """The session moves; out of a group one, the client gets a session of the own.

    Raises:
        BookingError: the wished time has gone by.
    """
    at = wish.proposed_at or wish.wished_at
    plans.check_time(at, now)
    _answered(wish, "accepted", by, now)
    await unanswered_changes.over(db, [wish], "answered", by, now)
    await db.flush()
    one = wish.participant
    if not await sessions.is_group(db, one.session):
        await sessions.move(db, one.session, at, by=by, now=now)
        return
    await sessions.excuse(db, one, wish.reason, now)
    await sessions.rebook(db, one, at, now)


async def refuse(db: Db, wish: ChangeRequest, *, by: Person, now: datetime) -> None:
    """The old time stands, and the client hears it kindly."""
    _answered(wish, "refused", by, now)
    await unanswered_changes.over(db, [wish], "answered", by, now)
    one = wish.participant
    one.readiness = None
    host = await people.get(db, one.session.officer_id)
    invitations.tell(
        db, invitations.card("change_refused", one, host, "ready", "change", "trouble"), one, now
    )


async def propose(db: Db, wish: ChangeRequest, at: datetime, *, by: Person, now: datetime) -> None:
    """Another time instead; now it is the client who says yes or no.

    Raises:
        BookingError: that time has gone by.
    """
    plans.check_time(at, now)
    wish.proposed_at = at
    await unanswered_changes.over(db, [wish], "answered", by, now)
    one = wish.participant
    host = await people.get(db, one.session.officer_id)
    how = stamp(at)
    rows = (
        (Button("yes", f"d:proposal_yes:{wish.id}:{how}"),),
        (Button("no", f"d:proposal_no:{wish.id}:{how}"),),
    )
    values = {**invitations.values(one, host), "proposed_at": at}
    invitations.tell(db, Message("session.client.proposed", values, rows), one, now)


async def answer_proposal(db: Db, wish: ChangeRequest, *, yes: bool, now: datetime) -> None:
    """The client's answer, told to the officer. Raises BookingError where the time has gone by."""
    client = wish.participant.client.person
    told = {**_values(wish), "proposed_at": wish.proposed_at}
    officer = await people.get(db, wish.participant.session.officer_id)
    if yes:
        await accept(db, wish, by=client, now=now)
    else:
        _answered(wish, "withdrawn", client, now)
        wish.participant.readiness = None
        cause = Cause(f"change:{wish.id}:proposal_no", now)
        outbox.post(db, Message("session.staff.proposal_no", told), to=officer, because=cause)


def _answered(wish: ChangeRequest, answer: Any, by: Person | None, now: datetime) -> None:
    wish.answer, wish.answered_at = answer, now
    wish.answered_by = by.id if by else None


def stamp(at: datetime) -> str:
    """A moment as a button carries it: minutes since the epoch."""
    return str(int(at.timestamp()) // 60)


def from_stamp(text: str) -> datetime | None:
    """The moment back; None for what no button of ours carries."""
    if not (text.isdigit() and len(text) < 10):
        return None
    return datetime.fromtimestamp(int(text) * 60, UTC)
