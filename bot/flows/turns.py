"""What happens to conversations: they begin, hear, are set aside, go on and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from aftercare.casework import facts
from aftercare.messages import Lane
from aftercare.records import conversations, people, timers
from aftercare.records.conversations import ConversationRow, Opening
from aftercare.records.database import Db
from aftercare.records.people import Person
from bot.flows import engine, events, playing, taps
from bot.flows.model import Ask
from bot.flows.playing import PASSED, STEP_TIMERS, Stage, Turn

#: Taken up again in this order, when somebody wants to go on.
_WAITING: Final[tuple[conversations.State, ...]] = ("aside", "paused")


async def begin(stage: Stage, turn: Turn, flow: str, **opening: Any) -> None:
    """Start this flow now, for who asked for it. `values` and `subject` may be given."""
    row = conversations.queue(turn.db, turn.person.id, flow, now=turn.now, **opening)
    await turn.db.flush()
    live = await conversations.live(turn.db, turn.person.id)
    if live is not None:
        await _set_aside(turn, live)
    await _start(stage, turn, row)


async def begin_queued(stage: Stage, db: Db, person_ids: list[int], now: datetime) -> None:
    """Let what waits begin, for everyone of these who is free (or whose flow may interrupt)."""
    waiting = await conversations.queued_of(db, person_ids)
    live = await conversations.live_of(db, list(waiting))
    who = await people.by_ids(db, list(waiting))
    for person_id, rows in waiting.items():
        lane = Lane.PROMPT
        turn = Turn(db, who[person_id], now, f"conversation:{rows[0].id}:begin", lane)
        await _begin_first(stage, turn, rows, live.get(person_id))


async def begin_all(
    stage: Stage, db: Db, flow: str, openings: Sequence[Opening], now: datetime
) -> None:
    """Let many people begin this flow: those who are free at once, the others when they are."""
    ids = [one.person_id for one in openings]
    busy, who = await conversations.busy_of(db, ids), await people.by_ids(db, ids)
    free: dict[int, Opening] = {}
    for one in openings:
        if one.person_id not in busy:
            free.setdefault(one.person_id, one)
    later = [one for one in openings if free.get(one.person_id) is not one]
    await conversations.queue_all(db, flow, later, now=now)
    fresh = [(conversations.fresh(flow, one, now), who[one.person_id]) for one in free.values()]
    await begin_fresh(stage, db, fresh, now)


async def begin_fresh(
    stage: Stage, db: Db, fresh: Sequence[tuple[ConversationRow, Person]], now: datetime
) -> None:
    """Let these begin for people who are known to be free: no query for each, one insert for all.

    A conversation that does not open with a question is written first: its actions may look for it.
    """
    for row, person in fresh:
        if not _opens_with_a_question(stage, row):
            db.add(row)
        turn = Turn(db, person, now, f"conversation:{row.id}:begin", Lane.PROMPT)
        await _start(stage, turn, row)
    await conversations.insert_all(db, [row for row, _ in fresh if row not in db])


def _opens_with_a_question(stage: Stage, row: ConversationRow) -> bool:
    flow = stage.flows[row.flow]
    return isinstance(flow.steps.get(flow.first), Ask)


async def _begin_first(
    stage: Stage, turn: Turn, rows: list[ConversationRow], live: ConversationRow | None
) -> None:
    for row in _still_good(stage, turn, rows):
        match (live, stage.flows[row.flow].on_busy):
            case (None, _):
                await _start(stage, turn, row)
                return
            case (ConversationRow() as busy, "interrupt"):
                await _set_aside(turn, busy)
                await _start(stage, turn, row)
                return
            case (_, "skip"):
                playing.end(turn, row, "skipped")


def _still_good(
    stage: Stage, turn: Turn, rows: Iterable[ConversationRow]
) -> Iterator[ConversationRow]:
    for row in rows:
        if row.flow not in stage.flows:
            playing.end(turn, row, "gone")
        elif row.expires_at <= turn.now:
            playing.end(turn, row, "expired")
        else:
            yield row


async def _set_aside(
    turn: Turn, live: ConversationRow, state: Literal["aside", "paused"] = "aside"
) -> None:
    """`aside`: it goes on when the one that interrupts it has ended. `paused`: at a word."""
    live.state = state
    timers.disarm(turn.db, live.about, *STEP_TIMERS)
    await turn.db.flush()


async def _start(stage: Stage, turn: Turn, row: ConversationRow) -> None:
    row.state, row.started_at = "live", turn.now
    row.expires_at = turn.now + stage.flows[row.flow].expires
    timers.take_back(turn.db, f"person:{turn.person.id}", conversations.BEGIN)
    await _go_on(stage, turn, row, events.Start())


async def answer(stage: Stage, turn: Turn, tap: taps.Tap) -> None:
    """A button of a conversation was tapped; a forged, foreign or old one changes nothing."""
    row = await conversations.get(turn.db, tap.conversation)
    live = await conversations.live(turn.db, turn.person.id)
    if row is None or row.person_id != turn.person.id or row is not live:
        await say_passed(stage, turn, live)
        return
    await hear(stage, turn, row, events.Answer(tap.choice, tap.revision))


async def say_passed(stage: Stage, turn: Turn, live: ConversationRow | None) -> None:
    """ "That question has passed", and the current one again where there is one."""
    turn.say(PASSED)
    if live is not None:
        await hear(stage, turn, live, events.Again())


async def hear(
    stage: Stage, turn: Turn, row: ConversationRow, event: events.Event, *, alone: bool = False
) -> None:
    """One event for a live conversation; a flow that no longer exists ends politely.

    `alone`: the person is known to have no other conversation, so none is looked for at its end.
    """
    if row.flow not in stage.flows:
        playing.end(turn, row, "gone")
        return
    await _go_on(stage, turn, row, event, alone=alone)


def hears(stage: Stage, row: ConversationRow) -> bool:
    """Whether typed words are for the open question of this conversation."""
    flow = stage.flows.get(row.flow)
    return flow is not None and engine.hears(flow, playing.conversation_of(row))


async def would_take(stage: Stage, turn: Turn, row: ConversationRow, text: str) -> bool:
    """Whether these words would answer its open question."""
    flow = stage.flows.get(row.flow)
    if flow is None:
        return False
    known = await facts.of(turn.db, turn.person, turn.now) if flow.facts else {}
    return engine.would_take(flow, playing.conversation_of(row), text, known)


async def pause(turn: Turn) -> bool:
    """Set the live conversation aside until the person comes back to it."""
    live = await conversations.live(turn.db, turn.person.id)
    if live is not None:
        await _set_aside(turn, live, "paused")
    return live is not None


async def resume(stage: Stage, turn: Turn) -> bool:
    """Ask the current question again, taking up a paused conversation where none is live."""
    row = await conversations.live(turn.db, turn.person.id)
    for state in _WAITING:
        row = row or await conversations.newest(turn.db, turn.person.id, state)
    if row is None or row.expires_at <= turn.now:
        return False
    row.state = "live"
    await hear(stage, turn, row, events.Again())
    return True


async def ask_again(stage: Stage, turn: Turn) -> bool:
    """The open question once more; what the person set aside stays aside."""
    live = await conversations.live(turn.db, turn.person.id)
    if live is not None:
        await hear(stage, turn, live, events.Again())
    return live is not None


async def stop(stage: Stage, turn: Turn) -> None:
    """End the live conversation because the person leaves it."""
    live = await conversations.live(turn.db, turn.person.id)
    if live is not None:
        await hear(stage, turn, live, events.Stop())


async def _go_on(
    stage: Stage, turn: Turn, row: ConversationRow, event: events.Event, *, alone: bool = False
) -> None:
    """Play it; when it is over, what was interrupted or what waits is taken up."""
    await playing.play(stage, turn, row, event)
    if row.outcome is None or alone:
        return
    await turn.db.flush()
    interrupted = await conversations.newest(turn.db, turn.person.id, "aside")
    waiting = await conversations.queued_of(turn.db, [turn.person.id])
    if interrupted is not None and row.outcome != "stopped":
        await resume(stage, turn)
    elif waiting and row.outcome == "finished":
        await _begin_first(stage, turn, waiting[turn.person.id], None)
    elif waiting:
        begin_soon = timers.Timer(f"person:{turn.person.id}", conversations.BEGIN, turn.now)
        timers.arm(turn.db, begin_soon)
