"""Around an activity: the evening before, two hours before, and the thanks after it.

Coming is voluntary: nothing is recorded of whoever stays away, and nobody is ever told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from aftercare.casework.community import activity_cards
from aftercare.messages import Lane, Message, Terms
from aftercare.records import activities, joinings, outbox, people, timers
from aftercare.records.activities import Activity
from aftercare.records.database import Db
from aftercare.records.joinings import Joining
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from aftercare.records.timers import Timer
from aftercare.rules import reminders as rule

EVENING: Final = "community.remind_evening"
SAME_DAY: Final = "community.remind_same_day"
_KINDS: Final[Mapping[str, str]] = {rule.H1: EVENING, rule.H0: SAME_DAY}
#: "Tadi sempat ikut?" is a question of the same day.
_ASKED_FOR: Final = timedelta(hours=20)


def arm(db: Db, one: Joining, now: datetime) -> None:
    """Every reminder that still lies ahead of somebody who has a place."""
    disarm(db, one)
    if one.state != "joined":
        return
    zone = one.client.person.time_zone
    for point in rule.points(one.activity.starts_at, now=now, time_zone=zone):
        if kind := _KINDS.get(point.kind):
            timers.arm(db, Timer(one.subject, kind, point.due_at, point.expires_at))


def disarm(db: Db, one: Joining) -> None:
    timers.disarm(db, one.subject, EVENING, SAME_DAY)


async def remind(db: Db, due: list[Timer], now: datetime) -> None:
    """Many people at a time; both reminders are the same work with other words."""
    found = await joinings.by_ids(db, [timer.subject_id for timer in due])
    hosts = await people.by_ids(db, sorted({one.activity.publisher_id for one in found.values()}))
    for timer in due:
        one = found.get(timer.subject_id)
        if one is not None and one.state == "joined" and one.activity.is_ahead(now):
            message = _reminder(timer.kind, one, hosts.get(one.activity.publisher_id))
            _post(db, timer, one, message, now)


def _reminder(kind: str, one: Joining, host: Person | None) -> Message:
    leave = activity_cards.leave_button(one)
    if kind == EVENING:
        return activity_cards.mine("remind_evening", one, host, leave)
    came = activity_cards.came_button(one, "came")
    return activity_cards.mine("remind_same_day", one, host, came, leave)


def _post(db: Db, timer: Timer, one: Joining, message: Message, now: datetime) -> None:
    terms = Terms(lane=Lane.REMINDER, subject=one.about, expires_at=one.activity.starts_at)
    cause = Cause(timer.cause, now)
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)


async def close(db: Db, due: list[Timer], now: datetime) -> None:
    """At the end: one message to the publisher, one kind question to each who had a place."""
    found = await activities.by_ids(db, [timer.subject_id for timer in due])
    over = [one for one in found.values() if one.state == "open" and one.ends_at <= now]
    hosts = await people.by_ids(db, sorted({one.publisher_id for one in over}))
    everybody = await joinings.of_activities(db, [one.id for one in over])
    for activity in over:
        joined = [
            one for one in everybody if one.activity_id == activity.id and one.state == "joined"
        ]
        _tell_host(db, activity, hosts[activity.publisher_id], joined, now)
        for one in joined:
            if one.came_at is None:
                _ask(db, one, now)


def _tell_host(
    db: Db, activity: Activity, host: Person, joined: Sequence[Joining], now: datetime
) -> None:
    message = activity_cards.sheet(activity, joined)
    if not joined:
        message = Message("community.host.over_nobody", activity_cards.values(activity))
    cause = Cause(f"{activity.subject}@{activity.version}:over", now)
    outbox.post(db, message, to=host, because=cause, terms=Terms(Lane.REMINDER))


def _ask(db: Db, one: Joining, now: datetime) -> None:
    buttons = [activity_cards.came_button(one, answer) for answer in ("came", "stayed")]
    message = activity_cards.mine("over", one, None, *buttons)
    terms = Terms(Lane.PROMPT, subject=one.about, expires_at=one.activity.ends_at + _ASKED_FOR)
    cause = Cause(f"{one.about}:over", now)
    outbox.post(db, message, to=one.client.person, because=cause, terms=terms)
