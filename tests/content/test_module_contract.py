"""Every exercise we ship keeps the contract of an exercise; each breach names module and point."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import combinations
from typing import Final

import pytest

from aftercare import phrases
from aftercare.rules import discretion
from bot.flows import exercises, reading
from bot.flows.exercises import Point
from bot.flows.library import Library
from bot.flows.model import Ask, DoStep, Flow, Say, Wait
from kawan import house

SHORT_PHRASE: Final = 6  # words; shorter sentences may repeat
MOST_SHARED: Final = 1


@pytest.fixture(scope="module")
def shipped() -> dict[str, Flow]:
    stage, _ = house.content()
    assert isinstance(stage.flows, Library)
    return stage.flows.modules()


@pytest.fixture
def napas(shipped: dict[str, Flow]) -> Flow:
    return shipped["NAPAS"]


def broken(flow: Flow, known: Collection[str] = ()) -> Iterator[str]:
    yield from (sentence for _, sentence in exercises.breaches(flow, known or phrases.load()))


@pytest.mark.parametrize("point", exercises.POINTS, ids=lambda one: one.__name__)
def test_every_exercise_keeps_the_contract(point: Point, shipped: dict[str, Flow]) -> None:
    breaches = [
        f"{name} {sentence}." for name, flow in shipped.items() for _, sentence in point(flow)
    ]

    assert breaches == []


def test_every_task_has_its_words_for_the_day_after_and_no_others(shipped: dict[str, Flow]) -> None:
    known = phrases.load()

    breaches = {
        name: list(exercises.gives_words_for_every_task(flow, known))
        for name, flow in shipped.items()
    }

    assert {name: found for name, found in breaches.items() if found} == {}


def test_no_exercise_is_copied_from_another(shipped: dict[str, Flow]) -> None:
    said = {
        name: {
            s
            for _, text in reading.texts(flow)
            for s in reading.sentences(text)
            if len(reading.words(s)) > SHORT_PHRASE
        }
        for name, flow in shipped.items()
    }

    shared = {
        f"{one} and {other}": said[one] & said[other]
        for one, other in combinations(said, 2)
        if len(said[one] & said[other]) > MOST_SHARED
    }
    assert shared == {}


def test_no_message_is_said_twice_in_one_exercise_under_two_names(shipped: dict[str, Flow]) -> None:
    twice = {}
    for name, flow in shipped.items():
        steps = [one for one in flow.steps.values() if isinstance(one, Say | Ask)]
        keys = {(one.wording.text, one.wording.key) for one in steps}
        texts = [text for text, _ in keys]
        twice[name] = {text for text in texts if texts.count(text) > 1}

    assert {name: found for name, found in twice.items() if found} == {}


def test_every_need_has_a_button_that_leads_to_its_exercises(shipped: dict[str, Flow]) -> None:
    buttons = phrases.load()["module.client.needs"].labels

    assert {str((flow.module or {})["need"]) for flow in shipped.values()} <= buttons.keys()


def test_what_arrives_unasked_tells_a_lock_screen_nothing() -> None:
    stage, _ = house.content()
    readers = ("client", "family")
    openings = {
        name: next(reading.texts(flow))[1]
        for name, flow in stage.flows.items()
        if flow.audience in readers and any(reading.texts(flow))
    }
    prompts = {
        key: text.body
        for key, text in phrases.load().items()
        if key.split(".")[1] in readers and key.split(".")[0] in ("module", "prompt", "check_in")
    }

    telling = {
        key: discretion.told(text)
        for key, text in {**openings, **prompts}.items()
        if discretion.told(text)
    }
    assert telling == {}


def test_a_writer_who_forgets_the_way_to_people_is_told(napas: Flow) -> None:
    steps = {name: one for name, one in napas.steps.items() if not isinstance(one, DoStep)}

    said = set(broken(replace(napas, steps=steps)))

    assert {
        "keeps nothing of what the client says",
        "never comes back to what was kept",
        "does not record the rating after",
        "does not notice when it stays hard",
        "gives no small task",
    } <= said


def test_a_writer_who_only_talks_is_told_that_nothing_is_done(napas: Flow) -> None:
    steps = {
        name: replace(one, next=napas.steps[one.next].next)  # type: ignore[union-attr]
        if isinstance(one, Say) and isinstance(napas.steps.get(one.next), Wait)
        else one
        for name, one in napas.steps.items()
    }

    said = list(broken(replace(napas, steps=steps)))

    assert len(said) == 1
    assert said[0].startswith("comes to 'after' with nothing done on the clock, by before > ")


def test_a_first_line_that_gives_somebody_away_is_named_with_its_step(napas: Flow) -> None:
    before = napas.steps["before"]
    assert isinstance(before, Ask)
    telling = replace(before.wording, text="Dorongan memakai itu datang dan pergi. Berapa?")
    flow = replace(napas, steps={**napas.steps, "before": replace(before, wording=telling)})

    found = list(reading.tells_a_lock_screen_nothing(flow))

    assert found == [("before", "before shows 'Dorongan memakai' on a lock screen")]


def test_a_task_without_words_for_the_day_after_is_named(napas: Flow) -> None:
    known = set(phrases.load()) - {"module.client.task_napas_tidur"}

    assert list(broken(napas, known)) == ["has no words for the task 'tidur' of the next day"]
