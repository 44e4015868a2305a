"""What people write when they are in danger is heard, and what only sounds like it is not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import danger, examples, report, rules, undertone_examples, undertones
from bot.understanding.rules import Tier

HERE = Path(__file__).parent
LINES = (HERE / "danger_heard.tsv").read_text(encoding="utf-8").splitlines()
HEARD = [tuple(line.split("\t")) for line in LINES]
LEFT_ALONE = (HERE / "danger_left_alone.txt").read_text(encoding="utf-8").splitlines()


def test_every_example_in_the_tables_of_danger_is_heard_with_its_tier_and_whose_life_it_is():
    wrong = [
        (text, heard)
        for tier, who, text in HEARD
        if (heard := danger.read(text)).tier.name != tier
        or heard.who not in (who, who.replace("?", heard.who))
    ]

    assert wrong == []


def test_what_only_sounds_like_danger_is_left_alone():
    fired = [(text, heard) for text in LEFT_ALONE if (heard := danger.read(text)).tier != Tier.NONE]

    assert fired == []


def test_nobody_is_paged_for_thousands_of_ordinary_messages():
    told = (*examples.load(), *report.held_out_intents())
    ordinary = [example.text for example in told if example.intent != "violence_at_home"]
    heard = [(text, danger.read(text)) for text in ordinary]
    paged = [text for text, got in heard if report.pages(got)]

    assert len(ordinary) > 3000
    assert paged == []


@pytest.mark.parametrize(
    ("table", "at_least", "asked_at_most"),
    [
        ("held_out_danger_later.tsv", 0.99, 0.015),
        ("held_out_danger_unseen.tsv", 0.98, 0.05),
        ("held_out_danger_strangers.tsv", 0.98, 0.06),
    ],
)
def test_danger_is_heard_in_sentences_nothing_was_tuned_on(table, at_least, asked_at_most):
    heard = [(tier, danger.read(text)) for tier, _, text in report.table(table)]
    grave = [got for tier, got in heard if tier not in ("-", "WITHDRAWAL")]
    harmless = [got for tier, got in heard if tier == "-"]

    assert sum(got.tier != Tier.NONE for got in grave) / len(grave) >= at_least
    assert sum(got.tier != Tier.NONE for got in harmless) / len(harmless) <= asked_at_most
    assert sum(map(report.pages, harmless)) / len(harmless) <= 0.01


def test_who_has_swallowed_too_much_gets_first_aid_where_it_is_somebody_else():
    heard = danger.read("temanku nggak sadar habis minum obat banyak")

    assert (heard.tier, heard.who) == (Tier.OVERDOSE, "other")


def test_whoever_cannot_be_woken_gets_first_aid_though_nobody_is_named():
    heard = danger.read("minum obat tidur sebotol, ga bisa dibangunin")

    assert heard.tier == Tier.OVERDOSE


def test_a_means_at_hand_pages_only_with_what_it_is_meant_for():
    assert danger.read("obatnya udah gw siapin, biar ga bangun lagi").tier == Tier.T3
    assert danger.read("obatnya udah gw siapin pak").tier != Tier.T3


@pytest.mark.parametrize("written", ["dipukul", "di pukul", "d pukul"])
def test_a_passive_written_apart_is_one_word_and_a_place_is_none(written: str):
    assert danger.read(f"aku {written} pacar").tier == Tier.VIOLENCE
    assert not danger.is_in_the_rules("gw tunggu di depan, pukul tujuh ya kak")


def test_a_doubt_cut_off_by_the_end_of_the_window_is_not_taken_for_a_recovery():
    heard = danger.read(
        "piso nempel di leher gw sendiri pak, tinggal berani apa tidak, tidak ada orang di sini"
    )

    assert heard.tier == Tier.T3


def test_since_last_week_is_not_the_past():
    assert danger.read("dari minggu lalu kepikiran bunuh diri").tier == Tier.T2
    assert danger.read("minggu lalu kepikiran bunuh diri").soft


def test_weak_signs_count_only_together():
    assert danger.read("makasih semuanya").tier == Tier.NONE
    assert danger.read("makasih semuanya, jangan sedih ya").tier == Tier.T1


@pytest.mark.parametrize("rule", rules.load().rules, ids=lambda rule: rule.id)
def test_each_rule_hears_the_sentences_that_made_it_necessary(rule):
    deaf = [text for text in rule.hears if rule.id not in danger.read(text).because]
    fired = [text for text in rule.leaves if danger.read(text).tier != Tier.NONE]

    assert rule.hears
    assert (deaf, fired) == ([], [])


@given(st.text())
def test_no_message_whatever_its_letters_breaks_the_reader(text):
    assert isinstance(danger.read(text), danger.Danger)


@given(st.sampled_from(HEARD), st.sampled_from("!?."), st.integers(1, 6))
def test_shouting_and_many_marks_do_not_change_what_is_heard(row, mark, times):
    _, _, text = row

    shouted = danger.read(text.upper() + mark * times)

    assert shouted.tier == danger.read(text).tier


@given(st.sampled_from(HEARD), st.integers(3, 9))
def test_a_stretched_last_letter_does_not_change_what_is_heard(row, times):
    _, _, text = row
    stretched = text + text[-1] * times if text[-1].isalpha() else text

    assert danger.read(stretched).tier == danger.read(text).tier


@pytest.mark.parametrize(
    "text", ["😭 pengen mati 😭", "pe\u200bngen ma\u200bti", "\u202epengen mati"]
)
def test_emoji_and_invisible_signs_hide_nothing(text):
    assert danger.read(text).tier == Tier.T2


def test_a_crisis_in_the_middle_of_a_long_message_is_heard():
    text = (
        "pak maaf baru bales, dari kemarin saya di rumah sodara bantu bantu panen, "
        "tapi tiap malem kepikiran bunuh diri terus, besok saya tetep dateng jam 9 ya pak"
    )

    heard = danger.read(text)

    assert heard.tier == Tier.T2
    assert "selfkill_named" in heard.because


@pytest.mark.parametrize(
    "text",
    [
        "dulu pernah mau bundir tapi sekarang udah engga",
        "alhamdulillah ga kepikiran bunuh diri lagi",
        "dulu suka mukul istri, sekarang udah berubah",
        "udah ga sakau lagi",
    ],
)
def test_what_is_denied_or_long_past_asks_softly_and_pages_nobody(text):
    heard = danger.read(text)

    assert (heard.tier, heard.soft) == (Tier.NONE, True)
    assert heard.because


def test_thoughts_that_came_back_are_not_taken_for_the_past():
    assert danger.read("dulu pernah mau bundir, sekarang kepikiran bunuh diri lagi").tier == Tier.T2


def test_a_friend_in_danger_is_not_mistaken_for_the_writer():
    assert danger.read("temen gw pengen bunuh diri").who == "other"
    assert danger.read("gw pengen bunuh diri").who == "self"


def test_violence_says_on_which_side_the_writer_stands():
    assert danger.read("gw dipukulin suami").side == "victim"
    assert danger.read("gw takut mukul anak gw").side == "perpetrator"


def test_the_gravest_danger_leads_and_the_others_are_kept_as_reasons():
    heard = danger.read("suami mukulin gw terus, pengen mati aja, racunnya udah di tangan")

    assert heard.tier == Tier.T3
    assert {"poison_ready", "wish_to_die"} <= set(heard.because)


@pytest.mark.parametrize("text", [text for tier, _, text in HEARD if tier == "T3"][::9])
def test_the_model_changes_nothing_where_a_rule_has_fired(text, monkeypatch):
    heard = danger.read(text)
    monkeypatch.setattr(undertones, "read", lambda text, *, doubtful: Tier.VIOLENCE)

    assert danger.read(text) == heard
    assert not heard.soft


def test_what_only_sounds_like_danger_to_the_model_is_soft_and_says_so():
    heard = danger.read("bsk gw udah tenang di sana")

    assert (heard.tier, heard.soft) == (Tier.T1, True)
    assert heard.because == ("sounds like suicide",)


def test_the_undertones_were_learnt_from_these_very_tables():
    shipped = undertones.load().fingerprint

    assert shipped == examples.fingerprint(undertone_examples.load()), (
        "tables, rules or word lists changed: run `python -m bot.understanding.training`"
    )


def test_the_undertones_learnt_from_nothing_held_out():
    learnt = {example.text for example in undertone_examples.load()}
    held_out = {text for name in undertone_examples.HELD_OUT for *_, text in report.table(name)}

    assert held_out & learnt == set()
