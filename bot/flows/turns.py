"""Connects the pure engine to the records: loads a conversation, advances it, keeps the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from aftercare import messages
from aftercare.casework import facts
from aftercare.casework.actions import Act, Action
from aftercare.messages import Button, Lane, Media, Message, Rows, Terms
from aftercare.records import conversations, outbox, people, timers
from aftercare.records.conversations import ConversationRow
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from bot.flows import effects, engine, events, taps, texts
from bot.flows.model import Ask, Conversation, Flow

STEP_TIMERS: Final = ("conversation.nudge", "conversation.timeout", "conversation.wait")
EXPIRE: Final = "conversation.expire"
PASSED: Final = Message("answer.anyone.passed")


@dataclass(frozen=True, slots=True)
class Stage:
    """The flows that can be played, and the actions that they may call."""

    flows: Mapping[str, Flow]
    actions: Mapping[str, Action]


@dataclass(slots=True)
class Turn:
    """One event for one person, and the reason for everything said because of it.

    `lane` is REPLY where the person spoke, REMINDER or PROMPT where the clock did.
    """

    db: Db
    person: Person
    now: datetime
    cause: str
    lane: Lane = Lane.REPLY
    tapped: int | None = None
    _said: int = field(default=0)

    def because(self) -> Cause:
        """A fresh cause for each message of this turn."""
        self._said += 1
        return Cause(f"{self.cause}#{self._said}", self.now)

    def say(self, message: Message, terms: Terms | None = None) -> None:
        outbox.post(
            self.db,
            message,
            to=self.person,
            because=self.because(),
            terms=terms or Terms(self.lane),
        )


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


async def begin_fresh(
    stage: Stage, db: Db, fresh: Iterable[tuple[ConversationRow, Person]], now: datetime
) -> None:
    """Let these begin, just queued for people who are known to be free: no query for each."""
    for row, person in fresh:
        turn = Turn(db, person, now, f"conversation:{row.id}:begin", Lane.PROMPT)
        await _start(stage, turn, row)


async def _begin_first(
    stage: Stage, turn: Turn, rows: list[ConversationRow], live: ConversationRow | None
) -> None:
    for row in _still_good(stage, rows, turn.now):
        match (live, stage.flows[row.flow].on_busy):
            case (None, _):
                await _start(stage, turn, row)
                return
            case (ConversationRow() as busy, "interrupt"):
                await _set_aside(turn, busy)
                await _start(stage, turn, row)
                return
            case (_, "skip"):
                _end(row, "skipped", turn.now)


def _still_good(
    stage: Stage, rows: Iterable[ConversationRow], now: datetime
) -> Iterator[ConversationRow]:
    for row in rows:
        if row.flow not in stage.flows:
            _end(row, "gone", now)
        elif row.expires_at <= now:
            _end(row, "expired", now)
        else:
            yield row


async def _set_aside(turn: Turn, live: ConversationRow) -> None:
    """It will go on when the one that interrupts it has ended."""
    live.state = "paused"
    timers.disarm(turn.db, live.about, *STEP_TIMERS)
    await turn.db.flush()


async def _start(stage: Stage, turn: Turn, row: ConversationRow) -> None:
    row.state, row.started_at = "live", turn.now
    row.expires_at = turn.now + stage.flows[row.flow].expires
    timers.take_back(turn.db, f"person:{turn.person.id}", conversations.BEGIN)
    await _play(stage, turn, row, events.Start())


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


async def hear(stage: Stage, turn: Turn, row: ConversationRow, event: events.Event) -> None:
    """One event for a live conversation; a flow that no longer exists ends politely."""
    if row.flow not in stage.flows:
        _end(row, "gone", turn.now)
        timers.disarm(turn.db, row.about, *STEP_TIMERS, EXPIRE)
        return
    await _play(stage, turn, row, event)


def hears(stage: Stage, row: ConversationRow) -> bool:
    """Whether typed words are for the open question of this conversation."""
    flow = stage.flows.get(row.flow)
    return flow is not None and engine.hears(flow, _conversation(row))


async def pause(turn: Turn) -> bool:
    """Set the live conversation aside until the person comes back to it."""
    live = await conversations.live(turn.db, turn.person.id)
    if live is not None:
        await _set_aside(turn, live)
    return live is not None


async def resume(stage: Stage, turn: Turn) -> bool:
    """Ask the current question again, taking up a paused conversation where none is live."""
    row = await conversations.live(turn.db, turn.person.id)
    if row is None:
        row = await conversations.oldest(turn.db, turn.person.id, "paused")
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


async def _play(stage: Stage, turn: Turn, row: ConversationRow, event: events.Event | None) -> None:
    flow = stage.flows[row.flow]
    while event is not None:
        before = (row.revision, row.step)
        conversation, happened = await _advance(turn, flow, row, event)
        _keep(row, conversation)  # written with the rest of the batch, or before the next query
        if row.revision != before[0]:
            timers.disarm(turn.db, row.about, *STEP_TIMERS)
            _show_what_was_picked(turn, row, flow, before[1], event)
        follow: events.Event | None = None
        for effect in happened:
            follow = await _carry_out(stage, turn, row, effect, event) or follow
        event = follow


async def _advance(
    turn: Turn, flow: Flow, row: ConversationRow, event: events.Event
) -> tuple[Conversation, tuple[effects.Effect, ...]]:
    known = await facts.of(turn.db, turn.person, turn.now) if flow.facts else {}
    return engine.advance(flow, _conversation(row), event, known)


def _conversation(row: ConversationRow) -> Conversation:
    values = messages.unpack(row.content["values"])
    return Conversation(
        row.flow, row.step, row.revision, row.content["answers"], values, row.outcome
    )


def _keep(row: ConversationRow, conversation: Conversation) -> None:
    row.step, row.revision = conversation.step, conversation.revision
    row.outcome = conversation.outcome
    row.content = {
        "answers": dict(conversation.answers),
        "values": messages.pack(dict(conversation.values)),
    }


async def _carry_out(
    stage: Stage, turn: Turn, row: ConversationRow, effect: effects.Effect, event: events.Event
) -> events.Event | None:
    """Make one effect a fact; what an action answers is the next event."""
    match effect:
        case effects.Send():
            _post(turn, row, effect, edits=None)
        case effects.Redraw(question):
            _post(turn, row, question, edits=turn.tapped)
        case effects.Arm(kind, after, revision):
            due = turn.now + after
            payload = {"revision": revision}
            timers.arm(
                turn.db, timers.Timer(row.about, f"conversation.{kind}", due, payload=payload)
            )
        case effects.Do(name, arguments):
            return await _act(stage, turn, row, name, arguments)
        case effects.Stale() if isinstance(event, events.Answer):
            turn.say(PASSED)
            return events.Again()
        case effects.Ended(outcome):
            await _ended(stage, turn, row, outcome)
    return None


async def _act(
    stage: Stage, turn: Turn, row: ConversationRow, name: str, arguments: Mapping[str, Any]
) -> events.Event | None:
    action = stage.actions[name]
    act = Act(
        turn.db,
        turn.person,
        row.subject,
        row.content["answers"],
        messages.unpack(row.content["values"]),
        turn.now,
        turn.because(),
        texts.version(stage.flows[row.flow]),
    )
    done = await action.run(act, action.arguments(**arguments))
    return None if row.outcome else events.Done(done.name, done.values)


async def _ended(stage: Stage, turn: Turn, row: ConversationRow, outcome: str) -> None:
    _end(row, outcome, turn.now)
    _forget_words(stage.flows[row.flow], row)
    timers.disarm(turn.db, row.about, *STEP_TIMERS, EXPIRE)
    await turn.db.flush()
    paused = await conversations.oldest(turn.db, turn.person.id, "paused")
    waiting = await conversations.queued_of(turn.db, [turn.person.id])
    if paused is not None and outcome != "stopped":
        await resume(stage, turn)
    elif waiting and outcome == "finished":
        await _begin_first(stage, turn, waiting[turn.person.id], None)
    elif waiting:
        timers.arm(turn.db, timers.Timer(f"person:{turn.person.id}", conversations.BEGIN, turn.now))


def _forget_words(flow: Flow, row: ConversationRow) -> None:
    """What was to be kept of a person's own words, an action has kept by now."""
    written = {
        step.id for step in flow.steps.values() if isinstance(step, Ask) and step.kind == "text"
    }
    answers = {step: one for step, one in row.content["answers"].items() if step not in written}
    row.content = {"answers": answers, "values": {}}


def _end(row: ConversationRow, outcome: str, now: datetime) -> None:
    row.state, row.outcome, row.ended_at = "ended", outcome, now


def _post(turn: Turn, row: ConversationRow, send: effects.Send, *, edits: int | None) -> None:
    message = Message(
        send.key,
        send.values,
        _rows(row, send),
        Media(send.media) if send.media else None,
        send.labels_key if send.labels_key != send.key else None,
    )
    arms = tuple(
        messages.Arm(row.about, f"conversation.{arm.kind}", arm.after, {"revision": arm.revision})
        for arm in send.arms
    )
    subject = f"{row.about}@{send.revision}" if send.choices and turn.lane > Lane.REPLY else None
    expires_at = row.expires_at if turn.lane > Lane.REPLY else None
    turn.say(message, Terms(turn.lane, None, expires_at, subject, arms, edits))


def _rows(row: ConversationRow, send: effects.Send) -> Rows:
    buttons = [
        Button(one.id, taps.pack(row.id, send.revision, one.id), one.label_values, None, one.picked)
        for one in send.choices
    ]
    width = max(send.columns, 1)
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))


def _show_what_was_picked(
    turn: Turn, row: ConversationRow, flow: Flow, step: str | None, event: events.Event
) -> None:
    """Leave the tapped button alone under its question, so that the chat shows what was said."""
    if turn.tapped is None or not isinstance(event, events.Answer) or event.words:
        return
    data = f"a:0:0:{event.value}"  # belongs to no conversation: a tap on it changes nothing
    alone = ((Button(event.value, data, picked=True),),)
    values = messages.unpack(row.content["values"])
    message = Message(f"{flow.name}.{flow.audience}.{step}", values, alone)
    outbox.rebutton(turn.db, message, turn.tapped, to=turn.person, because=turn.because())
