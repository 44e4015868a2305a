"""Whoever types the words of a button means the button: they are no danger, but where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot import alarm
from bot.understanding import danger

CONTENT = Path(__file__).parents[2] / "content"
#: Whoever writes this of their own accord is in danger, or beside somebody who is.
ALARMING = {
    "Ada ancaman atau kekerasan",
    "Ada yang tidak sadar",
    "Aku tidak aman",
    "I am not safe",
    "Merasa cuma jadi beban",
    "Rasanya kosong, tidak bisa nangis",
    "Someone is unconscious",
}


def labels() -> set[str]:
    spoken = (*CONTENT.glob("*/flows/**/*.yaml"), *CONTENT.glob("*/messages/*.yaml"))
    return {one for file in spoken for one in _labels(yaml.load(file.read_text(), yaml.BaseLoader))}


def _labels(node: Any) -> Iterator[str]:
    match node:
        case {"label": str(label), **rest}:
            yield label
            yield from rest.get("words", ())
        case {"buttons": dict(buttons)}:
            yield from buttons.values()
        case dict():
            for inner in node.values():
                yield from _labels(inner)
        case list():
            for inner in node:
                yield from _labels(inner)


def test_no_button_is_heard_as_danger_when_its_words_are_typed() -> None:
    """Mend it by adding the words to `tests/understanding/danger_left_alone.txt`."""
    heard = {label for label in labels() if alarm.is_heard(danger.read(label))}

    assert len(labels()) > 2000
    assert heard - ALARMING == set()
