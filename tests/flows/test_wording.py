# ruff: noqa: E501  (a table reads best with a text and its sentence side by side)
"""Texts are read as a careful colleague would read them."""

from __future__ import annotations

import pytest

from aftercare.rules import wording
from aftercare.rules.wording import Forbidden


def test_a_kind_short_text_has_nothing_to_mend() -> None:
    assert wording.problems("Pagi, {nickname}. Gimana perasaanmu hari ini? 🌱") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing to read here."),
        ("<b> </b>", "There is nothing to read here."),
        ("Kata. " * 70, "It has 419 characters; 350 are enough."),
        ("kata " * 16, "It has 16 words a sentence; 15 are enough."),
        ("Apa kabar? Sudah makan?", "It asks 2 questions; ask one at a time."),
        ("Hai 😀 🙏", "It has 2 emoji; one is enough."),
        ("Kamu GAGAL lagi.", 'We do not say "gagal"; say: belum berhasil, atau terpeleset.'),
        ("Para mantan napi.", 'We do not say "mantan napi"; say: klien, atau nama orangnya.'),
        ("Dosanya banyak.", 'We do not say "dosa"; say: kalimat tanpa menghakimi.'),
        ("Satu<br>dua", "Telegram does not know the tag <br>."),
        ("<p>Satu</p>", "Telegram does not know the tag <p>."),
        ("<b>Satu", "The tag <b> is not closed."),
        ("Satu</b>", "The tag </b> closes nothing."),
        ("<b><i>Satu</b></i>", "The tag </b> closes nothing."),
        ('<span class="x">a</span>', 'Telegram does not take <span class="x">.'),
        ('<a href="https://x.id" id="y">a</a>', 'Telegram does not take <a href="https://x.id" id="y">.'),
        ("1 < 2", "A < that is not a tag is written &lt;."),
        ("Hai {Nama}", "Braces hold the name of a value, such as {nickname}."),
        ("Hai {nickname", "Braces hold the name of a value, such as {nickname}."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_text_is_said_in_one_sentence(text: str, sentence: str) -> None:
    assert sentence in wording.problems(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ayo bersih-bersih kontak.",
        "Besok waktunya wajib lapor.",
        "Segagal apa pun.",  # another word
        "Tom &amp; Jerry &lt;3",
        '<a href="https://contoh.id">sini</a> <code>x</code> <tg-spoiler>y</tg-spoiler>',
        "<blockquote expandable>Kata.</blockquote>",
        "Apa?!",
        "Jam 19.00 di {place}. Telepon {phone}.",
        "🧘🏽‍♂️ Tenang.",
        "🇮🇩 Merdeka.",
    ],
)
def test_what_only_looks_wrong_is_let_through(text: str) -> None:
    assert wording.problems(text) == []


def test_the_length_counts_what_people_see() -> None:
    assert wording.blemishes("<b>" + "Kata. " * 58 + "</b>") == []
    assert wording.visible("<b>a</b> &amp; b") == "a & b"


def test_a_longer_limit_can_be_asked_for() -> None:
    assert wording.problems("Kata. " * 70, limit=500) == []


def test_other_words_can_be_forbidden() -> None:
    words = [Forbidden("hukuman", "akibat")]

    assert wording.problems("Hukuman.", forbidden=words) == [
        'We do not say "hukuman"; say: akibat.'
    ]
    assert wording.problems("Gagal.", forbidden=words) == []


@pytest.mark.parametrize(
    ("label", "count"), [("😀 Baik", 0), ("😀😀", 1), ("<b>Ya</b>", 1), ("y" * 41, 1), (" ", 1)]
)
def test_labels_are_short_and_plain(label: str, count: int) -> None:
    assert len(wording.label_problems(label)) == count


def test_placeholders_are_found_once_in_their_order() -> None:
    text = "{b} {answer.a} {b:when} {Nope} {change.x.y}"

    assert wording.placeholders(text) == ("b", "answer.a", "change.x.y")


@pytest.mark.parametrize(
    ("word", "count"),
    [("dan", 1), ("kamu", 2), ("maaf", 2), ("keadaan", 4), ("kalau", 2), ("pascarehabilitasi", 8),
     ("hmm", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_indonesian_is_spoken(word: str, count: int) -> None:
    assert wording.syllables(word) == count


def test_office_language_reads_harder_than_a_friend() -> None:
    friend = "Kamu capek ya? Duduk dulu. Tarik napas pelan."
    office = (
        "Pelaksanaan pembimbingan pascarehabilitasi dilaksanakan berdasarkan ketentuan "
        "perundang-undangan sebagaimana ditetapkan kementerian."
    )

    assert wording.readability(friend) < 8 < wording.readability(office)
    assert wording.readability("") == 0.0
