"""Short lessons for relatives: there whenever they want, each with something to do, help nearby."""

from __future__ import annotations

import pytest

from aftercare.casework import deeds, facts
from aftercare.casework.family import prompt_words
from bot.flows import walk
from bot.flows.model import Ask, Flow, Say, Wait
from kawan import house
from tests import newcomers
from tests.town import Town


@pytest.fixture(scope="module")
def shipped() -> dict[str, Flow]:
    stage, _ = house.content()
    return {name: stage.flows[name] for name in prompt_words.lessons()}


def said(flow: Flow) -> str:
    steps = flow.steps.values()
    return "\n".join(one.wording.text for one in steps if isinstance(one, Say | Ask))


def test_there_are_lessons_on_all_that_families_meet(shipped: dict[str, Flow]) -> None:
    assert list(shipped) == [
        "lesson_change",
        "lesson_listening",
        "lesson_asking",
        "lesson_limits",
        "lesson_signs",
        "lesson_neighbours",
        "lesson_self",
        "lesson_danger",
    ]


def test_every_lesson_has_something_to_do_on_our_clock(shipped: dict[str, Flow]) -> None:
    idle = [name for name, flow in shipped.items()
            if not any(isinstance(one, Wait) for one in flow.steps.values())]  # fmt: skip

    assert idle == []


def test_every_lesson_names_the_way_to_help(shipped: dict[str, Flow]) -> None:
    assert [name for name, flow in shipped.items() if "/bantuan" not in said(flow)] == []


def test_no_lesson_asks_anybody_to_spy_or_to_test(shipped: dict[str, Flow]) -> None:
    for name, flow in shipped.items():
        text = said(flow).casefold()
        assert "tes urine" not in text, name
        assert "geledah" not in text.replace("tidak perlu menggeledah", ""), name


def test_every_path_through_every_lesson_ends(shipped: dict[str, Flow]) -> None:
    problems = {
        name: walk.every_path(flow, deeds.ACTIONS, facts.KNOWN).problems
        for name, flow in shipped.items()
    }

    assert {name: found for name, found in problems.items() if found} == {}


async def test_siti_opens_a_lesson_at_any_time_and_finds_it_ticked(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    await siti.writes("/belajar")
    await siti.taps("Merawat diri")
    await siti.taps("Mulai")
    await town.passes(minutes=2)
    await siti.taps("Hati")
    assert "Selesai" in siti.phone.newest.text

    await siti.writes("/belajar")

    assert "✓ Merawat diri" in siti.phone.buttons


async def test_the_list_is_a_button_of_the_menu_and_danger_stands_beneath_it(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    await siti.writes("/menu")
    await siti.taps("Belajar singkat")

    await siti.taps("Keadaan gawat")

    assert (await siti.heard())[-1] == "prompt.family.danger"


async def test_the_weekly_button_is_only_there_where_budi_allows_it(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")

    await siti.writes("/belajar")

    assert not any("mingguan" in label for label in siti.phone.buttons)


async def test_numbers_in_a_lesson_are_those_of_the_office(town: Town) -> None:
    siti = await newcomers.agreed_relative(town, "Siti", "attendance")
    await siti.writes("/belajar")
    await siti.taps("Siap saat gawat")
    await siti.taps("Mulai")

    texts = "\n".join(heard.text for heard in siti.phone.messages)
    assert all(number in texts for number in ("110", "112", "119", "129"))


async def test_a_client_does_not_find_the_lessons_of_relatives(town: Town) -> None:
    await town.budi.taps_data("d:lesson:0:lesson_self")

    assert await town.budi.heard() == ["answer.anyone.passed"]
