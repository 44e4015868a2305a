"""A key belongs to one text: a message and a step of a flow cannot share it."""

from __future__ import annotations

from aftercare import phrases
from aftercare.phrases import Texts
from aftercare.words import Text
from kawan import pages


def test_no_message_takes_the_words_of_a_step_away() -> None:
    assert pages.said_twice(phrases.load(), pages.flows()) == []


def test_a_message_with_the_key_of_a_step_is_named_with_its_line() -> None:
    key = "napas.client.before"
    texts = Texts({key: Text("Halo.", {})}, {key: ("messages/module.yaml", 7)})

    [problem] = pages.said_twice(texts, pages.flows())

    assert str(problem).startswith(f"messages/module.yaml:7: {key} is also the key of a step")
