"""What staff may see of a client: attendance always, the rest as far as the client shares it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from aftercare.casework.alerts import duty
from aftercare.casework.check_ins import monthly_check_ins
from aftercare.casework.check_ins.monthly_check_ins import Look
from aftercare.casework.work import applications
from aftercare.messages import Message
from aftercare.records import attendance, audit, check_ins, clients, sessions, staff
from aftercare.records.check_ins import CheckIn
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.people import Person
from aftercare.rules import absences, flags
from aftercare.rules.flags import Week
from aftercare.rules.rhythm import Day

#: Sharing levels after the domain page on law and practice, 9.3.
SHARES_ENGAGEMENT: Final = 1
SHARES_COLOURS: Final = 2
SHARES_ANSWERS: Final = 3
_LAST: Final = 5
_LOOKS_BACK: Final = timedelta(days=14)
#: A month that nobody answered leaves the one before it to be seen.
_MONTH_HOLDS: Final = timedelta(days=70)
_ITEMS: Final = ("sleep", "mood", "urge", "confidence", "places", "family", "activity", "support")


@dataclass(frozen=True, slots=True)
class Line:
    """One client of a caseload with the one thing worth knowing first."""

    client: Client
    status: Message


async def of(db: Db, person: Person, now: datetime) -> list[Client]:
    """Own clients, then those of colleagues who are away and whom this person stands in for."""
    away = await staff.away_covered_by(db, [person.id], now)
    found = await clients.of_officer(db, person.id)
    for one in away:
        found += await clients.of_officer(db, one.id)
    return found


async def lines(db: Db, shown: Sequence[Client], now: datetime) -> list[Line]:
    ids = [client.id for client in shown]
    histories = await attendance.histories(db, ids)
    ahead = await sessions.of_clients(db, ids, now, now + timedelta(days=60))
    soonest = {one.client_id: one.session.starts_at for one in reversed(ahead)}
    return [
        Line(client, _status(client, histories[client.id], soonest.get(client.id)))
        for client in shown
    ]


def _status(
    client: Client, history: list[tuple[int, str | None]], next_at: datetime | None
) -> Message:
    """The most pressing first: out of reach, missed lately, not yet joined, the next session."""
    missed = absences.streak([outcome for _, outcome in history])
    if client.person.unreachable_since is not None:
        return Message("officer.staff.status_unreachable")
    if missed:
        return Message("officer.staff.status_missed", {"count": missed})
    if client.joined_at is None:
        return Message("officer.staff.status_not_joined")
    if next_at is not None:
        return Message("officer.staff.status_next", {"at": next_at})
    return Message("officer.staff.status_no_session")


async def may_see(db: Db, client: Client, person: Person) -> bool:
    """The assigned officer, the one who covers, and the head of the office."""
    if person.audience not in ("officer", "head"):
        return False
    return (await duty.roster(db, client.officer_id)).has(person)


async def card(db: Db, client: Client, reader: Person, now: datetime) -> Message:
    """What this reader may see of the client; that it was read is written down.

    Attendance is for everyone who may see the client. Beyond it only the assigned officer reads,
    and only as much as the client has chosen to share.
    """
    audit.note(db, client.id, by_id=reader.id, what="client_card", now=now)
    shown = await _attendance(db, client, now)
    if reader.id == client.officer_id:
        shown += await _shared(db, client, now)
        if client.sharing_level >= SHARES_ANSWERS:
            audit.note(db, client.id, by_id=reader.id, what="weekly_answers", now=now)
    values = {"client": client.person.name, "code": client.code, "lines": shown}
    return Message("officer.staff.client_card", values)


async def _attendance(db: Db, client: Client, now: datetime) -> list[Message]:
    past = await sessions.past_of_client(db, client.id, before=now)
    found = [
        Message(
            f"officer.staff.was_{one.attendance or 'not_recorded'}",
            {"starts_at": one.session.starts_at},
        )
        for one in past[-_LAST:]
    ]
    (line,) = await lines(db, [client], now)
    return [line.status, *found]


async def _shared(db: Db, client: Client, now: datetime) -> list[Message]:
    today = now.astimezone(ZoneInfo(client.person.time_zone)).date()
    level, since = client.sharing_level, today - _LOOKS_BACK
    if level < SHARES_ENGAGEMENT:
        return [Message("officer.staff.shares_nothing")]
    daily = await check_ins.of_client(db, client.id, "daily", since=since)
    weekly = await check_ins.of_client(db, client.id, "weekly", since=since - _LOOKS_BACK)
    monthly = await check_ins.of_client(db, client.id, "monthly", since=since)
    asked = (*daily, *weekly, *monthly)
    active = {one.on_day for one in asked if one.answered_at and one.on_day >= since}
    found = [Message("officer.staff.engagement", {"days": len(active)})]
    if counted := await applications.counted(db, client.id):
        found.append(counted)
    if level >= SHARES_COLOURS:
        found.append(Message(f"officer.staff.colour_{_colour(daily, weekly, level)}"))
    if level >= SHARES_ANSWERS:
        found += _answers(weekly)
    return [*found, *_month(await _months(db, client, today), level)]


def _colour(daily: Sequence[CheckIn], weekly: Sequence[CheckIn], level: int) -> str:
    """Grey while nothing was answered, amber while a rule holds, green otherwise."""
    days = [Day(one.on_day, one.items.get("mood"), one.items.get("urge")) for one in daily]
    weeks = [Week(one.on_day, one.items) for one in weekly if one.answered_at]
    if not weeks and not any(day.answered for day in days):
        return "grey"
    raised = (*flags.of_days(days, level), *flags.of_weeks(weeks, level))
    return "amber" if raised else "green"


async def _months(db: Db, client: Client, today: date) -> list[Look]:
    since = today - _MONTH_HOLDS
    return await monthly_check_ins.looks(db, client.id, since=since)


def _month(found: Sequence[Look], level: int) -> list[Message]:
    """The newest month: its colour, or its score to whom answers are shared; never an item."""
    if not found or level < SHARES_COLOURS:
        return []
    newest = found[-1]
    if level < SHARES_ANSWERS:
        colour = "green" if newest.found.level == "good" else "amber"
        return [Message(f"officer.staff.month_{colour}", {"on": newest.on})]
    values = {"on": newest.on, "score": newest.found.score}
    if len(found) < 2:
        return [Message("officer.staff.month_score", values)]
    return [Message("officer.staff.month_scores", {**values, "before": found[-2].found.score})]


def _answers(weekly: Sequence[CheckIn]) -> list[Message]:
    answered = [one for one in weekly if one.answered_at and one.items]
    if not answered:
        return [Message("officer.staff.no_week_yet")]
    newest = answered[-1]
    values: dict[str, Any] = {name: newest.items.get(name, "–") for name in _ITEMS}
    return [Message("officer.staff.week", {**values, "on": newest.on_day})]
