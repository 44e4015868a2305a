"""One table: which timer is whose job, and which tick runs how often, and why."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from aftercare.casework.alerts import alerts as alert_work
from aftercare.casework.attendance import attendance_sheets
from aftercare.casework.check_ins import check_ins as check_in_work
from aftercare.casework.danger import crises as crisis_work
from aftercare.casework.exercises import modules as module_work
from aftercare.casework.exercises import plan_reviews
from aftercare.casework.family import (
    client_prompts,
    family_coming,
    family_programmes,
    prompts,
    relative_prompts,
)
from aftercare.casework.family import family_sessions as family_session_work
from aftercare.casework.progress import milestones
from aftercare.casework.rights import erasing, retention
from aftercare.casework.sessions import unanswered_changes
from aftercare.casework.staff import digests as digest_work
from aftercare.casework.staff import officer_messages as officer_message_work
from aftercare.casework.staff import unread_messages
from aftercare.casework.work import applications as application_work
from aftercare.casework.work import work_search
from aftercare.clock import Clock
from aftercare.messages import Lane
from aftercare.records import conversations as conversation_records
from aftercare.records import inbox
from aftercare.records.database import Database
from bot.flows import events, playing
from bot.flows.playing import Stage
from scheduler.jobs import (
    alerts,
    attendance,
    check_ins,
    community,
    conversations,
    crises,
    digests,
    family_sessions,
    modules,
    opportunities,
    plans,
    privacy,
    sessions,
)
from scheduler.ticks import Job, Ticks, one_by_one


def jobs(stage: Stage) -> dict[str, Job]:
    """Every kind of timer that may be armed."""
    return {
        conversation_records.BEGIN: conversations.begin(stage),
        "conversation.nudge": conversations.move(stage, events.Nudge),
        "conversation.timeout": conversations.move(stage, events.Timeout),
        # A round of an exercise belongs to what the person began: quiet hours do not stop it.
        "conversation.wait": conversations.move(stage, events.Waited, lane=Lane.REPLY),
        playing.EXPIRE: conversations.move(stage, lambda _: events.Expire(), also_paused=True),
        check_in_work.DAILY: check_ins.ask(stage, "daily"),
        check_in_work.WEEKLY: check_ins.ask(stage, "weekly"),
        check_in_work.MONTHLY: check_ins.ask(stage, "monthly"),
        milestones.LOOK: milestones.look,
        plan_reviews.REVIEW: plans.look(stage),
        module_work.FOLLOW_UP: modules.follow_up(stage),
        work_search.NEWS: opportunities.tell_news,
        application_work.ASK: opportunities.ask(stage),
        attendance_sheets.CODE: attendance.show_code,
        attendance_sheets.ASK: attendance.ask,
        attendance_sheets.STILL_UNRECORDED: attendance.remind,
        **sessions.JOBS,
        **community.JOBS,
        erasing.FORGET_ADDRESS: one_by_one(privacy.forget_address),
        retention.SWEEP: retention.sweep,
        digest_work.MORNING: digests.send,
        unanswered_changes.UNANSWERED: unanswered_changes.alarm,
        officer_message_work.FORWARD: unread_messages.forward,
        **{f"{officer_message_work.MISSED}_{n}": unread_messages.tell for n in (1, 2)},
        officer_message_work.FORGET: unread_messages.forget,
        family_programmes.CLIENT: client_prompts.send,
        family_programmes.RELATIVE: relative_prompts.send,
        family_programmes.FOLLOW_UP: prompts.follow_up,
        family_session_work.EVE: family_coming.on_the_eve,
        family_session_work.AFTER: family_sessions.ask(stage),
        alert_work.ESCALATE: one_by_one(alerts.escalate),
        **{f"{crisis_work.NOBODY_YET}_{n}": one_by_one(crises.say_nobody_yet) for n in (1, 2)},
        **{f"{crisis_work.FOLLOW_UP}_{n}": one_by_one(crises.follow_up) for n in (1, 2)},
    }


@dataclass(frozen=True, slots=True)
class Tick:
    """`every` is in seconds."""

    name: str
    every: int
    why: str
    run: Callable[[], Awaitable[Any]]


def ticks(due: Ticks, database: Database, clock: Clock) -> list[Tick]:
    async def forget() -> None:
        async with database.transaction() as db:
            await inbox.forget(db, clock.now())

    async def keep_no_longer() -> None:
        async with database.transaction() as db:
            await retention.arm(db, clock.now())

    return [
        Tick("timers", 1, "a breathing round is ten seconds long", due.tick),
        Tick("inbox", 3600, "a handled update is remembered for three days", forget),
        Tick("retention", 3600, "what was kept long enough goes every night", keep_no_longer),
    ]


#: What is late still runs, once, and never beside itself.
_POLICY: Final = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


def scheduler(table: list[Tick]) -> AsyncIOScheduler:
    """APScheduler with these ticks in memory: no job a client, nothing to lose."""
    made = AsyncIOScheduler(timezone="UTC", job_defaults=_POLICY)
    for tick in table:
        made.add_job(tick.run, "interval", seconds=tick.every, id=tick.name, name=tick.why)
    return made
