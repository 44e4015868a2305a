"""The table of activities: each word finds its kind, and no label gives anybody away."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from aftercare.casework import deeds, facts, producers
from aftercare.casework.community import activity_cards, activity_requests
from aftercare.casework.community.activity_requests import Request
from aftercare.records.activities import Activity
from aftercare.records.people import Person
from aftercare.rules import activities, discretion, wording
from aftercare.words import CONTENT, OF_READER
from bot.flows import library
from bot.flows.model import Ask

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SATURDAY = date(2026, 11, 28)


def understood(text: str, known: Request | None = None, asked: str = "edit") -> Request:
    said = activity_requests.read(
        text, known or Request(), now=MONDAY, time_zone="Asia/Jakarta", asked=asked
    )
    return said.request


def test_every_word_of_the_table_finds_its_own_kind() -> None:
    found = {
        word: activities.find(word) for one in activities.kinds().values() for word in one.words
    }
    meant = {word: one for one in activities.kinds().values() for word in one.words}

    assert found == meant


def test_every_religion_has_something_and_every_taste_too() -> None:
    kinds = activities.kinds().values()

    religions = {one.religion for one in kinds if one.religion}
    assert religions == {
        "islam", "kristen", "katolik", "hindu", "buddha", "konghucu", "kepercayaan"
    }  # fmt: skip
    assert {one.group for one in kinds if one.religion} == {"ibadah"}
    assert all(any(activities.fits(one.id, taste) for one in kinds) for taste in activities.TASTES)


def test_a_lock_screen_may_show_every_label() -> None:
    labels = [one.label for one in activities.kinds().values()]

    assert [label for label in labels if discretion.told(label)] == []
    assert [label for label in labels if wording.label_problems(label)] == []


def test_moving_ones_body_offers_the_same_kinds_by_the_same_names() -> None:
    flows = CONTENT / "id" / "flows"
    gerak = library.load(flows, deeds.ACTIONS, OF_READER, facts.KNOWN, producers.TABLE)["gerak"]
    offered = {
        option.id: option.label
        for step in gerak.steps.values()
        if isinstance(step, Ask)
        for option in step.options
        if option.id in activities.kinds()
    }

    assert len(offered) >= 10
    assert offered == {name: activities.kind(name).label for name in offered}


def test_worship_is_for_who_asked_for_it_and_sport_for_everybody() -> None:
    assert activities.is_for("senam", None)
    assert not activities.is_for("misa", None)
    assert not activities.is_for("misa", "islam")
    assert activities.is_for("misa", "katolik")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("senam Sabtu jam 7 di lapangan", {"kind": "senam", "day": SATURDAY, "start": 420}),
        ("setiap Sabtu jam 7 pagi voli di GOR 4 kali", {"kind": "voli", "times": 4}),
        ("tiap minggu jam 7 pagi senam di taman 3 kali", {"day": date(2026, 11, 29), "times": 3}),
        ("tiap minggu hari Sabtu jam 7 pagi senam di taman", {"day": SATURDAY, "weekly": True}),
        ("kumpul Kamis jam 16.00 2 jam di balai warga untuk 10 orang",
         {"kind": "kelompok", "minutes": 120, "capacity": 10, "place": "balai warga"}),
        ("lomba masak Sabtu jam 10 di balai RW, maks 15, catatan: bawa celemek",
         {"kind": "lain", "name": "Lomba masak", "capacity": 15, "note": "bawa celemek"}),
        ("penyuluhan hukum 3 Desember jam 9 di aula Bapas",
         {"kind": "hukum", "place": "aula Bapas", "day": date(2026, 12, 3)}),
        ("badminton 2 minggu lagi jam 7 malam di GOR", {"times": None, "weekly": False}),
    ],
)  # fmt: skip
def test_one_sentence_is_read_whole(sentence: str, expected: dict[str, Any]) -> None:
    request = understood(sentence)

    assert {name: getattr(request, name) for name in expected} == expected


def test_a_change_changes_what_it_names_and_nothing_else() -> None:
    known = understood("senam Sabtu jam 7 di lapangan, 20 orang")

    later = understood("jam 8", known)
    elsewhere = understood("di balai RW", known)

    assert later == Request(**{**known.pack(), "start": 480})
    assert elsewhere == Request(**{**known.pack(), "place": "balai RW"})


def test_a_bare_place_answers_the_question_for_it() -> None:
    known = understood("senam Sabtu jam 7")

    assert understood("GOR Pajajaran", known, "place").place == "GOR Pajajaran"


def activity(number: int, series: int | None) -> Activity:
    return Activity(id=number, series=series)


def test_a_weekly_row_is_shown_by_its_next_day_and_by_what_was_joined() -> None:
    row = [activity(1, 1), activity(2, 1), activity(3, None), activity(4, 1)]

    assert [one.id for one in activity_cards.one_of_each(row)] == [1, 3]
    assert [one.id for one in activity_cards.one_of_each(row, {4})] == [1, 3, 4]


@pytest.mark.parametrize(
    ("audience", "name", "is_named"),
    [
        ("partner", "Karang Taruna Mekar", True),
        ("partner", "POKMAS LIPAS Harapan", False),
        ("officer", "Sari Rahmawati", True),
    ],
)
def test_a_name_that_tells_of_an_office_is_left_out(
    audience: Any, name: str, is_named: bool
) -> None:
    host = Person(audience=audience, name=name, nickname=None)

    assert bool(activity_cards.with_host(host)) == is_named
