"""Plays one event of a conversation: the pure engine decides, what follows becomes facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from aftercare import messages
from aftercare.casework import facts
from aftercare.casework.actions import Act, Action
from aftercare.messages import Button, Lane, Media, Message, Rows, Terms
from aftercare.records import outbox, timers
from aftercare.records.conversations import ConversationRow
from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person
from bot.flows import effects, engine, events, lookup, taps, texts
from bot.flows.model import NOTHING, Ask, Conversation, Flow

STEP_TIMERS: Final = ("conversation.nudge", "conversation.timeout", "conversation.wait")
EXPIRE: Final = "conversation.expire"
PASSED: Final = Message("answer.anyone.passed")


@dataclass(frozen=True, slots=True)
class Stage:
    """The flows that can be played, and the actions that they may call."""

    flows: Mapping[str, Flow]
    actions: Mapping[str, Action]
    #: the same flows in the words of other languages
    others: Mapping[str, Mapping[str, Flow]] = field(default_factory=dict)

    def told(self, language: str) -> Mapping[str, Flow]:
        """The flows in this language; what it leaves out is in the first one."""
        return self.others.get(language, self.flows)


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


async def play(stage: Stage, turn: Turn, row: ConversationRow, event: events.Event | None) -> None:
    """One event, and whatever its actions answer, until the conversation waits or is over."""
    flow = stage.told(turn.person.language)[row.flow]
    while event is not None:
        before = (row.revision, row.step)
        conversation, happened = await _advance(turn, flow, row, event)
        _keep(row, conversation)  # written with the rest of the batch, or before the next query
        if row.revision != before[0]:
            if before[1] is not None:  # what has just begun has no timers yet
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
    return engine.advance(flow, conversation_of(row), event, known)


def conversation_of(row: ConversationRow) -> Conversation:
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
            end(turn, row, outcome)
            _forget_words(stage.flows[row.flow], row)
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


def _forget_words(flow: Flow, row: ConversationRow) -> None:
    """What was to be kept of a person's own words, an action has kept by now."""
    written = {
        step.id for step in flow.steps.values() if isinstance(step, Ask) and step.kind == "text"
    }
    answers = {step: one for step, one in row.content["answers"].items() if step not in written}
    row.content = {"answers": answers, "values": {}}


def end(turn: Turn, row: ConversationRow, outcome: str) -> None:
    """It is over; nothing will move it any more, and what it was given is not kept."""
    row.state, row.outcome, row.ended_at = "ended", outcome, turn.now
    row.content = {"answers": row.content["answers"] if outcome != "gone" else {}, "values": {}}
    timers.disarm(turn.db, row.about, *STEP_TIMERS, EXPIRE)


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
    needed = _named_on(flow, step, event.value)
    values = lookup.fill(flow, conversation_of(row), needed, NOTHING)
    message = Message(f"{flow.name}.{flow.audience}.{step}", values, alone)
    outbox.rebutton(turn.db, message, turn.tapped, to=turn.person, because=turn.because())


def _named_on(flow: Flow, step: str | None, choice: str) -> tuple[str, ...]:
    """What the label of this button names; nothing else of the conversation goes with it."""
    ask = flow.steps.get(step or "")
    if not isinstance(ask, Ask):
        return ()
    own = [one for one in (*ask.options, ask.done, ask.skip) if one and one.id == choice]
    return own[0].needs if own else ()
