"""Everything that can happen to a conversation at one place, as far as it makes a difference."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from bot.flows import events, questions, samples
from bot.flows.actions import Registered
from bot.flows.model import DONE, SKIP, Ask, Conversation, DoStep, Flow, Value, Wait

Moves: TypeAlias = Iterator[Sequence[events.Event]]


def at(
    flow: Flow,
    here: Conversation,
    actions: Mapping[str, Registered],
    facts: Mapping[str, Value],
) -> Moves:
    """Each move is a list of events: several are picked one after the other."""
    if here.step is None:
        yield [events.Start()]
        return
    yield [events.Expire()]
    match flow.steps[here.step]:
        case Ask() as ask:
            yield from _answers(flow, here, ask, facts)
        case Wait():
            yield [events.Waited(here.revision)]
        case DoStep() as step:
            yield from _outcomes(flow, actions.get(step.action))


def _answers(flow: Flow, here: Conversation, ask: Ask, facts: Mapping[str, Value]) -> Moves:
    options = questions.visible(flow, here, ask, facts)
    for value in samples.answers(flow, ask, options):
        yield _saying(ask, here, value)
    if ask.kind in ("number", "text", "time"):
        yield from ([events.Answer(option.id, here.revision)] for option in options)
    if ask.skip:
        yield [events.Answer(SKIP, here.revision)]
    if ask.timeout:
        yield [events.Timeout(here.revision)]


def _saying(ask: Ask, here: Conversation, value: Any) -> Sequence[events.Event]:
    match ask.kind:
        case "choices":
            return [events.Answer(value, here.revision)]
        case "many":
            return [events.Answer(one, here.revision) for one in (*value, DONE)]
        case "scale":
            return [events.Answer(f"n{value}", here.revision)]
    return [events.Answer(str(value), None, words=True)]


def _outcomes(flow: Flow, spec: Registered | None) -> Moves:
    for outcome in (spec.outcomes if spec else ()) or (None,):
        for given in samples.values(flow, spec.values if spec else ()):
            yield [events.Done(outcome, given)]
