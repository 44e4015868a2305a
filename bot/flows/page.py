"""One file being read: hands out typed values and remembers everything that is wrong."""

import difflib
import re
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from aftercare.rules import wording
from aftercare.strict_yaml import Node, Problem

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DURATION: Final = re.compile(r"([1-9][0-9]{0,4})([smhd])")
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_RAW_LIMIT: Final = 3500


class Page:
    def __init__(self, file: str, problems: list[Problem], warnings: list[Problem]) -> None:
        self.file = file
        self._problems = problems
        self._warnings = warnings

    def wrong(self, where: Node | int, sentence: str) -> None:
        self._problems.append(Problem(self.file, _line(where), sentence))

    def warn(self, where: Node | int, sentence: str) -> None:
        self._warnings.append(Problem(self.file, _line(where), sentence))

    def entries(
        self, node: Node, what: str, *, known: Collection[str], needed: Collection[str] = ()
    ) -> dict[str, Node]:
        """The known entries of a mapping; unknown and missing ones are problems."""
        found = self.mapping(node, what)
        for key in found.keys() - set(known):
            knows = f" (it knows: {', '.join(sorted(known))})."
            self.wrong(found[key], f"{what} has no {key!r}{near(key, known, knows)}")
        for key in needed:
            if key not in found:
                self.wrong(node, f"{what} needs {key!r}.")
        return {key: value for key, value in found.items() if key in known}

    def mapping(self, node: Node, what: str) -> dict[str, Node]:
        if isinstance(node.value, dict):
            return node.value
        self.wrong(node, f"{what} is written as `name: value` pairs.")
        return {}

    def items(self, node: Node, what: str) -> list[Node]:
        if isinstance(node.value, list):
            return node.value
        self.wrong(node, f"{what} is a list: [one, two].")
        return []

    def text(self, node: Node, what: str) -> str:
        if isinstance(node.value, str) and node.value.strip():
            return node.value.strip()
        if isinstance(node.value, int) and not isinstance(node.value, bool):
            return str(node.value)
        self.wrong(node, f"{what} is empty." if node.value is None else f"{what} has to be a text.")
        return ""

    def name(self, node: Node, what: str) -> str:
        found = node.value if isinstance(node.value, str) else ""
        if not NAME.fullmatch(found):
            self.wrong(node, f"{what} is a name in small letters, digits and _.")
        return found

    def names(self, node: Node, what: str) -> tuple[str, ...]:
        return tuple(self.name(one, f"Each of {what}") for one in self.items(node, what))

    def one_of(self, node: Node, what: str, allowed: Collection[str]) -> str:
        if node.value in allowed:
            return str(node.value)
        self.wrong(node, f"{what} is one of: {', '.join(allowed)}.")
        return next(iter(allowed))

    def whole(self, node: Node, what: str, low: int, high: int) -> int:
        number = node.value
        if isinstance(number, int) and not isinstance(number, bool) and low <= number <= high:
            return number
        self.wrong(node, f"{what} is a whole number from {low} to {high}.")
        return low

    def flag(self, node: Node, what: str) -> bool:
        if not isinstance(node.value, bool):
            self.wrong(node, f"{what} is true or false.")
        return node.value is True

    def duration(self, node: Node, what: str) -> timedelta:
        found = _DURATION.fullmatch(node.value) if isinstance(node.value, str) else None
        if found:
            return timedelta(**{_UNITS[found[2]]: int(found[1])})
        self.wrong(node, f"{what} is a time such as 30s, 10m, 4h or 2d.")
        return timedelta()

    def pair(self, node: Node, what: str) -> tuple[int, int]:
        ends = [one.value for one in self.items(node, what)]
        match ends:
            case [int(low), int(high)] if low <= high and not any(one is True for one in ends):
                return low, high
        self.wrong(node, f"{what} is two whole numbers, the lower first: [0, 10].")
        return 0, 10

    def wording(self, where: Node, text: str, *, limit: int) -> None:
        """Sizes, markup and words of a text that will be said."""
        for sentence in wording.breaches(text):
            self.wrong(where, sentence)
        for sentence in wording.blemishes(text, limit=limit):
            self.warn(where, sentence)
        if len(text) > _RAW_LIMIT:
            self.wrong(where, f"The text has {len(text)} characters; {_RAW_LIMIT} are the most.")

    def label(self, where: Node, label: str) -> None:
        for sentence in wording.label_problems(label):
            self.wrong(where, sentence)


def _line(where: Node | int) -> int:
    return where if isinstance(where, int) else where.line


def near(name: str, known: Collection[str], otherwise: str = ".") -> str:
    """How a sentence about an unknown name ends: with the one that was probably meant."""
    found = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else otherwise
