"""Builds what is sent: texts with the values they need, questions with their buttons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.flows import hours, lookup, predicates
from bot.flows.effects import Arm, Choice, Send
from bot.flows.model import NOTHING, Ask, Conversation, Flow, Option, Say, Value, Wording

PICKED: Final = "_picked"  # what is ticked so far in a question that takes several


def say(flow: Flow, here: Conversation, step: Say) -> Send:
    values = lookup.fill(flow, here, step.wording.needs, step.fixed)
    return Send(step.wording.key, values, revision=here.revision, media=step.media)


def ask(flow: Flow, here: Conversation, step: Ask, facts: Mapping[str, Value]) -> Send:
    arms = [Arm("nudge", step.nudge.after, here.revision)] if step.nudge else []
    if step.timeout:
        arms.append(Arm("timeout", step.timeout.after, here.revision))
    return replace(repeat(flow, here, step, facts), arms=tuple(arms))


def repeat(
    flow: Flow,
    here: Conversation,
    step: Ask,
    facts: Mapping[str, Value],
    *,
    wording: Wording | None = None,
) -> Send:
    """The question's buttons once more, under its own words or others; nothing is armed."""
    words = wording or step.wording
    return Send(
        words.key,
        lookup.fill(flow, here, words.needs, NOTHING),
        choices=_choices(flow, here, step, facts),
        revision=here.revision,
        labels_key=step.wording.key,
        columns=step.columns,
    )


def hint(
    flow: Flow, here: Conversation, step: Ask, reason: str, facts: Mapping[str, Value]
) -> Send:
    words = step.hint or Wording(f"answer.{flow.audience}.{reason}", "")
    send = repeat(flow, here, step, facts, wording=words)
    return replace(send, values=lookup.fill(flow, here, words.needs, _bounds(step)))


def visible(
    flow: Flow, here: Conversation, step: Ask, facts: Mapping[str, Value]
) -> tuple[Option, ...]:
    look = lookup.looker(flow, here, facts)
    return tuple(
        option
        for option in step.options
        if option.only_if is None or predicates.holds(option.only_if, look)
    )


def _choices(
    flow: Flow, here: Conversation, step: Ask, facts: Mapping[str, Value]
) -> tuple[Choice, ...]:
    shown = visible(flow, here, step, facts)
    picked = here.values.get(PICKED, ())
    own = [one for one in (step.done, step.skip) if one]
    return tuple(
        Choice(one.id, lookup.fill(flow, here, one.needs, NOTHING), one.id in picked)
        for one in (*shown, *own)
    )


def _bounds(step: Ask) -> dict[str, Value]:
    """What a hint may name: {low} and {high}, a time as it is written."""
    low, high = step.low, step.high
    if step.kind == "time":
        low, high = low or hours.DAY[0], high or hours.DAY[1]
        return {"low": hours.show(low), "high": hours.show(high)}
    return {"low": 0 if low is None else low, "high": lookup.MISSING if high is None else high}
