"""Moves one conversation by one event: no clock, no database, no Telegram."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.flows import events, lookup, questions, replies, sprint
from bot.flows.effects import Arm, Do, Ended, Redraw, Stale
from bot.flows.model import NOTHING, Ask, Conversation, DoStep, Flow, Say, Step, Value, Wait
from bot.flows.sprint import Turn

PICKED: Final = questions.PICKED


class MissingValues(ValueError):
    """A flow was begun without a value it declares."""


def begin(flow: Flow, values: Mapping[str, Any] = NOTHING) -> Conversation:
    missing = [name for name in flow.values if name not in values]
    if missing:
        raise MissingValues(f"{flow.name} cannot begin without {', '.join(missing)}.")
    return Conversation(flow=flow.name, step=None, values=dict(values))


def advance(
    flow: Flow,
    conversation: Conversation,
    event: events.Event,
    facts: Mapping[str, Value] = NOTHING,
) -> Turn:
    """The conversation after the event, and what is to be done about it; total."""
    if conversation.outcome is not None:
        return conversation, () if isinstance(event, events.Done) else (Stale(),)
    here = _renamed(flow, conversation)
    match event:
        case events.Start():
            return _start(flow, here, facts)
        case events.Stop():
            return _close(here, "stopped")
        case events.Expire():
            return _expire(flow, here)
    if here.step is None:
        return conversation, (Stale(),)
    step = flow.steps.get(here.step)
    if step is None:
        return _close(here, "gone")
    return _move(flow, here, step, event, facts)


def hears(flow: Flow, conversation: Conversation) -> bool:
    """Whether a question is open to typed words."""
    here = _renamed(flow, conversation)
    return here.outcome is None and isinstance(flow.steps.get(here.step or ""), Ask)


def would_take(
    flow: Flow, conversation: Conversation, text: str, facts: Mapping[str, Value] = NOTHING
) -> bool:
    """Whether typed words would answer the open question, so that others may hear them first."""
    here = _renamed(flow, conversation)
    step = flow.steps.get(here.step or "")
    if here.outcome is not None or not isinstance(step, Ask):
        return False
    reply = _read(flow, here, step, events.Answer(text, None, words=True), facts)
    return isinstance(reply, replies.Taken)


def _move(
    flow: Flow, here: Conversation, step: Step, event: events.Event, facts: Mapping[str, Value]
) -> Turn:
    match event, step:
        case events.Again(), _:
            return _again(flow, here, step, facts)
        case events.Done(outcome, values), DoStep():
            known = replace(here, values={**here.values, **values})
            return sprint.run(flow, _answered(known, step.id, outcome), step.next, facts)
        case events.Answer(revision=None, words=True), Ask():
            return _answer(flow, here, step, event, facts)
        case (events.Done(), _) | (events.Answer(revision=None, words=True), _):
            return here, ()
    if getattr(event, "revision", None) != here.revision:
        return here, (Stale(),)
    match event, step:
        case events.Answer(), Ask():
            return _answer(flow, here, step, event, facts)
        case events.Timeout(), Ask(timeout=deadline) if deadline:
            return sprint.run(flow, _without_picks(here), deadline.next, facts)
        case events.Nudge(), Ask(nudge=reminder) if reminder:
            return here, (questions.repeat(flow, here, step, facts, wording=reminder.wording),)
        case events.Waited(), Wait():
            return sprint.run(flow, here, step.next, facts)
        case events.Answer(), _:
            return here, (Stale(),)
    return here, ()  # the writer took the nudge or the time-out away


def _start(flow: Flow, here: Conversation, facts: Mapping[str, Value]) -> Turn:
    if here.step is not None:
        return here, (Stale(),)
    there, effects = sprint.run(flow, here, flow.first, facts)
    if there.outcome is not None:
        return there, effects
    return there, (Arm("expire", flow.expires, there.revision), *effects)


def _read(
    flow: Flow, here: Conversation, step: Ask, event: events.Answer, facts: Mapping[str, Value]
) -> replies.Reply:
    visible = questions.visible(flow, here, step, facts)
    return replies.read(step, event, visible, here.values.get(PICKED, ()))


def _answer(
    flow: Flow, here: Conversation, step: Ask, event: events.Answer, facts: Mapping[str, Value]
) -> Turn:
    match _read(flow, here, step, event, facts):
        case replies.Taken(value, target):
            return sprint.run(flow, _answered(_without_picks(here), step.id, value), target, facts)
        case replies.Toggled(picked):
            here = replace(here, values={**here.values, PICKED: list(picked)})
            return here, (Redraw(questions.repeat(flow, here, step, facts)),)
        case replies.Unclear(hint):
            return here, (questions.hint(flow, here, step, hint, facts),)
        case replies.Unknown():
            return _again(flow, here, step, facts)


def _again(flow: Flow, here: Conversation, step: Step, facts: Mapping[str, Value]) -> Turn:
    here = replace(here, revision=here.revision + 1)
    said = flow.steps.get(str(here.values.get(sprint.SAID, "")))
    if isinstance(step, Wait) and isinstance(said, Say):
        return sprint.stop_at(flow, here, step, [questions.say(flow, here, said)], facts)
    return sprint.stop_at(flow, here, step, [], facts)


def _expire(flow: Flow, here: Conversation) -> Turn:
    there, effects = _close(here, "expired")
    if flow.on_expire is None:
        return there, effects
    return there, (
        Do(flow.on_expire.action, lookup.arguments(flow, here, flow.on_expire)),
        *effects,
    )


def _close(here: Conversation, outcome: str) -> Turn:
    there = replace(here, revision=here.revision + 1, outcome=outcome)
    return there, (Ended(outcome),)


def _answered(here: Conversation, step_id: str, value: Value) -> Conversation:
    # A question asked a second time and skipped has no answer, not its first one.
    kept = {step: answer for step, answer in here.answers.items() if step != step_id}
    return replace(here, answers=kept if value is None else {**kept, step_id: value})


def _without_picks(here: Conversation) -> Conversation:
    if PICKED not in here.values:
        return here
    return replace(here, values={k: v for k, v in here.values.items() if k != PICKED})


def _renamed(flow: Flow, here: Conversation) -> Conversation:
    """The conversation under today's step names."""
    if not flow.renamed or not ({here.step, *here.answers} & flow.renamed.keys()):
        return here
    answers = {flow.renamed.get(step, step): value for step, value in here.answers.items()}
    return replace(here, step=flow.renamed.get(here.step or "", here.step), answers=answers)
