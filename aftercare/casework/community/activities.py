"""Publishes, moves and cancels activities, and tells everybody who joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aftercare.casework import dates
from aftercare.casework.community import activity_cards, activity_reminders
from aftercare.messages import Lane, Message, Terms
from aftercare.records import activities, joinings, offices, outbox, people, timers
from aftercare.records.activities import Activity
from aftercare.records.database import Db
from aftercare.records.joinings import Joining
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.rules import activities as rule
from aftercare.rules import quiet

OVER: Final = "community.over"
USUAL_MINUTES: Final = 60
SHORTEST, LONGEST = 10, 60 * activities.LONGEST
#: Why a plan is refused, in the words of the command line; the chat has its own by the same code.
REFUSALS: Final = {
    "past": "An activity cannot start in the past.",
    "too_far": "An activity starts within the next year.",
    "length": f"An activity lasts from {SHORTEST} minutes to {LONGEST // 60} hours.",
    "capacity": f"Between 1 and {rule.MOST_PEOPLE} people can join.",
    "times": f"An activity is repeated up to {rule.MOST_WEEKS} weeks in a row.",
    "kind": "The kind is one of those in content/id/activities.yaml.",
    "name": "The name is short, hurts nobody, and names no office.",
    "place": "The place is short and hurts nobody.",
    "note": "The note is short, hurts nobody, and names no office.",
    "not_open": "This activity has begun or was cancelled.",
}


class ActivityError(ValueError):
    """The plan cannot be kept; the message says why, `code` names it for the chat."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code])
        self.code = code


@dataclass(frozen=True, slots=True)
class Plan:
    """`starts_at` is aware; `weeks` is how many weeks in a row; no capacity is no limit."""

    publisher: Person
    kind: str
    name: str
    place: str
    starts_at: datetime
    minutes: int = USUAL_MINUTES
    capacity: int | None = None
    weeks: int = 1
    note: str | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def check(plan: Plan, now: datetime) -> None:
    """Raises ActivityError with the first reason against it."""
    _check_time(plan.starts_at, now)
    refused = {
        "length": not SHORTEST <= plan.minutes <= LONGEST,
        "capacity": plan.capacity is not None and not 1 <= plan.capacity <= rule.MOST_PEOPLE,
        "times": not 1 <= plan.weeks <= rule.MOST_WEEKS,
        "kind": plan.kind not in rule.kinds(),
        "name": not plan.name.strip() or rule.objection(plan.name, rule.NAME_LIMIT),
        "place": _is_no_place(plan.place),
        "note": plan.note and rule.objection(plan.note, rule.NOTE_LIMIT),
    }
    for code, holds in refused.items():
        if holds:
            raise ActivityError(code)


def _is_no_place(place: str) -> bool:
    return not place.strip() or rule.objection(place, rule.PLACE_LIMIT) in ("long", "hurts")


def _check_time(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise ActivityError("past")
    if starts_at - now > dates.FURTHEST:
        raise ActivityError("too_far")


async def publish(db: Db, plan: Plan, now: datetime) -> list[Activity]:
    """Write it down, each week of it; who may come hears of it with the next digest.

    Raises:
        ActivityError: the plan cannot be kept; nothing was written.
    """
    check(plan, now)
    office = await offices.get(db, plan.publisher.office_id or 0)
    made = [
        Activity(
            office_id=office.id, publisher_id=plan.publisher.id, kind=plan.kind,
            name=plan.name.strip(), place=plan.place.strip(), note=plan.note, starts_at=at,
            minutes=plan.minutes, capacity=plan.capacity, state="open", version=1, made_at=now,
        )
        for at in _weeks(plan, office.time_zone)
    ]  # fmt: skip
    db.add_all(made)
    await db.flush()
    for one in made:
        one.series = made[0].id if len(made) > 1 else None
        _arm(db, one)
    return made


def _weeks(plan: Plan, time_zone: str) -> list[datetime]:
    """The same hour on the wall, however the clock changes."""
    local = plan.starts_at.astimezone(ZoneInfo(time_zone))
    return [local + timedelta(weeks=week) for week in range(plan.weeks)]


def _arm(db: Db, activity: Activity) -> None:
    timers.arm(db, timers.Timer(activity.subject, OVER, activity.ends_at))


def may_lead(activity: Activity, person: Person) -> bool:
    """Its publisher, and any officer of the office: somebody has to be able to call it off."""
    if person.audience == "officer":
        return activity.office_id == person.office_id
    return activity.publisher_id == person.id


def check_open(activity: Activity, now: datetime) -> None:
    if not activity.is_ahead(now):
        raise ActivityError("not_open")


async def move(
    db: Db, activity: Activity, starts_at: datetime, *, by: Person, now: datetime
) -> None:
    """To another time, with every reminder; everybody who joined or waits hears of it.

    Raises:
        ActivityError: the new time cannot be kept, or it is not to be held any more.
    """
    check_open(activity, now)
    _check_time(starts_at, now)
    if starts_at == activity.starts_at:
        return
    was, activity.starts_at = activity.starts_at, starts_at
    activity.version += 1
    _arm(db, activity)
    host = await people.get(db, activity.publisher_id)
    for one in await joinings.of_activities(db, [activity.id]):
        activity_reminders.arm(db, one, now)
        told = activity_cards.mine("moved", one, host, activity_cards.leave_button(one))
        values = {**told.values, "was": was}
        news = Message(told.key, values, told.buttons, None, told.labels_of)
        tell(db, news, one, now, was=was)
    values = {**activity_cards.values(activity), "was": was}
    _tell_publisher(db, activity, host, by, Message("community.host.moved", values), now)


async def cancel(db: Db, ending: Sequence[Activity], *, by: Person, now: datetime) -> None:
    """Called off: everybody who joined or waits hears of it, and nothing else comes of it."""
    for activity in ending:
        activity.state = "cancelled"
        timers.disarm(db, activity.subject, OVER)
        host = await people.get(db, activity.publisher_id)
        for one in await joinings.of_activities(db, [activity.id]):
            activity_reminders.disarm(db, one)
            terms = Terms(Lane.REPLY, _waits_until(one, activity.starts_at, now))
            _say(db, activity_cards.mine("cancelled", one, host), one, now, terms)
        told = Message("community.host.cancelled", activity_cards.values(activity))
        _tell_publisher(db, activity, host, by, told, now)


def tell(
    db: Db, message: Message, one: Joining, now: datetime, *, was: datetime | None = None
) -> None:
    """News about this activity: at once, in quiet hours as soon as they are over.

    `was` is the time for which somebody who has not heard of it would set out.
    """
    starts_at = one.activity.starts_at
    waits = _waits_until(one, min(was or starts_at, starts_at), now)
    _say(db, message, one, now, Terms(Lane.REPLY, waits, starts_at, one.about))


def _waits_until(one: Joining, begins_at: datetime, now: datetime) -> datetime | None:
    return quiet.news_waits_until(now, one.client.person.time_zone, begins_at)


def _say(db: Db, message: Message, one: Joining, now: datetime, terms: Terms) -> None:
    cause = Cause(f"{one.about}:{message.key}:{now:%Y%m%dT%H%M%S}", now)
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


def _tell_publisher(
    db: Db, activity: Activity, host: Person, by: Person, message: Message, now: datetime
) -> None:
    """Where a colleague did it, and the publisher still wants to hear of it."""
    if by.id == host.id or host.left_at is not None:
        return
    cause = Cause(f"{activity.subject}@{activity.version}:{message.key}", now)
    outbox.post(db, message, to=host, because=cause)
