# ruff: noqa: E501  (a table reads best with a text and its sentence side by side)
"""Another language is other words over the same steps."""

from __future__ import annotations

import pytest

from tests.flows.desk import Chat, Desk

FLOW = """
    mood:
      ask: "Gimana, {nickname}?"
      choices: {baik: {label: "Baik", words: [asik]}, berat: "Lagi berat"}
      nudge: {after: 1h, say: "Masih di sini."}
      skip: "Lewati"
    napas: {repeat: {times: 2, say: "Putaran {round}.", wait: 5s}}
    close: {say: "{answer.mood}. Makasih.", next: end}
"""
ENGLISH = """
mood:
  ask: "How are you, {nickname}?"
  choices: {baik: {label: "Good", words: [fine]}, berat: "Not so good"}
  nudge: "Still here."
  skip: "Skip"
napas: {say: "Round {round}."}
close: {say: "{answer.mood}. Thanks."}
"""


def test_a_reader_of_english_sees_english_everywhere(desk: Desk) -> None:
    desk.flow(FLOW)
    desk.translate("x", ENGLISH)

    library = desk.load_english()
    texts = library.texts()

    assert library.warnings == ()
    assert texts["x.client.mood"].body == "How are you, {nickname}?"
    assert texts["x.client.mood"].labels == {"baik": "Good", "berat": "Not so good", "skip": "Skip"}
    assert texts["x.client.mood.nudge"].body == "Still here."
    assert texts["x.client.napas"].body == "Round {round}."


def test_typed_english_is_understood_and_shown_back_in_english(desk: Desk) -> None:
    desk.flow(FLOW)
    desk.translate("x", ENGLISH)

    chat = Chat(desk.load_english()["x"]).types("fine").waits().waits()

    assert chat.now.answers == {"mood": "baik"}
    assert chat.sent[-1].values == {"answer.mood": "Good"}


def test_what_is_not_translated_stays_indonesian_with_a_warning(desk: Desk) -> None:
    desk.flow(FLOW)
    desk.translate("x", 'mood: {ask: "How are you, {nickname}?", choices: {baik: Good}}\n')

    library = desk.load_english()

    assert library.texts()["x.client.close"].body == "{answer.mood}. Makasih."
    assert library.texts()["x.client.mood"].labels["berat"] == "Lagi berat"
    assert library.texts()["x.client.mood.nudge"].body == "Masih di sini."
    assert [one.sentence for one in library.warnings] == [
        "'close' is not translated.",
        "'napas' is not translated.",
        "The choice 'berat' is not translated.",
    ]


def test_a_flow_without_a_translation_stays_whole(desk: Desk) -> None:
    flow = desk.flow(FLOW)

    assert desk.load_english()["x"] == flow


def test_the_title_of_a_module_can_be_translated(desk: Desk) -> None:
    desk.flow(FLOW, head="module: {id: NAPAS, title: Napas}")
    desk.translate("x", "module: {title: Breathing}\n" + ENGLISH)

    module = desk.load_english()["x"].module

    assert module == {"id": "NAPAS", "title": "Breathing"}


@pytest.mark.parametrize(
    ("english", "problem"),
    [
        ('moood: {ask: "How?"}', "x.yaml:1: The flow 'x' says nothing at 'moood'."),
        ('mood: {ask: "How are you?"}',
         "x.yaml:1: The values have to be those of the original: {nickname}."),
        ('close: {say: "{answer.mood} {nickname}"}',
         "x.yaml:1: The values have to be those of the original: {answer.mood}."),
        ('mood:\n  ask: "How, {nickname}?"\n  choices: {good: Good}',
         "x.yaml:3: The question 'mood' has no choice 'good'."),
        ('mood: {ask: "How, {nickname}?", hint: "Tap."}',
         "x.yaml:1: The question 'mood' has no 'hint' to translate."),
        ('mood: {ask: "How, {nickname}?", timeout: "x"}',
         "x.yaml:1: The question 'mood' has no 'timeout' (it knows: ask, choices, done, hint, nudge, skip)."),
        ('close: {say: "<br>{answer.mood}"}', "x.yaml:1: Telegram does not know the tag <br>."),
        ("module: {title: Breathing}", "x.yaml:1: The flow 'x' is not a module."),
    ],
)  # fmt: skip
def test_a_translator_is_told_of_every_mistake(desk: Desk, english: str, problem: str) -> None:
    desk.flow(FLOW)
    desk.translate("x", english + "\n")

    assert problem in desk.problems_in_english()


def test_a_translation_of_no_flow_is_a_mistake(desk: Desk) -> None:
    desk.flow(FLOW)
    desk.translate("y", "close: {say: Bye}\n")

    assert desk.problems_in_english() == ["y.yaml:1: There is no flow 'y' to translate."]
