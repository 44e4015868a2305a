"""Coping modules (modul): started, rated before and after, and the small task of the next day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.content import ModuleId
from aftercare.messages import Message
from aftercare.records import clients, conversations, module_runs, timers
from aftercare.records.database import Db
from aftercare.records.module_runs import Artefact, ModuleRun
from aftercare.records.timers import Timer
from aftercare.rules import offers, rhythm

FOLLOW_UP: Final = "module.follow_up"
FOLLOW_UP_FLOW: Final = "module_follow_up"
_GOOD_FOR: Final = timedelta(hours=12)
FELT: Final = ("unrated", "calmer", "same", "hard")


#: What a module may leave in a client's hands; later flows, the plan and the crisis card use it.
ArtefactKind: TypeAlias = Literal[
    "anchor",
    "barrier",
    "coping",
    "goal",
    "note",
    "place",
    "plan",
    "promise",
    "reason",
    "safe_person",
    "sentence",
    "skill",
    "strength",
    "trigger",
    "value",
    "warning_sign",
]


class Module(Arguments):
    module: ModuleId


class Ratings(Arguments):
    """How it felt, 0-10, before and after."""

    module: ModuleId
    before: int | None = None
    after: int | None = None


class Kept(Arguments):
    """Something the client owns. No words means that the client kept nothing.

    A list that took several questions (four parts of a day) is kept as one.
    """

    kind: ArtefactKind
    module: str
    words: str | None = None
    second: str | None = None
    third: str | None = None
    fourth: str | None = None

    @property
    def together(self) -> str:
        return ", ".join(one for one in (self.words, self.second, self.third, self.fourth) if one)


class Wanted(Arguments):
    """The newest of its kind, or the newest that this module left."""

    kind: ArtefactKind
    module: str | None = None


#: What the plans for hard hours are made of; several of a kind stand together, newest first.
_FOR_HARD_HOURS: Final[tuple[ArtefactKind, ...]] = (
    "warning_sign",
    "trigger",
    "coping",
    "place",
    "safe_person",
    "reason",
)
_SHOWN: Final = 2


class Task(Arguments):
    """The small step for tomorrow, by the id of its words in content."""

    run: int
    task: str | None = None


class Done(Arguments):
    done: Literal["jadi", "sebagian", "belum"] | None = None


def flow_of(module: str) -> str:
    """A module's flow has its id for a name."""
    return module.lower()


async def start(act: Act, given: Module) -> Outcome:
    """It begins as soon as this conversation has ended."""
    conversations.queue(act.db, act.person.id, flow_of(given.module), now=act.now)
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
    times = await module_runs.times(act.db, act.person.id, given.module)
    return Outcome(offers.felt(given.before, given.after), {"run": run.id, "times": times})


async def keep(act: Act, given: Kept) -> Outcome:
    """Kept once: who says the same again means the same, and means it now."""
    words = given.together
    if not words:
        return Outcome()
    for known in await module_runs.artefacts(act.db, act.person.id, given.kind):
        if known.words.casefold() == words.casefold():
            known.removed_at = act.now
    artefact = Artefact(
        client_id=act.person.id,
        kind=given.kind,
        words=words,
        module=given.module,
        made_at=act.now,
    )
    module_runs.keep(act.db, artefact)
    return Outcome()


async def recall(act: Act, given: Wanted) -> Outcome:
    """What the client kept before, in his or her own words."""
    found = await module_runs.newest_artefact(act.db, act.person.id, given.kind, given.module)
    return Outcome("found" if found else "none", {"kept": found.words if found else ""})


async def let_go(act: Act, given: Wanted) -> Outcome:
    """The client wants these words gone, and then they are."""
    await module_runs.forget(act.db, act.person.id, given.kind, given.module)
    return Outcome()


async def recall_plan(act: Act, _given: Arguments) -> Outcome:
    """All that the client kept for hard hours, each kind under its own name."""
    kept: dict[str, list[str]] = {kind: [] for kind in _FOR_HARD_HOURS}
    for one in reversed(await module_runs.artefacts(act.db, act.person.id)):
        if one.kind in kept:
            kept[one.kind].append(one.words)
    return Outcome(None, {kind: ", ".join(words[:_SHOWN]) or None for kind, words in kept.items()})


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

    Nobody is asked about an exercise that is no longer among `flows`.
    """
    found = await module_runs.by_ids(db, [timer.subject_id for timer in due])
    asked = []
    for run in found.values():
        if flow_of(run.module) not in flows:
            continue
        task = Message(f"module.client.task_{flow_of(run.module)}_{run.task}")
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
    Action("keep_artefact", keep, Kept),
    Action("recall", recall, Wanted, ("found", "none"), ("kept",)),
    Action("let_go", let_go, Wanted),
    Action("recall_plan", recall_plan, values=_FOR_HARD_HOURS),
    Action("set_task", set_task, Task),
    Action("record_task", record_task, Done),
)
