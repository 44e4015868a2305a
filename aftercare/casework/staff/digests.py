"""Half past seven: what today holds for each officer, and how the office stands for its head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.casework import calendar
from aftercare.casework.alerts import alert_cards, duty
from aftercare.messages import Lane, Message, Terms
from aftercare.records import (
    attendance,
    mornings,
    officer_messages,
    offices,
    outbox,
    people,
    staff,
    timers,
)
from aftercare.records.alerts import Alert
from aftercare.records.database import Db
from aftercare.records.offices import Office
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.sessions import Session
from aftercare.records.staff import Staff
from aftercare.rules import ladder
from aftercare.rules import mornings as rule

MORNING: Final = "digest.morning"
SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Morning:
    """Everything that the digests of some officers are made of."""

    sessions: Sequence[Session]
    unrecorded: Sequence[Session]
    alerts: Mapping[int, list[Alert]]
    touched: Mapping[int, datetime]
    changes: mornings.Counts
    unreachable: mornings.Counts
    messages: mornings.Counts


async def arm(db: Db, person: Person, now: datetime) -> None:
    """The next digest of this member of staff; partners have none."""
    if person.audience in ("officer", "head") and person.office_id is not None:
        _arm(db, person, await offices.get(db, person.office_id), now)


def _arm(db: Db, person: Person, office: Office, now: datetime) -> None:
    due = rule.next_at(now, office.time_zone)
    timers.arm(db, timers.Timer(f"staff:{person.id}", MORNING, due))


async def send(db: Db, due: Mapping[int, datetime], now: datetime) -> None:
    """One digest each, and the next one armed; nobody who is away or gone is disturbed.

    `due` is when each person's was to come: after an outage yesterday's is left out, while the
    next one still comes.
    """
    who = await people.by_ids(db, list(due))
    at_work = [one for one in who.values() if one.left_at is None]
    known = {one.id: one for one in await offices.all_(db)}
    for person in at_work:
        _arm(db, person, known[person.office_id or 0], now)
    in_time = [one for one in at_work if now - due[one.id] < rule.GOOD_FOR]
    officers = [one for one in in_time if one.audience == "officer"]
    await _tell_officers(db, officers, known, now)
    for head in (one for one in in_time if one.audience == "head"):
        await _tell_head(db, head, known[head.office_id or 0], now)


async def _tell_officers(
    db: Db, officers: list[Person], known: Mapping[int, Office], now: datetime
) -> None:
    members = await staff.by_ids(db, [one.id for one in officers])
    present = [one for one in officers if not duty.is_away(members[one.id], now)]
    stands_in = await staff.away_covered_by(db, [one.id for one in present], now)
    everyone = {one.id for one in present} | {one.id for one in stands_in}
    for office in {one.office_id: known[one.office_id or 0] for one in present}.values():
        start, end = rule.day_of(now, office.time_zone)
        morning = Morning(
            await attendance.between(db, everyone, start, end),
            await mornings.unrecorded(db, everyone, now),
            alerts := await mornings.open_alerts(db, [one.id for one in present]),
            await mornings.last_steps(db, {a.id for found in alerts.values() for a in found}),
            await mornings.waiting_changes(db, everyone, now),
            await mornings.unreachable(db, everyone),
            await _unread(db, everyone, office, now),
        )
        for person in (one for one in present if one.office_id == office.id):
            _say(db, person, office, lines_for(person, stands_in, morning, office, now), now)


def lines_for(
    person: Person, stands_in: Sequence[Staff], morning: Morning, office: Office, now: datetime
) -> list[Message]:
    mine = {person.id, *(one.id for one in stands_in if one.cover_id == person.id)}
    today = [one for one in morning.sessions if one.officer_id in mine]
    alerts = morning.alerts.get(person.id, [])
    stale = [one for one in alerts if _is_stale(one, person, morning, office, now)]
    counted = {
        "unrecorded": sum(one.officer_id in mine for one in morning.unrecorded),
        "alerts": sum(one.state == "open" for one in alerts),
        "stale": len(stale),
        "changes": sum(morning.changes.get(one, 0) for one in mine),
        "unreachable": sum(morning.unreachable.get(one, 0) for one in mine),
        "messages": sum(morning.messages.get(one, 0) for one in mine),
    }
    found = [_session(one) for one in today[:SHOWN]]
    if more := len(today) - len(found):
        found.append(Message("digest.staff.more_sessions", {"count": more}))
    return [*found, *_counts(counted)]


async def _unread(db: Db, officers: set[int], office: Office, now: datetime) -> mornings.Counts:
    """Words of clients that could have been read since yesterday or longer; not on a day off."""
    if not _is_working_day(office, now):
        return {}
    today, _ = rule.day_of(now, office.time_zone)
    return await officer_messages.waiting(db, officers, today)


def _is_stale(
    alert: Alert, person: Person, morning: Morning, office: Office, now: datetime
) -> bool:
    if alert.state == "open" or alert.taken_by != person.id:
        return False
    holidays = calendar.holidays_near(now.date()).keys()
    touched = morning.touched.get(alert.id, alert.opened_at)
    return rule.is_stale(touched, now, time_zone=office.time_zone, holidays=holidays)


def _session(one: Session) -> Message:
    who = ", ".join(each.client.person.name or each.client.code for each in one.participants)
    return Message("digest.staff.session", {"starts_at": one.starts_at, "who": who})


def _counts(counted: Mapping[str, int]) -> list[Message]:
    return [
        Message(f"digest.staff.{name}", {"count": number})
        for name, number in counted.items()
        if number
    ]


async def _tell_head(db: Db, head: Person, office: Office, now: datetime) -> None:
    """The office in numbers, and by name only what nobody below has taken."""
    start, end = rule.day_of(now, office.time_zone)
    members = await staff.officers(db, office.id)
    ids = [one.id for one in members]
    waiting = (await mornings.open_alerts(db, [head.id]))[head.id]
    untaken = [one for one in waiting if one.state == "open"]
    counted = {
        "sessions_today": len(await attendance.between(db, ids, start, end)),
        "unrecorded": len(await mornings.unrecorded(db, ids, now)),
        "away": sum(duty.is_away(one, now) for one in members),
        "escalated": len(untaken),
    }
    found = [*_counts(counted), *(alert_cards.line(one) for one in untaken[:SHOWN])]
    _say(db, head, office, found, now)


def _say(db: Db, person: Person, office: Office, lines: list[Message], now: datetime) -> None:
    """On a day off only what cannot wait for the office to open; else one kind line."""
    if not lines and not _is_working_day(office, now):
        return
    message = Message(f"digest.{person.audience}.nothing")
    if lines:
        message = Message(f"digest.{person.audience}.morning", {"lines": lines})
    cause = Cause(f"{MORNING}:{person.id}:{now:%Y%m%d}", now)
    terms = Terms(Lane.PROMPT, expires_at=now + rule.GOOD_FOR)
    outbox.post(db, message, to=person, because=cause, terms=terms)


def _is_working_day(office: Office, now: datetime) -> bool:
    day = now.astimezone(ZoneInfo(office.time_zone)).date()
    return ladder.is_working_day(day, calendar.holidays_near(day).keys())
