"""Every week of the family programme is short, asks one thing, and leads somewhere that exists."""

from __future__ import annotations

import re

import pytest

from aftercare import phrases
from aftercare.casework.family import prompt_words
from aftercare.rules import discretion, prompts, wording
from aftercare.words import Text
from kawan import house

MOST_WORDS = 60
THEMES = [*(prompts.week(n) for n in range(1, prompts.WEEKS + 1)), *prompts.EVENTS]
CLIENT = [f"prompt.client.{theme}" for theme in THEMES]
TRUSTED = [
    f"prompt.client.{theme}_trusted"
    for theme in THEMES
    if prompts.number(theme) or theme in prompts.TRUSTED
]
RELATIVE = [
    f"prompt.family.{theme}"
    for theme in THEMES
    if prompts.number(theme) or theme in prompts.RELATIVES
]


@pytest.fixture(scope="module")
def texts() -> dict[str, Text]:
    return dict(phrases.load())


@pytest.mark.parametrize("key", [*CLIENT, *TRUSTED, *RELATIVE])
def test_a_prompt_is_short_with_one_action_and_one_question(
    key: str, texts: dict[str, Text]
) -> None:
    said = wording.visible(texts[key].body)

    assert len(re.findall(r"\w+(?:[-']\w+)*", said)) <= MOST_WORDS
    assert said.count("👉") == 1
    assert said.count("?") == 1
    assert wording.problems(texts[key].body) == []
    assert discretion.told(texts[key].body) is None


@pytest.mark.parametrize("key", [*CLIENT, *TRUSTED])
def test_a_client_may_always_decline_and_every_exercise_exists(
    key: str, texts: dict[str, Text]
) -> None:
    stage, _ = house.content()
    known = {name for name, flow in stage.flows.items() if flow.module}
    buttons = texts[key].labels.keys()

    assert set(prompt_words.CLIENT) <= buttons
    assert buttons - set(prompt_words.CLIENT) <= known
    assert len(buttons) <= 4


@pytest.mark.parametrize("key", [*CLIENT, *TRUSTED])
def test_what_will_be_done_has_words_for_the_question_later(
    key: str, texts: dict[str, Text]
) -> None:
    theme = key.removeprefix("prompt.client.")

    assert f"prompt.client.deed_{theme}" in texts


@pytest.mark.parametrize("key", RELATIVE)
def test_help_stands_under_everything_relatives_get(key: str, texts: dict[str, Text]) -> None:
    assert set(prompt_words.RELATIVE) == texts[key].labels.keys()


@pytest.mark.parametrize("key", RELATIVE)
def test_nobody_is_asked_to_watch_to_search_or_to_test(key: str, texts: dict[str, Text]) -> None:
    said = texts[key].body.casefold().replace("tidak harus mengawasi", "")

    assert not any(
        word in said for word in ("awasi", "geledah", "periksa", "tes urine", "laporkan")
    )
