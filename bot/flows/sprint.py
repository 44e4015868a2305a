"""Goes from step to step until one has to stop: a question, a wait, an action, the end."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from bot.flows import lookup, predicates, questions
from bot.flows.effects import Arm, Do, Effect, Ended, Send
from bot.flows.model import END, Ask, Branch, Conversation, DoStep, Flow, Say, Step, Value, Wait

Turn: TypeAlias = tuple[Conversation, tuple[Effect, ...]]
SAID: Final = "_said"  # the last thing said, told again when a wait is taken up after a pause


def run(flow: Flow, here: Conversation, target: str, facts: Mapping[str, Value]) -> Turn:
    """From the step `target` on, under the next revision."""
    here = replace(here, revision=here.revision + 1)
    sent: list[Send] = []
    for _ in flow.steps:  # no circle lacks a question, so a step comes at most once
        match flow.steps.get(target):
            case Say() as step:
                sent.append(questions.say(flow, here, step))
                here = replace(here, values={**here.values, SAID: step.id})
                target = step.next
            case Branch() as step:
                target = _way(flow, here, step, facts)
            case None:
                break
            case stop:
                return stop_at(flow, here, stop, sent, facts)
    ended = replace(here, step=None, outcome="finished" if target == END else "gone")
    return ended, (*sent, Ended(ended.outcome or ""))


def stop_at(
    flow: Flow, here: Conversation, step: Step, sent: list[Send], facts: Mapping[str, Value]
) -> Turn:
    here = replace(here, step=step.id)
    match step:
        case Ask():
            return here, (*sent, questions.ask(flow, here, step, facts))
        case Wait():
            arm = Arm("wait", step.after, here.revision)
            if not sent:
                return here, (arm,)
            return here, (*sent[:-1], replace(sent[-1], arms=(arm,)))
        case DoStep():
            return here, (*sent, Do(step.action, lookup.arguments(flow, here, step)))
    return here, tuple(sent)


def _way(flow: Flow, here: Conversation, step: Branch, facts: Mapping[str, Value]) -> str:
    look = lookup.looker(flow, here, facts)
    return next((way.next for way in step.ways if predicates.holds(way.when, look)), step.otherwise)
