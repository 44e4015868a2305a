"""What people type is read as they mean it, and never as its opposite."""

from __future__ import annotations

import pytest

from bot.flows import hours, typed
from bot.flows.model import Option


def buttons(*labels: str, **words: tuple[str, ...]) -> list[Option]:
    """Options whose ids are their labels in small letters."""
    return [
        Option(label.casefold(), label, words=words.get(label.casefold(), ())) for label in labels
    ]


COMING = buttons("Hadir", "Tidak hadir", "Belum tahu")
AGREE = buttons("Ya", "Tidak")
OFTEN = buttons("Tidak pernah", "Kadang-kadang", "Sering sekali")
MINUTES = buttons("3 menit", "6 menit", "10 menit")
TIMES = buttons("Belum pernah", "Satu kali", "Dua kali")


@pytest.mark.parametrize(
    ("text", "options", "meant"),
    [
        ("hadir", COMING, "hadir"),
        ("HADIR!!", COMING, "hadir"),
        ("hadiiir pak", COMING, "hadir"),
        ("gak hadir", COMING, "tidak hadir"),
        ("tdk hadir", COMING, "tidak hadir"),
        ("nggak hadir dulu ya", COMING, None),
        ("blm tau", COMING, "belum tahu"),
        ("belum tahuu", COMING, "belum tahu"),
        ("iyaaaa", AGREE, "ya"),
        ("y", AGREE, "ya"),
        ("ga", AGREE, "tidak"),
        ("enggak deh", AGREE, "tidak"),
        ("ya tidak", AGREE, None),
        ("2", COMING, "tidak hadir"),
        ("dua", COMING, "tidak hadir"),
        ("4", COMING, None),
        ("0", COMING, None),
        ("kadang kadang", OFTEN, "kadang-kadang"),
        ("sering sekli", OFTEN, "sering sekali"),  # one letter short
        ("pernah", OFTEN, None),  # not the opposite of what is offered
        ("3", MINUTES, "3 menit"),  # the minutes, not the third button
        ("10", MINUTES, "10 menit"),
        ("1", MINUTES, None),
        ("dua", TIMES, "dua kali"),  # not the second button
        ("", COMING, None),
        ("??", COMING, None),
    ],
)
def test_words_are_matched_to_buttons(text: str, options: list[Option], meant: str | None) -> None:
    found = typed.pick(text, options)

    assert (found.id if found else None) == meant


def test_a_typing_slip_never_turns_a_no_into_a_yes() -> None:
    options = buttons("Tidak setuju", "Setuju")

    assert typed.pick("tidak setujuu", options) == options[0]
    assert typed.pick("setuju", options) == options[1]
    assert typed.pick("tidaksetuju", options) is None
    assert typed.pick("jangan setuju", options) is None


def test_a_slip_that_fits_two_buttons_fits_none() -> None:
    assert typed.pick("ruang c", buttons("Ruang A", "Ruang B")) is None


def test_an_emoji_alone_can_be_the_answer() -> None:
    options = buttons("😀", "😢")

    assert typed.pick("😢", options) == options[1]


def test_synonyms_of_the_writer_are_understood() -> None:
    options = buttons("Siap", "Nanti", siap=("gas", "ayo"))

    assert typed.pick("Gasss!", options) == options[0]


def test_a_label_that_carries_a_value_can_only_be_counted() -> None:
    options = [Option("first", "{slot_1:when}"), Option("second", "{slot_2:when}")]

    assert typed.pick("2", options) == options[1]
    assert typed.pick("slot 1 when", options) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lapar", ["lapar"]),
        ("1, 3", ["lapar", "sepi"]),
        ("lapar, marah dan sepi", ["lapar", "marah", "sepi"]),
        ("lapar, ngantuk", None),
        (",", None),
    ],
)
def test_a_list_is_taken_whole_or_not_at_all(text: str, meant: list[str] | None) -> None:
    found = typed.pick_many(text, buttons("Lapar", "Marah", "Sepi"))

    assert (None if found is None else [one.id for one in found]) == meant


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), (" 7. ", 7), ("7/10", 7), ("7 dari 10", 7), ("tujuh", 7), ("TUJUUUH", 7), ("nol", 0),
     ("-2", -2), ("7,5", None), ("banyak", None), ("", None), ("9" * 12, None)],
)  # fmt: skip
def test_numbers_are_read_in_digits_and_words(text: str, number: int | None) -> None:
    assert typed.number(text) == number


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("19:00", "19:00"),
        ("19.00", "19:00"),
        ("jam 19", "19:00"),
        ("jam 7 malam", "19:00"),
        ("jam tujuh malem", "19:00"),
        ("pukul 7.30 pagi", "07:30"),
        ("7", "19:00"),  # bare hours are looked for when we may write: 08.00-20.59
        ("8", "08:00"),
        ("07.00", "07:00"),  # a leading zero is the morning
        ("setengah 8 malam", "19:30"),
        ("setengah 8 pagi", "07:30"),
        ("jam 8 kurang 10", "19:50"),
        ("jam 8 lewat seperempat", "08:15"),
        ("12 siang", "12:00"),
        ("12 malam", "00:00"),
        ("1 siang", "13:00"),
        ("1 malam", "01:00"),
        ("4 subuh", "04:00"),
        ("5 sore", "17:00"),
        ("Jam 7 malam WIB.", "19:00"),
        ("25", None),
        ("7.75", None),
        ("nanti", None),
        ("malam", None),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, time: str | None) -> None:
    assert hours.read(text) == time


@pytest.mark.parametrize(
    ("text", "time"),
    [("7", "19:00"), ("9", "21:00"), ("10", "22:00"), ("7 pagi", None), ("4", None)],
)
def test_a_range_decides_which_half_of_the_day_is_meant(text: str, time: str | None) -> None:
    assert hours.read(text, 17 * 60, 22 * 60) == time


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Lain kali", 1),
        ("lain kaliii aja", 1),
        ("👍", 0),
        ("gak cocok buatku", 2),
        ("cocok buatku", None),
        ("2", None),
        ("mungkin lain kali ya", None),
        ("...", None),
    ],
)
def test_the_label_of_a_posted_button_is_known_when_typed(words: str, place: int | None) -> None:
    assert typed.place(words, ["👍", "Lain kali", "Tidak cocok buatku"]) == place


def test_of_two_buttons_with_one_label_none_is_guessed() -> None:
    assert typed.place("hadir", ["Hadir", "Hadir"]) is None
