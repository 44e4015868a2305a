"""Keeps the answers of a check-in, raises what a human must hear, and finds kind words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.alerts import calls
from aftercare.casework.check_ins import check_ins as work
from aftercare.messages import Message
from aftercare.records import check_ins, clients
from aftercare.records.check_ins import CheckIn
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.rules import flags, offers, rhythm, streaks
from aftercare.rules.flags import Week
from aftercare.rules.offers import Strain
from aftercare.rules.rhythm import Change, Day

LOOKS_BACK: Final = timedelta(days=35)


class Answers(Arguments):
    """The items of either kind; what was not answered is absent."""

    kind: Literal["daily", "weekly"]
    mood: int | None = None
    urge: int | None = None
    help: Literal["ya", "tidak", "telepon"] | None = None
    sleep: int | None = None
    confidence: int | None = None
    places: int | None = None
    family: int | None = None
    activity: int | None = None
    support: int | None = None


class WantedRhythm(Arguments):
    """What the client chose."""

    rhythm: rhythm.Rhythm


async def record(act: Act, given: Answers) -> Outcome:
    """Called after each part of a check-in: the urge reaches a human before the last tap."""
    items = given.model_dump(exclude={"kind"}, exclude_none=True)
    if not items:  # thousands that nobody answered come to their end in the same minute
        return _outcome("calm", [], None)
    client, day = await clients.get(act.db, act.person.id), day_of(act)
    row = await check_ins.answer(act.db, client.id, given.kind, day=day, items=items, now=act.now)
    if given.kind == "weekly":
        return await _after_week(act, client, day)
    return await _after_day(act, client, row, given)


def day_of(act: Act) -> date:
    """The day the question belongs to, though it may be answered after midnight."""
    _, _, asked_on = (act.subject or "").partition("@")
    return date.fromisoformat(asked_on) if asked_on else _today(act)


def _today(act: Act) -> date:
    return rhythm.local_day(act.now, act.person.time_zone)


async def _after_day(act: Act, client: Client, row: CheckIn, given: Answers) -> Outcome:
    days = await _days(act.db, client.id, until=row.on_day)
    raised = flags.of_days(days, client.sharing_level)
    for flag in raised:
        await work.raise_(act.db, client, flag, act.now)
    if given.help == "telepon":
        await calls.ask(act.db, client, act.now)
    change = _change(act, client, days, is_whole=given.help is not None)
    lines = [await _praise(act.db, client.id, days)]
    if _came_back(client, row):
        lines.append(Message("check_in.client.daily_again"))
    calm = "fewer" if change and change.because == "stable" else "calm"
    return _outcome(calm, lines, offers.after_day(given.mood, given.urge))


async def _after_week(act: Act, client: Client, day: date) -> Outcome:
    rows = await check_ins.of_client(act.db, client.id, "weekly", since=day - LOOKS_BACK)
    weeks = [Week(row.on_day, row.items) for row in rows if row.answered_at]
    for flag in flags.of_weeks(weeks, client.sharing_level):
        await work.raise_(act.db, client, flag, act.now)
    steps = await check_ins.days_answered(act.db, client.id)
    praise = Message("check_in.client.praise_week", {"steps": steps})
    return _outcome("calm", [praise], offers.after_week(weeks[-1].items if weeks else {}))


async def _days(db: Db, client_id: int, *, until: date) -> list[Day]:
    rows = await check_ins.of_client(db, client_id, "daily", since=until - LOOKS_BACK)
    return [as_day(row) for row in rows if row.on_day <= until]


def as_day(row: CheckIn) -> Day:
    return Day(row.on_day, row.items.get("mood"), row.items.get("urge"))


def _change(act: Act, client: Client, days: Sequence[Day], *, is_whole: bool) -> Change | None:
    """A rising urge counts at once; rarer questions are only for who is there to hear of them."""
    since = client.rhythm_since and rhythm.local_day(client.rhythm_since, act.person.time_zone)
    counted = [day for day in days if since is None or day.on >= since]
    change = rhythm.after_answer(client.rhythm, counted)
    if change is None or not (is_whole or change.because == "rising"):
        return None
    _turn(act.db, client, change, act.now)
    return change


def _came_back(client: Client, row: CheckIn) -> bool:
    """Whether this very check-in brought the daily question back, at its first part or now."""
    rises = row.items.get("urge", 0) >= rhythm.RISING_URGE
    since = client.rhythm_since
    return rises and client.rhythm == "daily" and since is not None and since >= row.asked_at


def _turn(db: Db, client: Client, change: Change, now: datetime) -> None:
    work.turn_to(client, change, now)
    work.arm_next(db, client, work.DAILY, now)


async def _praise(db: Db, client_id: int, days: Sequence[Day]) -> Message:
    found = streaks.praise(days, await check_ins.days_answered(db, client_id))
    values = {
        "steps": found.steps,
        "row": found.in_a_row,
        "before": found.before,
        "now": found.now,
    }
    return Message(f"check_in.client.praise_{found.moment}", values)


def _outcome(calm: str, lines: list[Message], strain: Strain | None) -> Outcome:
    values = {"praise": lines, "needs": list(strain.because) if strain else []}
    if strain is None:
        return Outcome(calm, values)
    return Outcome("urgent" if strain.urgent else "offer", values)


async def set_rhythm(act: Act, given: WantedRhythm) -> Outcome:
    client = await clients.get(act.db, act.person.id)
    keep_rhythm(act.db, client, given.rhythm, act.now)
    return Outcome()


def keep_rhythm(db: Db, client: Client, wanted: rhythm.Rhythm, now: datetime) -> None:
    """The client's own wish: the fatigue rule counts anew from here."""
    _turn(db, client, Change(wanted, "wished"), now)


async def ask_for_contact(act: Act, _given: Arguments) -> Outcome:
    """The officer hears that this client would like to be called; at every sharing level."""
    client = await clients.get(act.db, act.person.id)
    await calls.ask(act.db, client, act.now)
    return Outcome()


OUTCOMES: Final = ("calm", "fewer", "offer", "urgent")
VALUES: Final = ("praise", "needs")
ACTIONS: Final = (
    Action("record_check_in", record, Answers, OUTCOMES, VALUES),
    Action("set_rhythm", set_rhythm, WantedRhythm),
    Action("ask_for_contact", ask_for_contact),
)
