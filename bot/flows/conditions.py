"""Reads conditions: `{answer: mood, is: baik}`, `all`, `any`, `not`."""

from typing import Any, Final, cast

from aftercare.strict_yaml import Node
from bot.flows.draft import Draft
from bot.flows.predicates import Either, Every, Not, Predicate, Subject, Test

NEVER: Final = Either(())
_GROUPS: Final = ("all", "any", "not")
_ORDER: Final = ("is", "in", "at_least", "at_most", "missing")
OPERATIONS: Final = {
    "answer": (*_ORDER, "has", "above", "below"),
    "score": ("band", "at_least", "at_most", "missing"),
    "fact": _ORDER,
    "value": _ORDER,
}


def read(draft: Draft, node: Node) -> Predicate:
    found = draft.page.mapping(node, "A condition")
    if len(found) == 1 and next(iter(found)) in _GROUPS:
        return _group(draft, *found.items())
    subjects = [key for key in found if key in OPERATIONS]
    if len(subjects) != 1:
        draft.page.wrong(node, "A condition looks at one of: answer, score, fact, value.")
        return NEVER
    return _tests(draft, node, cast(Subject, subjects[0]))


def _group(draft: Draft, entry: tuple[str, Node]) -> Predicate:
    group, inner = entry
    if group == "not":
        return Not(read(draft, inner))
    parts = tuple(read(draft, one) for one in draft.page.items(inner, f"`{group}`"))
    return Every(parts) if group == "all" else Either(parts)


def _tests(draft: Draft, node: Node, subject: Subject) -> Predicate:
    known = (subject, *OPERATIONS[subject])
    found = draft.page.entries(node, f"A condition with {subject!r}", known=known)
    name = draft.page.text(found.pop(subject), f"The {subject}")
    if not found:
        operations = ", ".join(OPERATIONS[subject])
        draft.page.wrong(node, f"A condition with {subject!r} needs one of: {operations}.")
        return NEVER
    tests = [_test(draft, subject, name, entry) for entry in found.items()]
    draft.tests += [(test, node.line) for test in tests]
    return tests[0] if len(tests) == 1 else Every(tuple(tests))


def _test(draft: Draft, subject: Subject, name: str, entry: tuple[str, Node]) -> Test:
    op, node = entry
    if op == "band":
        return Test(subject, name, "within", _ranges(draft, name, node))
    return Test(subject, name, op, _operand(draft, op, node))


def _ranges(draft: Draft, name: str, node: Node) -> list[tuple[int, int]]:
    """The bands of a score by their bounds, so that the engine need not know their names."""
    known = draft.scores[name].bands if name in draft.scores else ()
    bands = {band.name: (band.low, band.high) for band in known}
    wanted = draft.page.names(node, "`band`")
    for one in wanted:
        if known and one not in bands:
            draft.page.wrong(node, f"The score {name!r} has no band {one!r}.")
    return [bands[one] for one in wanted if one in bands]


def _operand(draft: Draft, op: str, node: Node) -> Any:
    match op:
        case "missing":
            return draft.page.flag(node, "`missing`")
        case "in":
            return [one.plain for one in draft.page.items(node, f"`{op}`")]
        case "above" | "below" | "has":
            return draft.page.text(node, f"`{op}`")
    if not isinstance(node.value, str | int | bool):
        draft.page.wrong(node, f"`{op}` is followed by one value.")
        return None
    return node.value
