"""A client chose another time zone or hour: whatever waits for the old one is set anew, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from aftercare.casework.check_ins import check_ins
from aftercare.casework.community import activity_news, activity_reminders
from aftercare.casework.exercises import modules, plan_reviews
from aftercare.casework.family import family_programmes, family_sessions
from aftercare.casework.progress import milestones
from aftercare.casework.work import applications, work_search
from aftercare.records import applications as application_records
from aftercare.records import consents, joinings, module_runs, prompts, sessions, timers
from aftercare.records.clients import Client
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from aftercare.rules import own_hours as rule
from aftercare.rules import reminders
from aftercare.rules.own_hours import Clock

#: At the hour that the client chose, or some minutes after it.
_BY_THE_HOUR: Final = frozenset({plan_reviews.REVIEW, modules.FOLLOW_UP, applications.ASK})
#: At an hour of ours, by the client's own wall. Two hours before a start is no hour of a wall.
_BY_THE_WALL: Final = frozenset(
    {milestones.LOOK, activity_news.NEWS, work_search.NEWS}
    | {family_programmes.CLIENT, family_programmes.FOLLOW_UP, family_sessions.EVE}
    | {reminders.H4, reminders.H1, activity_reminders.EVENING}
)


def clock_of(client: Client) -> Clock:
    return Clock(client.person.time_zone, client.check_in_hour)


async def follow(db: Db, client: Client, before: Clock, now: datetime) -> None:
    """Set anew what was set by the clock that this client had before."""
    given = await consents.current(db, client.id)
    if client.joined_at and client.person.left_at is None and given.get("check_ins"):
        check_ins.arm_first(db, client, now)
    after = clock_of(client)
    for timer in await timers.of_subjects(db, await _subjects(db, client, now)):
        if timer.kind in _BY_THE_HOUR | _BY_THE_WALL and timer.due_at > now:
            _move(db, timer, before, after, now)


def _move(db: Db, timer: Timer, before: Clock, after: Clock, now: datetime) -> None:
    """What has an end (a reminder) comes at once where its new hour has passed already."""
    by_hour = timer.kind in _BY_THE_HOUR
    due = rule.moved(timer.due_at, before, after, follows_the_hour=by_hour)
    due = max(due, now) if timer.expires_at else rule.first_ahead(due, now)
    timers.arm(db, replace(timer, due_at=due))


async def _subjects(db: Db, client: Client, now: datetime) -> list[str]:
    """Everything of this client's that such a timer may be set for."""
    newest = await prompts.newest_of(db, [client.id])
    return [
        f"client:{client.id}",
        f"person:{client.id}",
        *(one.subject for one in newest.values()),
        *(one.subject for one in await sessions.of_client(db, client.id, after=now)),
        *(one.subject for one in await joinings.ahead_of(db, client.id, now)),
        *(one.about for one in await application_records.of_client(db, client.id)),
        *(f"module_run:{one.id}" for one in await module_runs.of_client(db, client.id)),
    ]
