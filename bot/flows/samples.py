"""Few answers that stand for all: the ends of a range and both sides of every threshold."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Final

from bot.flows import hours, predicates
from bot.flows.model import Ask, Branch, Flow, Option, Step
from bot.flows.predicates import Subject, Test

SOMETHING: Final = "sesuatu"  # a value nobody looks into
_FEW: Final = 12


def tests(step: Step) -> tuple[Test, ...]:
    """Everything a step looks at when it decides."""
    match step:
        case Branch():
            conditions = [way.when for way in step.ways]
        case Ask():
            conditions = [option.only_if for option in step.options if option.only_if]
        case _:
            return ()
    return tuple(test for one in conditions for test in predicates.tests(one))


def answers(flow: Flow, ask: Ask, options: Iterable[Option]) -> list[Any]:
    """Representative answers: choice ids, lists of them, numbers, times or a text."""
    ids = [option.id for option in options]
    match ask.kind:
        case "choices":
            return list(ids)
        case "many":
            return _selections(ask, ids)
        case "scale" | "number":
            return sorted(_numbers(flow, ask))
        case "time":
            return [hours.show(minutes) for minutes in sorted(_times(flow, ask))]
    return ["x" * (ask.low or 1)]


def facts(flow: Flow, known: Mapping[str, type | tuple[str, ...]]) -> Iterator[dict[str, Any]]:
    """Every combination of what the flow's facts can be, none at all included."""
    kinds = {name: known.get(name, str) for name in flow.facts}
    domains = [_domain(flow, "fact", name, kind) for name, kind in kinds.items()]
    for combination in product(*domains):
        yield dict(zip(kinds, combination, strict=True))


def values(flow: Flow, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Every combination of given values that a predicate could tell apart."""
    wanted = tuple(dict.fromkeys(names))
    tested = {test.name for test in _all_tests(flow) if test.subject == "value"}
    domains = [_domain(flow, "value", n, str) if n in tested else [SOMETHING] for n in wanted]
    for combination in product(*domains):
        pairs = zip(wanted, combination, strict=True)
        yield {name: value for name, value in pairs if value is not None}


def _all_tests(flow: Flow) -> tuple[Test, ...]:
    return tuple(test for step in flow.steps.values() for test in tests(step))


def _operands(flow: Flow, subject: Subject, name: str) -> list[Any]:
    found: list[Any] = []
    for test in _all_tests(flow):
        if test.subject == subject and test.name == name and test.op != "missing":
            found += test.operand if isinstance(test.operand, list) else [test.operand]
    return found


def _domain(flow: Flow, subject: Subject, name: str, kind: type | tuple[str, ...]) -> list[Any]:
    if isinstance(kind, tuple):
        return [None, *kind]
    if kind is bool:
        return [None, False, True]
    operands = _operands(flow, subject, name)
    numbers = {one + by for one in operands if type(one) is int for by in (-1, 0, 1)}
    others = [one for one in operands if type(one) is not int]
    rest: list[Any] = [0] if kind in (int, float) and not numbers else []
    return [None, *sorted(numbers), *dict.fromkeys(others), *(rest or [SOMETHING] * (kind is str))]


def _numbers(flow: Flow, ask: Ask) -> set[int]:
    low = 0 if ask.low is None else ask.low
    high = low + 1000 if ask.high is None else ask.high
    is_summed = any(ask.id in score.steps for score in flow.scores.values())
    if is_summed and high - low < _FEW:
        return set(range(low, high + 1))
    thresholds = [one for one in _operands(flow, "answer", ask.id) if isinstance(one, int)]
    near = {one + by for one in thresholds for by in (-1, 0, 1)}
    return {low, (low + high) // 2, high, *(one for one in near if low <= one <= high)}


def _times(flow: Flow, ask: Ask) -> set[int]:
    low = hours.DAY[0] if ask.low is None else ask.low
    high = hours.DAY[1] if ask.high is None else ask.high
    thresholds = [hours.minutes(str(one)) for one in _operands(flow, "answer", ask.id)]
    near = {one + by for one in thresholds if one is not None for by in (-1, 0, 1)}
    return {low, high, *(one for one in near if low <= one <= high)}


def _selections(ask: Ask, ids: list[str]) -> list[list[str]]:
    """Each with as few others as may be, and the first ones together: every count occurs."""
    high = len(ids) if ask.high is None else ask.high
    each = [_with_few(one, ids, max(ask.low or 0, 1)) for one in ids]
    together = [ids[:count] for count in range(len(ids) + 1)]
    fitting = [one for one in (*each, *together) if (ask.low or 0) <= len(one) <= high]
    return [list(one) for one in dict.fromkeys(map(tuple, fitting))]


def _with_few(one: str, ids: list[str], count: int) -> list[str]:
    others = [other for other in ids if other != one][: count - 1]
    return [each for each in ids if each == one or each in others]
