"""Checks the arguments of an action before anybody runs it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from bot.flows.draft import Draft
from bot.flows.model import Ask, DoStep, Flow, Ref
from bot.flows.page import near

#: line of each argument, line of the action, and the values the flow is given
Context = tuple[Mapping[str, int], int, Collection[str]]
_UNKNOWN: Final = object()


def check(draft: Draft, flow: Flow, step: DoStep, context: Context) -> None:
    lines, line, given = context
    spec = draft.around.actions.get(step.action)
    if spec is None:
        meant = near(step.action, draft.around.actions)
        draft.page.wrong(line, f"There is no action {step.action!r}{meant}")
        return
    samples = {}
    for arg, value in step.args.items():
        if isinstance(value, Ref):
            samples[arg] = _samples(draft, flow, value, given)
            if not samples[arg]:
                sentence = f"There is no {value.source} {value.name!r} to give to {step.action!r}."
                draft.page.wrong(lines[arg], sentence)
    for arg, sentence in sorted(set(_errors(spec.arguments, step, samples))):
        draft.page.wrong(lines.get(arg, line), f"{step.action}: {sentence}")


def _errors(
    model: type[BaseModel], step: DoStep, samples: Mapping[str, list[Any]]
) -> Iterator[tuple[str, str]]:
    """What is wrong with plain arguments, and with looked-up ones that can never be right.

    One that is right for some answers only is left to the walk: a branch may keep the others away.
    """
    first = {arg: found[0] if found else _UNKNOWN for arg, found in samples.items()}
    base = {**step.args, **first}
    yield from (one for one in validate(model, base) if one[0] not in samples)
    for arg, found in samples.items():
        if _UNKNOWN in found:
            continue
        trials = [[*validate(model, {**base, arg: one})] for one in found]
        wrong = [[one for one in trial if one[0] == arg] for trial in trials]
        yield from wrong[0] if wrong and all(wrong) else ()


def validate(model: type[BaseModel], args: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the arguments, as (argument, sentence)."""
    try:
        model.model_validate(dict(args))
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=False, include_input=False):
            arg = str(one["loc"][0]) if one["loc"] else ""
            yield arg, _sentence(arg, one["type"], one["msg"])


def _sentence(arg: str, kind: str, said: str) -> str:
    match kind:
        case "missing":
            return f"{arg!r} is missing."
        case "extra_forbidden":
            return f"there is no argument {arg!r}."
    return f"{arg!r}: {said[:1].lower()}{said[1:]}." if arg else f"{said}."


def _samples(draft: Draft, flow: Flow, ref: Ref, given: Collection[str]) -> list[Any]:
    """Values the argument can have; empty when nothing gives one."""
    match ref.source:
        case "value":
            return [_UNKNOWN] if ref.name in given else []
        case "score":
            return [0, 1] if ref.name in flow.scores else []
        case "answer":
            return _answers(draft, flow, ref.name)
        case "said":
            return [_UNKNOWN] if _speaks_for_itself(flow.steps.get(ref.name)) else []


def _answers(draft: Draft, flow: Flow, name: str) -> list[Any]:
    match flow.steps.get(name):
        case DoStep(action=action):
            spec = draft.around.actions.get(action)
            return list(spec.outcomes) if spec else []
        case Ask() as ask:
            return representative(ask)
    return []


def _speaks_for_itself(step: object) -> bool:
    """A question whose buttons carry no values: those are only known once worded."""
    return isinstance(step, Ask) and not any(option.needs for option in step.options)


def representative(ask: Ask) -> list[Any]:
    """Answers that stand for all others of this question."""
    ids = [option.id for option in ask.options]
    match ask.kind:
        case "choices":
            return list(ids)
        case "many":
            return [ids[:1], ids]
        case "scale" | "number":
            return [ask.low or 0, 1 if ask.high is None else ask.high]
        case "time":
            return ["08:00", "19:00"]
    return ["x" * (ask.low or 1)]
