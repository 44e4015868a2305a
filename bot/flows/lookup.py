"""Finds what predicates, placeholders and actions refer to: answers, scores, facts, values."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.flows.model import Ask, Conversation, DoStep, Flow, Option, Ref, Value
from bot.flows.predicates import Look, Subject

MISSING: Final = "–"  # a person reads a dash where an answer was never given


def looker(flow: Flow, conversation: Conversation, facts: Mapping[str, Value]) -> Look:
    def look(subject: Subject, name: str) -> Any:
        match subject:
            case "answer":
                return conversation.answers.get(name)
            case "value":
                return conversation.values.get(name)
            case "fact":
                return facts.get(name)
            case "score":
                return score(flow, conversation, name)

    return look


def score(flow: Flow, conversation: Conversation, name: str) -> int | None:
    """The sum of what the answers are worth; None while one of them is missing."""
    return partial(flow, conversation, flow.scores[name].steps) if name in flow.scores else None


def partial(flow: Flow, conversation: Conversation, step_ids: Iterable[str]) -> int | None:
    """What these answers are worth together; None where one of them is missing."""
    total = 0
    for step_id in step_ids:
        points = _points(flow.steps.get(step_id), conversation.answers.get(step_id))
        if points is None:
            return None
        total += points
    return total


def _points(step: object, answer: Value) -> int | None:
    if not isinstance(step, Ask) or answer is None:
        return None
    if step.kind in ("scale", "number"):
        return answer if isinstance(answer, int) else None
    picked = answer if isinstance(answer, list) else [answer]
    worth = {option.id: option.score for option in step.options}
    found = [worth.get(str(one)) for one in picked]
    return None if None in found else sum(points for points in found if points is not None)


def fill(
    flow: Flow, conversation: Conversation, needs: Iterable[str], fixed: Mapping[str, Any]
) -> dict[str, Any]:
    found = {name: placeholder(flow, conversation, name) for name in needs if name not in fixed}
    return {name: MISSING if one is None else one for name, one in found.items()} | dict(fixed)


def placeholder(flow: Flow, conversation: Conversation, name: str) -> Any:
    """`name`, `answer.step`, `score.name` or `change.before.after`; None when not there."""
    match name.split("."):
        case ["answer", step_id]:
            return _in_words(flow.steps.get(step_id), conversation.answers.get(step_id))
        case ["score", wanted]:
            return score(flow, conversation, wanted)
        case ["change", before, after]:
            return _change(conversation.answers.get(before), conversation.answers.get(after))
        case _:
            return conversation.values.get(name)


def arguments(flow: Flow, conversation: Conversation, step: DoStep) -> dict[str, Any]:
    return {
        name: _looked_up(flow, conversation, given) if isinstance(given, Ref) else given
        for name, given in step.args.items()
    }


def _looked_up(flow: Flow, conversation: Conversation, given: Ref) -> Any:
    if given.source == "said":
        said = placeholder(flow, conversation, f"answer.{given.name}")
        return None if said == MISSING else said
    return looker(flow, conversation, {})(given.source, given.name)


def _change(before: Value, after: Value) -> int | None:
    if isinstance(before, int) and isinstance(after, int):
        return abs(after - before)
    return None


def _in_words(step: object, answer: Value) -> Value:
    if not isinstance(step, Ask) or answer is None:
        return answer
    if step.kind not in ("choices", "many"):
        return answer
    picked = answer if isinstance(answer, list) else [answer]
    return ", ".join(_label(step.options, str(one)) for one in picked) or MISSING


def _label(options: Iterable[Option], choice: str) -> str:
    return next((option.label for option in options if option.id == choice), choice)
