"""What the writers' guide shows really works."""

from __future__ import annotations

import re
from pathlib import Path

from bot.flows import walk
from tests.flows.desk import ACTIONS, FACTS, Chat, Desk

GUIDE = (Path(__file__).parents[2] / "content" / "README.md").read_text(encoding="utf-8")


def blocks() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_example_loads_without_a_warning_and_every_path_ends(desk: Desk) -> None:
    desk.write("evening_urge", blocks()[0])

    library = desk.load()
    found = walk.every_path(library["evening_urge"], ACTIONS, FACTS)

    assert library.warnings == ()
    assert found.problems == ()


def test_the_example_reads_as_the_guide_says(desk: Desk) -> None:
    desk.write("evening_urge", blocks()[0])

    siti = Chat(desk.load()["evening_urge"]).types("lagi beraat").types("7").types("mau")
    while siti.flow.steps[siti.now.step or ""].id != "after":
        siti.waits()
    siti.taps("n3")

    assert siti.heard == ["fallen"]
    assert siti.sent[0].values == {"change.urge.after": 4}


def test_the_translation_in_the_guide_fits_the_example(desk: Desk) -> None:
    desk.write("evening_urge", blocks()[0])
    desk.translate("evening_urge", blocks()[2])

    texts = desk.load_english().texts()

    assert texts["evening_urge.client.mood"].labels["good"] == "😀 Good"


def test_every_key_a_writer_can_use_is_in_the_guide() -> None:
    from bot.flows import asks, conditions, manuscript, options, steps

    keys = {*manuscript._KEYS, *manuscript._MORE, *asks._COMMON, *options._KEYS, *steps.VERBS}
    keys |= {key for own in asks.OWN_KEYS.values() for key in own}
    keys |= {*asks.OWN_KEYS, *conditions.OPERATIONS, *conditions._GROUPS}
    keys |= {op for known in conditions.OPERATIONS.values() for op in known}

    assert [key for key in sorted(keys) if not re.search(rf"`[^`]*\b{key}\b[^`]*`", GUIDE)] == []
