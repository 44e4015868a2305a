"""Conditions as data: what a branch or a button may look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Subject: TypeAlias = Literal["answer", "score", "fact", "value"]


@dataclass(frozen=True, slots=True)
class Test:
    subject: Subject
    name: str
    op: str
    operand: Any

    __test__ = False  # pytest would otherwise take the class for a test


@dataclass(frozen=True, slots=True)
class Every:
    of: tuple["Predicate", ...]


@dataclass(frozen=True, slots=True)
class Either:
    of: tuple["Predicate", ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: "Predicate"


Predicate: TypeAlias = Test | Every | Either | Not
#: finds what a predicate looks at: (subject, name) -> value, None when there is none
Look: TypeAlias = Callable[[Subject, str], Any]


def holds(predicate: Predicate, look: Look) -> bool:
    match predicate:
        case Every(of):
            return all(holds(one, look) for one in of)
        case Either(of):
            return any(holds(one, look) for one in of)
        case Not(of):
            return not holds(of, look)
        case Test(subject, name, op, operand):
            return _passes(op, look(subject, name), _operand(op, operand, look))


def tests(predicate: Predicate) -> tuple[Test, ...]:
    match predicate:
        case Every(of) | Either(of):
            return tuple(test for one in of for test in tests(one))
        case Not(of):
            return tests(of)
        case Test():
            return (predicate,)


def _operand(op: str, operand: Any, look: Look) -> Any:
    return look("answer", operand) if op in ("above", "below") else operand


def _passes(op: str, found: Any, operand: Any) -> bool:
    if op == "missing":
        return (found is None) is operand
    # A missing value fits nothing: no answer is not a low answer.
    return found is not None and operand is not None and OPERATIONS[op](found, operand)


def _ordered(found: Any, operand: Any) -> bool:
    """Whether the two can be compared: both numbers, or both times such as "19:00"."""
    numbers = all(isinstance(one, int | float) for one in (found, operand))
    return numbers or (isinstance(found, str) and isinstance(operand, str))


def _same(found: Any, operand: Any) -> bool:
    return isinstance(found, bool) is isinstance(operand, bool) and bool(found == operand)


OPERATIONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": _same,
    "in": lambda found, operand: any(_same(found, one) for one in operand),
    "has": lambda found, operand: isinstance(found, list | tuple) and operand in found,
    "at_least": lambda found, operand: _ordered(found, operand) and found >= operand,
    "at_most": lambda found, operand: _ordered(found, operand) and found <= operand,
    "above": lambda found, operand: _ordered(found, operand) and found > operand,
    "below": lambda found, operand: _ordered(found, operand) and found < operand,
    "within": lambda found, operand: any(low <= found <= high for low, high in operand),
}
