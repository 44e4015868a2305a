"""What people want is read from their own words, and a doubt is admitted."""

from collections import Counter
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import examples, features, lines, reading, report, training
from bot.understanding.examples import Example
from bot.understanding.normalising import normalise

WANTED = {
    *("craving", "lapse", "stress", "low_mood", "anger", "sleep", "stigma", "family_conflict"),
    *("family_support", "violence_at_home", "work", "money", "cannot_attend", "ask_schedule"),
    *("change_schedule", "arrived", "progress", "talk_to_officer", "privacy", "withdraw"),
    *("law_and_rehab", "offer", "unmotivated", "apply", "wants_exercise", "greeting", "thanks"),
    *("what_is_this", "out_of_scope"),
}
REASONS = {"work", "cost", "illness", "forgot", "unwilling"}


def test_every_intent_has_at_least_forty_examples():
    counted = Counter(example.intent for example in examples.load())

    assert set(counted) == WANTED
    assert min(counted.values()) >= 40


def test_every_reason_of_an_absence_has_at_least_forty_examples():
    labels = Counter(example.label for example in examples.load())
    absences = {label: times for label, times in labels.items() if "/" in label}

    assert set(absences) == {f"cannot_attend/{reason}" for reason in REASONS}
    assert min(absences.values()) >= 40


def test_no_sentence_is_an_example_twice_once_it_is_plain():
    plain = sorted((normalise(example.text).text, example.label) for example in examples.load())
    twice = [
        (text, [label for _, label in same])
        for text, group in groupby(plain, key=lambda pair: pair[0])
        if len(same := list(group)) > 1
    ]

    assert twice == []


def test_nothing_held_out_was_learnt_from():
    learnt = {normalise(example.text).text for example in examples.load()}

    assert [e.text for e in report.held_out_intents() if normalise(e.text).text in learnt] == []


def test_the_shipped_weights_were_learnt_from_these_very_examples():
    shipped = reading.load().fingerprint

    assert shipped == examples.fingerprint(examples.load()), (
        "examples or word lists changed: run `python -m bot.understanding.training`"
    )


@pytest.fixture(scope="module")
def few():
    chosen = ("sleep", "money", "greeting", "cannot_attend/work")
    return tuple(example for example in examples.load() if example.label in chosen)


def test_plain_numpy_reads_what_scikit_learn_would(few, tmp_path):
    training.train(few, tmp_path / "weights.npz")
    seen, texts = training.vectoriser(), [example.text for example in few]
    learnt = training.classifier().fit(seen.fit_transform(texts), [e.label for e in few])
    scores = seen.transform(texts) @ learnt.coef_.T + learnt.intercept_

    weights = reading.load(tmp_path / "weights.npz")
    ours = np.stack([reading.probabilities(features.grams(text), weights) for text in texts])

    warmth = _warmth(scores, ours)
    assert np.allclose(ours, reading.softmax(scores / warmth), atol=0.01)


def _warmth(scores, chances):
    """The one number between the raw scores and the calibrated chances."""
    gaps = np.log(chances[:, 0] / chances[:, 1])
    return float(np.median((scores[:, 0] - scores[:, 1]) / gaps))


def test_learning_twice_gives_the_same_weights(few, tmp_path: Path):
    training.train(few, tmp_path / "one.npz")
    training.train(few, tmp_path / "two.npz")

    one, two = np.load(tmp_path / "one.npz"), np.load(tmp_path / "two.npz")
    assert all(np.array_equal(one[key], two[key]) for key in one.files)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("pengen bgt nyabu malem ini", "craving"),
        ("semalem gw kepleset make lagi", "lapse"),
        ("kpn jdwl gw pak", "ask_schedule"),
        ("bsk bs diundur ga pak jamnya", "change_schedule"),
        ("mksh byk ya pak", "thanks"),
        ("ini yg baca siapa aja", "privacy"),
        ("bd nawarin barang gratis", "offer"),
        ("resep soto ayam dong", "out_of_scope"),
    ],
)
def test_slang_is_read_for_what_it_wants(text, intent):
    assert reading.read(text).name == intent


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("pak besok lembur ga bisa dateng", "work"),
        ("ga ada ongkos buat ke bapas pak", "cost"),
        ("demam tinggi pak ga bisa hadir", "illness"),
        ("maaf pak kelupaan kirain besok", "forgot"),
        ("males dateng ah cuma ditanya tanya", "unwilling"),
    ],
)
def test_an_absence_is_read_with_its_reason(text, reason):
    intent = reading.read(text)

    assert (intent.name, intent.reason) == ("cannot_attend", reason)


def test_letters_without_meaning_are_not_acted_on():
    intent = reading.read("ξψω")

    assert (intent.name, intent.sure, intent.confidence) == (reading.NOTHING, False, 0.0)


def test_a_doubtful_reading_comes_with_the_next_best_for_buttons():
    intent = reading.read("gimana ya pak")

    assert not intent.sure
    assert len(intent.others) == reading.OTHERS
    assert intent.name not in intent.others


def test_a_word_never_seen_makes_the_reading_more_doubtful():
    plain, with_stranger = reading.read("ga bisa tidur"), reading.read("ga bisa tidur zyxwuqa")

    assert with_stranger.name == plain.name
    assert with_stranger.confidence < reading.TRUST * plain.confidence + 0.01


@given(st.text())
def test_no_message_breaks_the_reader(text):
    assert 0.0 <= reading.read(text).confidence <= 1.0001


def test_unseen_messages_are_read_well_and_seldom_wrongly_with_confidence():
    asked = list(report.held_out_intents())
    read = [(example.intent, reading.read(example.text)) for example in asked]

    right = sum(meant == got.name for meant, got in read)
    misled = sum(meant != got.name and got.sure for meant, got in read)

    assert right / len(read) >= 0.85
    assert misled / len(read) <= 0.05


def test_a_line_is_described_for_the_command():
    said = lines.describe("gw pengen bunuh diri pak")

    assert said["text"] == "gw pengen bunuh diri pak"
    assert said["crisis"] == "T2"
    assert "selfkill_named" in said["crisis_because"]
    assert {"intent", "confidence"} <= set(said)


def test_the_report_counts_what_it_is_given():
    said = "\n".join(
        report.intents("two", (Example("sleep", "ga bisa tidur"), Example("x", "halo")))
    )

    assert "right 50.0% (1 of 2)" in said
