"""The arrows between the rooms hold: who may know of whom, and which library lives where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
ROOMS: Final = ("aftercare", "bot", "scheduler", "simulator", "kawan")
#: Everything that touches Telegram, the database or the clock, which `bot/flows` may not.
WORLD: Final = ("aiogram", "telegram", "sqlalchemy", "apscheduler", "aftercare.records",
                "aftercare.casework", "aftercare.clock", "httpx", "aiohttp")  # fmt: skip


@cache
def imports() -> tuple[tuple[str, str], ...]:
    """(file, module) for every import anywhere in the rooms, also inside functions."""
    return tuple(
        (str(file.relative_to(ROOT)), module)
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*.py"))
        for module in modules(ast.parse(file.read_text()))
    )


def modules(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def crossing(room: str, *forbidden: str) -> list[tuple[str, str]]:
    return [
        (file, module)
        for file, module in imports()
        if file.startswith(f"{room}/") and any(inside(module, one) for one in forbidden)
    ]


@pytest.mark.parametrize(
    ("room", "never"),
    [
        ("aftercare", ("bot", "scheduler", "kawan", "simulator")),
        ("bot", ("scheduler", "kawan", "simulator")),
        ("scheduler", ("kawan", "simulator")),
        ("simulator", ("aftercare", "bot", "scheduler", "kawan")),
    ],
)
def test_no_room_knows_of_a_room_that_it_should_not(room: str, never: tuple[str, ...]) -> None:
    assert crossing(room, *never) == []


def test_the_scheduler_knows_of_conversations_and_of_nothing_else_in_bot() -> None:
    known = {module for _, module in crossing("scheduler", "bot") if module != "bot"}

    assert {module for module in known if not inside(module, "bot.flows")} == set()


@pytest.mark.parametrize(
    ("library", "home"), [("aiogram", "bot/"), ("telegram", "scheduler/"), ("rasa_sdk", "bot/")]
)
def test_each_telegram_library_lives_in_one_room(library: str, home: str) -> None:
    abroad = [
        (file, module)
        for file, module in imports()
        if inside(module, library) and not file.startswith(home)
    ]

    assert abroad == []


def test_apscheduler_lives_in_the_scheduler() -> None:
    assert {file for file, module in imports() if inside(module, "apscheduler")} == {
        "scheduler/timetable.py"
    }


def test_conversations_are_pure_but_for_the_one_bridge() -> None:
    impure = [
        (file, module)
        for file, module in crossing("bot/flows", *WORLD)
        if file not in ("bot/flows/turns.py", "bot/flows/playing.py")
    ]

    assert impure == []


def test_rules_are_pure() -> None:
    assert crossing("aftercare/rules", *WORLD, "asyncio") == []


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        str(file.relative_to(ROOT))
        for room in ROOMS
        if room != "simulator"
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]

    assert set(asking) == {"aftercare/clock.py"}


def test_only_the_settings_read_the_environment() -> None:
    reading = {
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "getenv"
    }

    assert reading == set()


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        if "migrations" not in file.parts and not ast.get_docstring(ast.parse(file.read_text()))
    ]

    assert silent == []


def test_no_room_of_the_casework_stands_on_one_that_stands_on_it() -> None:
    below = {room: {other for one, other in neighbours() if one == room} for room in casework()}

    while free := {room for room, others in below.items() if not others}:
        below = {room: others - free for room, others in below.items() if room not in free}

    assert below == {}


def casework() -> set[str]:
    return {init.parent.name for init in (ROOT / "aftercare/casework").glob("*/__init__.py")}


def neighbours() -> set[tuple[str, str]]:
    """(room, another one that it uses) for the rooms inside `aftercare/casework`."""
    here, rooms = "aftercare.casework.", casework()
    pairs = {
        (Path(file).parent.name, module.removeprefix(here).split(".")[0])
        for file, module in imports()
        if module.startswith(here)
    }
    return {(room, other) for room, other in pairs if {room, other} <= rooms and room != other}
