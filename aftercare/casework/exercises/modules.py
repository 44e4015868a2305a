"""Coping modules (modul): started, rated before and after, and the small task of the next day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

from aftercare import content
from aftercare.casework import resting
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.exercises import plan_reviews
from aftercare.casework.progress import milestones
from aftercare.content import ModuleId
from aftercare.messages import Message
from aftercare.records import clients, conversations, module_runs, people, timers
from aftercare.records.database import Db
from aftercare.records.module_runs import ModuleRun
from aftercare.records.timers import Timer
from aftercare.rules import offers, rhythm

FOLLOW_UP: Final = "module.follow_up"
FOLLOW_UP_FLOW: Final = "module_follow_up"
_GOOD_FOR: Final = timedelta(hours=12)
FELT: Final = ("unrated", "calmer", "same", "hard")


class Module(Arguments):
    module: ModuleId


class Ratings(Arguments):
    """How it felt, 0-10, before and after."""

    module: ModuleId
    before: int | None = None
    after: int | None = None


class Task(Arguments):
    """The small step for tomorrow, by the id of its words in content."""

    run: int
    task: str | None = None


class Done(Arguments):
    done: Literal["jadi", "sebagian", "belum"] | None = None


async def start(act: Act, given: Module) -> Outcome:
    """It begins as soon as this conversation has ended."""
    conversations.queue(act.db, act.person.id, content.flow_of(given.module), now=act.now)
    return Outcome()


async def record(act: Act, given: Ratings) -> Outcome:
    run = await module_runs.add(
        act.db,
        ModuleRun(
            client_id=act.person.id,
            module=given.module,
            before=given.before,
            after=given.after,
            finished_at=act.now,
        ),
    )
    client = await clients.get(act.db, act.person.id)
    if given.after is not None:
        milestones.look_soon(act.db, client, act.now)
    if given.module == plan_reviews.MODULE:
        plan_reviews.made(act.db, client, act.now)
    times = await module_runs.times(act.db, act.person.id, given.module)
    return Outcome(offers.felt(given.before, given.after), {"run": run.id, "times": times})


async def set_task(act: Act, given: Task) -> Outcome:
    """Asked about tomorrow, at the client's own hour."""
    run = await module_runs.get(act.db, given.run)
    client = await clients.get(act.db, act.person.id)
    if run is None or run.client_id != client.id or given.task is None:
        return Outcome()
    run.task = given.task
    due = rhythm.next_day(act.now, client.check_in_hour, time_zone=act.person.time_zone)
    timers.arm(act.db, Timer(f"module_run:{run.id}", FOLLOW_UP, due))
    return Outcome()


async def record_task(act: Act, given: Done) -> Outcome:
    run = await module_runs.get(act.db, act.subject_id)
    if run is not None and run.client_id == act.person.id:
        run.task_done = given.done
    return Outcome()


async def follow_up(
    db: Db, due: Sequence[Timer], now: datetime, *, flows: Collection[str]
) -> list[int]:
    """Queue the question about yesterday's small task; returns the people whose question waits.

    Nobody is asked about an exercise that is no longer among `flows`, or while at rest: after it
    the question would come too late.
    """
    found = await module_runs.by_ids(db, [timer.subject_id for timer in due])
    who = await people.by_ids(db, [run.client_id for run in found.values()])
    asked = []
    for run in found.values():
        if content.flow_of(run.module) not in flows or resting.until(who[run.client_id], now):
            continue
        task = Message(f"module.client.task_{content.flow_of(run.module)}_{run.task}")
        values = {"task": task, "module": run.module}
        conversations.queue(
            db,
            run.client_id,
            FOLLOW_UP_FLOW,
            values=values,
            subject=f"module_run:{run.id}",
            now=now,
            good_for=_GOOD_FOR,
        )
        asked.append(run.client_id)
    return asked


ACTIONS: Final = (
    Action("start_module", start, Module),
    Action("record_module", record, Ratings, FELT, ("run", "times")),
    Action("set_task", set_task, Task),
    Action("record_task", record_task, Done),
)
