"""The same thought, however it is typed, becomes the same plain words."""

import pytest

from bot.understanding import patterns, verbs
from bot.understanding.normalising import normalise
from bot.understanding.patterns import Ground


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gw ga bs dtg bsk", "aku tidak bisa datang besok"),
        ("saya tidak bisa datang besok", "aku tidak bisa datang besok"),
        ("pgn bgt PULAAANG", "ingin banget pulang"),
        ("m4ti b*nuh d1ri", "mati bunuhdiri"),
        ("b.u.n.d.i.r", "bunuhdiri"),
        ("p e n g e n  n g o b r o l", "ingin bicara"),
        ("temen2 pada kemana2", "teman pada kemana"),
        ("mati2an kerja", "matimatian kerja"),
        ("hidupku hancur", "hidup aku hancur"),
        ("urang hayang balik ka imah", "aku ingin pulang ka rumah"),
        ("aku wis ora kuat", "aku sudah tidak kuat"),
        ("maaaaf ya paaak", "maaf ya pak"),
        ("bunnuh diri", "bunuhdiri"),
        ("taline wis tak tuku", "tali sudah tidak beli"),
        ("baygonna geus dibuka", "baygon sudah dibuka"),
    ],
)
def test_slang_stretching_leet_and_dialect_come_down_to_plain_words(typed, meant):
    assert normalise(typed).text == meant


@pytest.mark.parametrize("worn", ["motor", "helm", "baju"])
def test_wearing_and_riding_are_never_taken_for_using(worn):
    assert normalise(f"make {worn} temen").tokens[0] == "kenakan"
    assert normalise("make lagi").tokens[0] == "pakai"


def test_pk_is_the_officer_and_never_a_verb():
    assert normalise("pk saya ga bales").tokens[0] == "pk"


@pytest.mark.parametrize(
    "word", ["buruh", "butuh", "ganteng", "kerang", "nanas", "nyata", "diajar"]
)
def test_ordinary_words_near_a_word_of_danger_stay_what_they_are(word):
    assert normalise(word).tokens == (word,)


def test_a_stop_or_a_comma_is_a_pause_and_dots_of_hesitation_are_not():
    assert normalise("capek. mati lampu").tokens == ("capek", ",", "mati", "lampu")
    assert normalise("pengen... mati").tokens == ("ingin", "mati")


def test_a_verb_is_known_in_all_its_spoken_forms():
    assert {"mukul", "mukulin", "memukul", "memukuli", "ngepukul"} <= verbs.active("pukul")
    assert {"mencekik", "nyekik"} <= verbs.active("cekik")
    assert {"dipukul", "dipukulin", "dipukuli"} <= verbs.passive("pukul")


def _stands(pattern: str, text: str) -> bool:
    ground = Ground(frozenset({"saja"}), frozenset({"tidak"}))
    families = {"die": frozenset({"mati", "wafat"})}
    compiled = patterns.compiled(
        pattern, lambda part: patterns.element(part, families), lambda words: 1
    )
    return any(patterns.spans(compiled, text.split(), ground))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("ingin <die>", "ingin wafat"),
        ("ingin ~1 mati", "ingin saja mati"),
        ("ingin *2 mati", "ingin cepat sekali mati"),
        ("ingin **2 mati", "ingin , mati"),
        ("aku? mati $", "mati"),
        ("mati lagi|$", "mati"),
        ("^ mati", "capek , mati"),
    ],
)
def test_a_pattern_finds_its_phrase(pattern, text):
    assert _stands(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("ingin ~1 mati", "ingin lampu mati"),
        ("ingin *2 mati", "ingin tidak mati"),
        ("ingin *2 mati", "ingin , mati"),
        ("mati $", "mati lampu"),
        ("^ mati", "lampu mati"),
    ],
)
def test_a_pattern_does_not_reach_over_a_pause_a_not_or_a_stranger(pattern, text):
    assert not _stands(pattern, text)


def test_a_number_counts_as_many_from_fifteen():
    assert patterns.numbered("15") == "#15"
    assert patterns.numbered("3") == "#"


def test_a_rule_that_waits_for_a_word_that_never_arrives_is_named():
    with pytest.raises(patterns.UnreachableWord, match="sih"):
        patterns.element("sih", {})
    with pytest.raises(patterns.UnknownFamily, match="ghosts"):
        patterns.element("<ghosts>", {})
