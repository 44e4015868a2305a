"""Conversations that the clock moves: beginnings, nudges, time-outs, waits and their end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aftercare.casework.danger import crises
from aftercare.messages import Lane
from aftercare.records import conversations, people
from aftercare.records.conversations import ConversationRow
from aftercare.records.database import Db
from aftercare.records.timers import Timer
from bot.flows import events, turns
from bot.flows.playing import Stage, Turn
from scheduler.ticks import Job


def begin(stage: Stage) -> Job:
    """Whoever is free begins what waits."""

    async def job(db: Db, due: list[Timer], now: datetime) -> None:
        await turns.begin_queued(stage, db, [timer.subject_id for timer in due], now)

    return job


def _lane(row: ConversationRow, lane: Lane) -> Lane:
    """What danger has begun goes on in its own lane: no quiet, pause or night holds it back."""
    return Lane.URGENT if row.flow == crises.CHECK else lane


def move(
    stage: Stage,
    event: Callable[[int], events.Event],
    *,
    also_paused: bool = False,
    lane: Lane = Lane.PROMPT,
) -> Job:
    """The clock's event for each conversation that is still live."""
    states = {"live", "aside", "paused"} if also_paused else {"live"}

    async def job(db: Db, due: list[Timer], now: datetime) -> None:
        found = await conversations.by_ids(db, [timer.subject_id for timer in due])
        ids = [row.person_id for row in found.values()]
        who, more = await people.by_ids(db, ids), await conversations.who_have_more(db, ids)
        for timer in due:
            row = found.get(timer.subject_id)
            if row is not None and row.state in states:
                turn = Turn(db, who[row.person_id], now, timer.cause, _lane(row, lane))
                happens = event(timer.payload.get("revision", 0))
                await turns.hear(stage, turn, row, happens, alone=row.person_id not in more)

    return job
