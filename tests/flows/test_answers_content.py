"""The words for answers that do not fit are there for every reader, and fit them."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare import strict_yaml
from aftercare.rules import wording

CONTENT = Path(__file__).parents[2] / "content" / "id"
HINTS = {
    "choose_button", "choose_many", "too_few", "too_many", "scale", "number", "range",
    "too_short", "too_long", "time",
}  # fmt: skip


@pytest.mark.parametrize("audience", ["client", "family", "officer", "head", "host"])
def test_every_hint_the_engine_can_give_has_words(audience: str) -> None:
    texts = strict_yaml.load(CONTENT / "messages" / "answers.yaml").plain

    there = {key.split(".")[2] for key in texts if key.startswith(f"answer.{audience}.")}

    assert there >= HINTS


def test_no_hint_is_heavy_or_hurts() -> None:
    texts = strict_yaml.load(CONTENT / "messages" / "answers.yaml").plain

    assert [key for key, one in texts.items() if wording.problems(one["text"])] == []


def test_hints_name_no_value_but_the_bounds() -> None:
    texts = strict_yaml.load(CONTENT / "messages" / "answers.yaml").plain

    named = {name for one in texts.values() for name in wording.placeholders(one["text"])}

    assert named <= {"low", "high"}
