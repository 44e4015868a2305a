"""Asks clients how they are at their own hour: who is asked today, and when the next one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from aftercare.casework.alerts import alerts
from aftercare.casework.alerts.alerts import Concern
from aftercare.messages import Button, Lane, Message, Terms
from aftercare.records import alerts as alert_records
from aftercare.records import check_ins, clients, consents, conversations, outbox, timers
from aftercare.records.clients import Client
from aftercare.records.conversations import ConversationRow, Opening
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.timers import Timer
from aftercare.rules import flags, months, rhythm, wellbeing
from aftercare.rules.flags import Flag, Silence
from aftercare.rules.rhythm import Change, Kind

DAILY: Final = "check_in.daily"
WEEKLY: Final = "check_in.weekly"
MONTHLY: Final = "check_in.monthly"
FLOWS: Final[Mapping[Kind, str]] = {
    "daily": "check_in_daily",
    "weekly": "check_in_weekly",
    "monthly": "check_in_monthly",
}
Begins = tuple[ConversationRow, Person]
LOOKS_BACK: Final = timedelta(days=60)
_THIS_MONTH: Final = timedelta(days=10)
_WAITS_FOR: Final = timedelta(hours=3)
_GOOD_FOR: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of the clients of one batch: the newest answer, the open questions."""

    answered: Mapping[int, date]
    unanswered: Mapping[int, list[date]]
    #: Who has answered this month's five questions, among those whom today asks again.
    months: frozenset[int]

    def ignored(self, client: Client, today: date) -> int:
        """Questions in a row without an answer, since the rhythm last changed."""
        since = max(self._last(client), _rhythm_day(client))
        return sum(since < day < today for day in self.unanswered.get(client.id, ()))

    def silence(self, client: Client, today: date) -> Silence:
        since = self._last(client)
        asked = sum(since < day < today for day in self.unanswered.get(client.id, ()))
        return Silence(since, asked)

    def knows(self, client: Client, today: date) -> bool:
        """Whether today's question was put or answered already."""
        asked = self.unanswered.get(client.id, [])
        return today in asked or self.answered.get(client.id) == today

    def _last(self, client: Client) -> date:
        """The newest answer, or the day before the client joined."""
        joined = _day(client, client.joined_at - timedelta(days=1)) if client.joined_at else None
        return max(self.answered.get(client.id, date.min), joined or date.min)


def arm_first(db: Db, client: Client, now: datetime) -> None:
    """Set all check-ins for the client's hour; also after the hour or time zone has changed."""
    arm_next(db, client, DAILY, now)
    arm_next(db, client, WEEKLY, now)
    arm_next(db, client, MONTHLY, now)


def arm_monthly(db: Db, client: Client, now: datetime) -> None:
    """For somebody who joined before there was one."""
    arm_next(db, client, MONTHLY, now)


def disarm(db: Db, client: Client) -> None:
    """No more check-ins: the programme has ended."""
    timers.disarm(db, _subject(client), DAILY, WEEKLY, MONTHLY)


def arm_next(db: Db, client: Client, kind: str, now: datetime) -> None:
    zone, hour = client.person.time_zone, client.check_in_hour
    match kind:
        case "check_in.monthly":
            joined = _joined(client, _day(client, now))
            due = months.next_at(now, hour, time_zone=zone, joined=joined)
        case "check_in.weekly":
            due = rhythm.next_weekly(now, hour, time_zone=zone)
        case _:
            due = rhythm.next_daily(now, hour, time_zone=zone, rhythm=client.rhythm)
    timers.arm(db, Timer(_subject(client), kind, due))


async def ask(db: Db, kind: Kind, due: Sequence[Timer], now: datetime) -> list[Begins]:
    """Set the next ones and queue the question for everyone who may be asked now.

    A fixed number of queries for the whole batch. Returns the conversations of those who are free,
    to begin at once; the others' begin when they are free.
    """
    ids = [timer.subject_id for timer in due]
    found = await clients.by_ids(db, ids)
    agreed = await consents.current_of(db, ids, "check_ins")
    past = await _past(db, list(found.values()), now)
    asked: list[Client] = []
    for timer in due:
        client = found.get(timer.subject_id)
        if client is None:
            continue
        if _may_be_asked(client, agreed, now) and await _is_wanted(db, client, timer, past, now):
            asked.append(client)
        arm_next(db, client, timer.kind, now)
    return await _queue(db, kind, asked, now)


async def _past(db: Db, found: Sequence[Client], now: datetime) -> Past:
    since, ids = (now - LOOKS_BACK).date(), [client.id for client in found]
    return Past(
        await check_ins.last_answered(db, ids, since=since),
        await check_ins.unanswered(db, ids, since=since),
        await _answered_this_month(db, found, now),
    )


async def _answered_this_month(db: Db, found: Sequence[Client], now: datetime) -> frozenset[int]:
    """Of those whom today would ask again; for most batches that is nobody, and no query."""
    ids = [client.id for client in found if _month_turn(client, now) == "again"]
    if not ids:
        return frozenset()
    told = await check_ins.months_of(db, ids, since=(now - _THIS_MONTH).date())
    whole = {one for one, given in told.items() if any(map(wellbeing.judge, given))}
    return frozenset(whole)


def _month_turn(client: Client, now: datetime) -> months.Turn | None:
    today = _day(client, now)
    return months.turn_on(today, _joined(client, today))


def _is_month_day(client: Client, told: frozenset[int], now: datetime) -> bool:
    """Whether today belongs to the monthly check-in: once a month, and again if unanswered."""
    turn = _month_turn(client, now)
    return turn == "first" or (turn == "again" and client.id not in told)


async def kind_today(db: Db, client: Client, now: datetime) -> Kind:
    """Which check-in today is the day of."""
    if _is_month_day(client, await _answered_this_month(db, [client], now), now):
        return "monthly"
    return rhythm.kind_of(_day(client, now))


def _may_be_asked(client: Client, agreed: set[int], now: datetime) -> bool:
    person = client.person
    is_awake = person.is_there and not person.rests(now)
    return is_awake and client.takes_part and client.id in agreed


async def _is_wanted(db: Db, client: Client, timer: Timer, past: Past, now: datetime) -> bool:
    """Silence is looked at here: who is silent gives no answer at which we could."""
    today = _day(client, now)
    if timer.kind == DAILY:
        if flag := flags.of_silence(past.silence(client, today), today):
            await raise_(db, client, flag, now)
        if change := rhythm.after_silence(client.rhythm, past.ignored(client, today)):
            turn_to(client, change, now)
            _say_fewer(db, client, timer, now)
            return False
    if timer.kind != WEEKLY and _is_month_day(client, past.months, now) != (timer.kind == MONTHLY):
        return False
    is_late = not rhythm.still_useful(timer.due_at, now, client.person.time_zone)
    return not is_late and not past.knows(client, today)


async def _queue(db: Db, kind: Kind, asked: Sequence[Client], now: datetime) -> list[Begins]:
    """Who is busy is asked later, perhaps never, and so is not noted as asked."""
    busy = await conversations.busy_of(db, [client.id for client in asked])
    days = {client.id: _day(client, now) for client in asked}
    free = {number: day for number, day in days.items() if number not in busy}
    await check_ins.ask(db, kind, free, now)
    later = [_open(client, kind, days[client.id]) for client in asked if client.id in busy]
    await conversations.queue_all(db, FLOWS[kind], later, now=now)
    return [
        (conversations.fresh(FLOWS[kind], _open(client, kind, day), now), client.person)
        for client in asked
        if (day := free.get(client.id))
    ]


def _open(client: Client, kind: Kind, day: date) -> Opening:
    return Opening(client.id, good_for=_WAITS_FOR, **opening_of(client, kind, day))


def opening_of(client: Client, kind: Kind, day: date) -> dict[str, Any]:
    """What a check-in begins with: the day it belongs to, and who will see the answers."""
    values = {"seen_by": Message(f"check_in.client.seen_by_{client.sharing_level}")}
    if kind == "monthly":
        turn = months.turn_on(day, _joined(client, day)) or "first"
        values["hello"] = Message(f"check_in.client.month_hello_{turn}")
        values["seen_by"] = Message(f"check_in.client.month_seen_by_{client.sharing_level}")
    return {"subject": f"{_subject(client)}@{day.isoformat()}", "values": values}


def turn_to(client: Client, change: Change, now: datetime) -> None:
    """Another rhythm; what came before does not count against it."""
    client.rhythm, client.rhythm_since = change.to, now


def _say_fewer(db: Db, client: Client, timer: Timer, now: datetime) -> None:
    message = Message("check_in.client.fewer", {}, ((Button("keep", "d:check_in_daily:0"),),))
    terms = Terms(Lane.PROMPT, expires_at=now + _GOOD_FOR)
    outbox.post(db, message, to=client.person, because=Cause(timer.cause, now), terms=terms)


async def raise_(db: Db, client: Client, flag: Flag, now: datetime) -> None:
    """Tell the officer, unless an alert of this kind about this client is still open."""
    if await alert_records.unclosed_about(db, client.id, flag.kind):
        return
    subject = f"{_subject(client)}@{flag.episode}"
    await alerts.open_(db, client, Concern(flag.kind, subject, flag.level, flag.because), now)


def _subject(client: Client) -> str:
    return f"client:{client.id}"


def _day(client: Client, at: datetime) -> date:
    return rhythm.local_day(at, client.person.time_zone)


def _joined(client: Client, today: date) -> date:
    """The day of joining; for who has not joined, today, so that nothing is due yet."""
    return _day(client, client.joined_at) if client.joined_at else today


def _rhythm_day(client: Client) -> date:
    return _day(client, client.rhythm_since) if client.rhythm_since else date.min
