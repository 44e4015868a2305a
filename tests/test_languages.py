"""Somebody who reads English more easily is spoken to in English; the rest stays Indonesian."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare import phrases
from aftercare.messages import Message
from aftercare.rules import wording
from aftercare.strict_yaml import ContentErrors
from aftercare.words import Book, Reader, Text
from bot.flows.library import Library
from kawan import pages
from tests.town import Town

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
BASE = """
hello.client.first:
  text: "Halo {nickname}, {count} kali."
  buttons: {yes: "Ya", no: "Tidak"}
hello.client.second: {text: "Dah."}
hello.officer.first: {text: "Ini untuk petugas."}
"""


async def speaks_english(town: Town) -> None:
    """Chosen as anybody chooses it: in the settings."""
    await town.budi.writes("/privasi")
    await town.budi.taps("Ubah nama, jam, izin")
    await town.budi.taps("Bahasa / English")
    await town.budi.taps("English")


async def test_budi_chooses_english_and_is_answered_in_english(town: Town) -> None:
    await speaks_english(town)

    assert "Changed, and it counts from now on." in town.budi.phone.newest.text


async def test_an_exercise_begun_in_english_goes_on_in_english(town: Town) -> None:
    await speaks_english(town)

    await town.budi.taps_data(f"d:module:{town.budi.id}:ombak")
    await town.budi.taps("7")
    await town.budi.taps("Chest")

    assert "The place you watch: Chest." in town.budi.phone.newest.text


async def test_typed_english_is_an_answer_too(town: Town) -> None:
    await speaks_english(town)
    await town.budi.taps_data(f"d:module:{town.budi.id}:napas")
    await town.budi.writes("7")

    await town.budi.writes("ready")

    assert "Round 1 of 6" in town.budi.phone.newest.text


async def test_danger_is_heard_and_answered_in_english(town: Town) -> None:
    await speaks_english(town)

    await town.budi.writes("aku mau bunuh diri malam ini")

    card = next(one for one in town.budi.phone.messages if "<b>119</b>" in one.text)
    assert "I am sending word to the officers." in card.text


async def test_what_nobody_has_translated_is_said_in_indonesian(town: Town) -> None:
    await speaks_english(town)

    await town.budi.writes("/menu")

    assert (await town.budi.heard())[-1] == "menu.client.overview"
    assert town.budi.phone.newest.text


async def test_the_officer_reads_indonesian_as_ever(town: Town) -> None:
    await speaks_english(town)

    await town.sari.writes("/hari_ini")

    assert "today" not in town.sari.phone.newest.text.lower()


def test_moments_are_told_in_the_readers_language() -> None:
    texts = {"a.client.b": Text("{at:when}")}
    book = Book(texts, {"en": {}})
    at = datetime(2026, 11, 24, 2, tzinfo=UTC)

    message = Message("a.client.b", {"at": at})

    indonesian = book.word(message, Reader("Budi", NOW)).text
    english = book.word(message, Reader("Budi", NOW, language="en")).text

    assert indonesian == "besok, Selasa, 24 November jam 09.00 WIB"
    assert english == "tomorrow, Tuesday, 24 November at 09.00 WIB"


@pytest.fixture
def base(tmp_path: Path) -> phrases.Texts:
    folder = tmp_path / "id"
    folder.mkdir()
    (folder / "hello.yaml").write_text(BASE)
    return phrases.load(folder)


def translated(tmp_path: Path, base: phrases.Texts, text: str) -> phrases.Texts:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "hello.yaml").write_text(text)
    return phrases.load_overlay(folder, base)


def test_a_translated_message_keeps_the_buttons_it_leaves_out(
    tmp_path: Path, base: phrases.Texts
) -> None:
    texts = translated(
        tmp_path, base,
        'hello.client.first: {text: "Hi {nickname}, {count} times.", buttons: {yes: "Yes"}}',
    )  # fmt: skip

    assert texts["hello.client.first"].labels == {"yes": "Yes", "no": "Tidak"}
    assert texts["hello.client.second"].body == "Dah."
    assert [one.sentence for one in texts.warnings] == [
        "hello.client.first: the button 'no' is not translated.",
        "Not translated: hello.client.second.",
    ]


@pytest.mark.parametrize(
    ("english", "sentence"),
    [
        ('hello.client.third: {text: "Hi."}',
         "There is no text 'hello.client.third' to translate."),
        ('hello.client.first: {text: "Hi {nickname}."}',
         "hello.client.first: the values have to be those of the original: {count}, {nickname}."),
        ('hello.client.first: {text: "{nickname} {count}", buttons: {maybe: "Maybe"}}',
         "hello.client.first has no button 'maybe'."),
    ],
)  # fmt: skip
def test_a_translator_is_told_what_does_not_fit(
    tmp_path: Path, base: phrases.Texts, english: str, sentence: str
) -> None:
    with pytest.raises(ContentErrors) as error:
        translated(tmp_path, base, english)

    assert [one.sentence for one in error.value.problems] == [sentence]


@pytest.mark.parametrize(
    "flow", ["welcome", "check_in_daily", "check_in_weekly", "check_in_monthly", "napas", "ombak",
             "bumi", "crisis_check", "crisis_follow_up"],
)  # fmt: skip
def test_what_is_translated_is_translated_whole(flow: str) -> None:
    stage, _ = pages.content()
    file = f"en/flows/{flow}.yaml", f"en/flows/modules/{flow}.yaml"

    english = stage.told("en")
    assert isinstance(english, Library)
    warnings = [one.sentence for one in english.warnings if one.file.endswith(file)]

    assert english[flow] != stage.flows[flow]
    assert warnings == []


def test_english_is_as_easy_to_read_as_indonesian() -> None:
    base = phrases.load()
    _, texts = pages.translation("en", pages.flows(), base)

    heavy = {
        key: wording.blemishes(text.body)
        for key, text in texts.items()
        if text is not base[key] and wording.blemishes(text.body)
    }

    assert heavy == {}
