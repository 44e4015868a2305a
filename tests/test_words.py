"""Every word that the code names is there, and every value that the words name is given."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from aftercare import words
from aftercare.words import Text
from kawan import house

ROOT: Final = Path(__file__).parents[1]
ROOMS: Final = ("aftercare", "bot", "scheduler", "kawan")
#: What stands in a key where the code fills in a name.
GAP: Final = "\0"
#: Functions that add the same values to every message they are handed.
COMPLETES: Final = frozenset({"_tell_officer"})
ENOUGH: Final = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One `Message(...)` in the code. `given` is None where the values are not written out."""

    where: str
    key: str
    given: frozenset[str] | None
    buttons: tuple[str, ...]

    def keys(self, known: dict[str, Text]) -> list[str]:
        start = self.key.partition(GAP)[0]
        if GAP not in self.key:
            return [key for key in known if key == self.key]
        return [key for key in known if key.startswith(start)]


@cache
def texts() -> dict[str, Text]:
    _, book = house.content()
    return {key: book.text(key) for key in sorted(book.keys())}


@cache
def said() -> tuple[Said, ...]:
    return tuple(
        one
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*.py"))
        for one in messages(ast.parse(file.read_text()), str(file.relative_to(ROOT)))
    )


def messages(tree: ast.AST, file: str) -> Iterator[Said]:
    later = {id(one) for call in calls(tree, COMPLETES) for one in call.args}
    for call in calls(tree, {"Message"}):
        key = written(call.args[0]) if call.args else None
        if key is not None and not key.startswith(GAP):
            values = None if id(call) in later else given(call)
            yield Said(f"{file}:{call.lineno}", key, values, tuple(buttons(call)))


def calls(tree: ast.AST, names: Collection[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in names:
            yield node


def name_of(function: ast.expr) -> str:
    match function:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def written(node: ast.expr) -> str | None:
    """A constant, or an f-string with a gap for each part that is not one."""
    match node:
        case ast.Constant(str() as text):
            return text
        case ast.JoinedStr(parts):
            return "".join(
                str(one.value) if isinstance(one, ast.Constant) else GAP for one in parts
            )
    return None


def given(call: ast.Call) -> frozenset[str] | None:
    """The names of the values, where they are a dict that is written out here."""
    named = {one.arg: one.value for one in call.keywords}
    values = call.args[1] if len(call.args) > 1 else named.get("values", ast.Dict([], []))
    if not isinstance(values, ast.Dict):
        return None
    names = [written(one) if one else None for one in values.keys]
    if any(one is None or GAP in one for one in names):
        return None
    return frozenset(one for one in names if one)


def buttons(call: ast.Call) -> Iterator[str]:
    """Ids of the buttons that are written out inside this message, under its own key."""
    if any(one.arg == "labels_of" for one in call.keywords):
        return
    for button in calls(call, {"Button"}):
        yield written(button.args[0]) or GAP


def test_the_walk_finds_what_is_said() -> None:
    found = said()

    assert len(found) > ENOUGH
    assert any(one.given for one in found)
    assert any(GAP in one.key for one in found)


def test_every_key_that_the_code_says_has_words() -> None:
    assert [(one.where, one.key) for one in said() if not one.keys(texts())] == []


def test_every_value_that_the_words_name_is_given_by_the_code() -> None:
    missing = [
        (one.where, one.key, lacking)
        for one in said()
        if one.given is not None and GAP not in one.key
        for key in one.keys(texts())
        if (lacking := words.placeholders(texts()[key].body) - one.given - words.OF_READER)
    ]

    assert missing == []


def test_every_button_that_the_code_shows_has_a_label() -> None:
    missing = [
        (one.where, one.key, name)
        for one in said()
        if GAP not in one.key
        for key in one.keys(texts())
        for name in one.buttons
        if GAP not in name and name not in texts()[key].labels
    ]

    assert missing == []


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ('Message("no.such.key")', "key"),
        ('Message(f"no_such_feature.{who}.key")', "key"),
        ('Message("family.client.removed", {"client": name})', "value"),
        ('Message("family.client.removed")', "value"),
        ('Message("fallback.client.not_understood")', ""),
        ('Message("family.client.removed", {"name": name})', ""),
        ('Message("family.client.removed", values)', ""),
    ],
)
def test_the_walk_tells_a_wrong_message_from_a_right_one(code: str, wrong: str) -> None:
    (one,) = messages(ast.parse(code), "example.py")

    keys = one.keys(texts())
    lacking = [
        words.placeholders(texts()[key].body) - (one.given or frozenset()) - words.OF_READER
        for key in keys
        if one.given is not None
    ]

    assert (not keys) == (wrong == "key")
    assert any(lacking) == (wrong == "value")
