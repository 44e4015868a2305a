"""Checks that everything a flow names is there: answers, scores, facts, values, placeholders."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from aftercare.rules import wording
from bot.flows import arguments, hours
from bot.flows.draft import Draft, Said
from bot.flows.model import Ask, DoStep, Flow
from bot.flows.page import near
from bot.flows.predicates import Test

TELEGRAM_LIMIT: Final = 4096
_LONGEST_VALUE: Final = 64
_NUMERIC: Final = ("is", "in", "at_least", "at_most", "above", "below", "missing")
_OPERATIONS: Final = {
    "choices": ("is", "in", "missing"),
    "many": ("has", "missing"),
    "scale": _NUMERIC,
    "number": _NUMERIC,
    "text": ("missing",),
    "time": _NUMERIC,
}
_MEASURES: Final = {"scale": "number", "number": "number", "time": "time"}


def check(draft: Draft, flow: Flow) -> None:
    given = _given_values(draft, flow)
    for test, line in draft.tests:
        for sentence in _of_test(draft, flow, test, given):
            draft.page.wrong(line, sentence)
    for said in draft.said:
        _check_placeholders(draft, flow, said, given)
    for step, lines, line in draft.acts:
        arguments.check(draft, flow, step, (lines, line, given))


def _given_values(draft: Draft, flow: Flow) -> tuple[str, ...]:
    """Values given at the start or by an action of this flow."""
    specs = [draft.around.actions.get(step.action) for step, _, _ in draft.acts]
    return (*flow.values, *(value for spec in specs if spec for value in spec.values))


def _of_test(draft: Draft, flow: Flow, test: Test, given: Collection[str]) -> Iterator[str]:
    match test.subject:
        case "answer":
            yield from _of_answer(draft, flow, test)
        case "score" if test.name not in flow.scores:
            yield f"There is no score {test.name!r}."
        case "fact":
            yield from _of_fact(draft, test)
        case "value" if test.name not in given:
            yield f"Nobody gives the value {test.name!r}{near(test.name, given)}"


def _of_answer(draft: Draft, flow: Flow, test: Test) -> Iterator[str]:
    match flow.steps.get(test.name):
        case DoStep(action=action):
            spec = draft.around.actions.get(action)
            yield from _of_outcome(test, spec.outcomes if spec else None)
        case Ask() as ask:
            if test.op not in _OPERATIONS[ask.kind]:
                yield f"An answer of kind {ask.kind!r} cannot be tested with {test.op!r}."
            else:
                yield from _of_operands(flow, ask, test)
        case None:
            yield f"There is no question {test.name!r}{near(test.name, flow.steps)}"
        case _:
            yield f"{test.name!r} is neither a question nor an action, so it has no answer."


def _of_outcome(test: Test, outcomes: tuple[str, ...] | None) -> Iterator[str]:
    if test.op not in ("is", "in", "missing"):
        yield f"The outcome of an action cannot be tested with {test.op!r}."
    for one in _operands(test):
        if outcomes is not None and one not in outcomes:
            yield f"The action {test.name!r} never ends with {one!r}{near(str(one), outcomes)}"


def _of_operands(flow: Flow, ask: Ask, test: Test) -> Iterator[str]:
    if test.op in ("above", "below"):
        other = flow.steps.get(test.operand)
        kind = _MEASURES.get(other.kind) if isinstance(other, Ask) else None
        if kind != _MEASURES[ask.kind]:
            yield f"{test.name!r} cannot be compared with {test.operand!r}."
        return
    for one in _operands(test):
        if not _can_be(ask, one):
            yield f"The answer to {ask.id!r} is never {one!r}."


def _operands(test: Test) -> list[Any]:
    if test.op == "missing":
        return []
    return test.operand if isinstance(test.operand, list) else [test.operand]


def _can_be(ask: Ask, value: Any) -> bool:
    match ask.kind:
        case "choices" | "many":
            return any(option.id == value for option in ask.options)
        case "time":
            return isinstance(value, str) and hours.minutes(value) is not None
    is_number = isinstance(value, int) and not isinstance(value, bool)
    inside = ask.low is None or ask.high is None or (is_number and ask.low <= value <= ask.high)
    return is_number and inside


def _of_fact(draft: Draft, test: Test) -> Iterator[str]:
    facts = draft.around.facts
    if test.name not in facts:
        yield f"There is no fact {test.name!r}{near(test.name, facts)}"
        return
    kind = facts[test.name]
    for one in _operands(test):
        if not (one in kind if isinstance(kind, tuple) else _is_a(kind, one)):
            yield f"The fact {test.name!r} is never {one!r}."


def _is_a(kind: type, value: Any) -> bool:
    wanted: Any = (int, float) if kind is float else kind
    return isinstance(value, wanted) and (kind is bool or not isinstance(value, bool))


def _check_placeholders(draft: Draft, flow: Flow, said: Said, given: Collection[str]) -> None:
    longest = len(said.text)
    for name in wording.placeholders(said.text):
        if name not in said.fixed and name not in draft.around.known_values:
            for sentence in _of_placeholder(flow, name, given):
                draft.page.wrong(said.line, sentence)
        longest += _length(flow, name) * said.text.count(f"{{{name}")
    if longest > TELEGRAM_LIMIT and not said.is_label:
        sentence = f"With its longest values the text has {longest} characters; Telegram takes"
        draft.page.wrong(said.line, f"{sentence} {TELEGRAM_LIMIT}.")


def _of_placeholder(flow: Flow, name: str, given: Collection[str]) -> Iterator[str]:
    match name.split("."):
        case ["answer", step_id]:
            yield from _of_answer_shown(flow, step_id)
        case ["score", score]:
            if score not in flow.scores:
                yield f"There is no score {score!r} for {{{name}}}."
        case ["change", *pair] if len(pair) == 2:
            asks = [flow.steps.get(one) for one in pair]
            if not all(isinstance(one, Ask) and one.kind in ("scale", "number") for one in asks):
                yield f"{{{name}}} needs two questions answered with a number."
        case [plain] if plain in given:
            return
        case _:
            yield f"Nobody gives the value {{{name}}}{near(name, given)}"


def _of_answer_shown(flow: Flow, step_id: str) -> Iterator[str]:
    ask = flow.steps.get(step_id)
    if not isinstance(ask, Ask):
        yield f"There is no question {step_id!r} for {{answer.{step_id}}}."
    elif any("{" in option.label for option in ask.options):
        yield f"The buttons of {step_id!r} carry values; show the value, not {{answer.{step_id}}}."


def _length(flow: Flow, name: str) -> int:
    ask = flow.steps.get(name.removeprefix("answer."))
    if isinstance(ask, Ask) and ask.kind == "text" and name.startswith("answer."):
        return ask.high or _LONGEST_VALUE
    if isinstance(ask, Ask) and ask.kind == "many":
        return sum(len(option.label) + 2 for option in ask.options)
    return _LONGEST_VALUE
