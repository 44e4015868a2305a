"""What a Rasa server is told to hear and to answer is what the embedded reader knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.understanding import examples, rasa

SERVER = Path(__file__).parents[2] / "rasa_server"


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((SERVER / name).read_text(encoding="utf-8"))
    return found


def test_the_domain_names_every_intent_and_an_action_for_each() -> None:
    intents = {example.intent for example in examples.load()} | {rasa.DOUBT}

    domain = read("domain.yml")

    assert set(domain["intents"]) == intents
    assert set(domain["actions"]) == {f"action_{intent}" for intent in intents}


def test_one_rule_answers_each_intent() -> None:
    rules = [one["steps"] for one in read("rules.yml")["rules"]]

    answered = {steps[0]["intent"]: steps[1]["action"] for steps in rules}

    assert answered == {intent: f"action_{intent}" for intent in read("domain.yml")["intents"]}


def test_a_rasa_server_doubts_below_the_confidence_below_which_the_bot_asks() -> None:
    [doubt] = [one for one in read("config.yml")["pipeline"] if "threshold" in one]

    assert doubt["threshold"] == rasa.SURE
