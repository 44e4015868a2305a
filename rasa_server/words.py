"""Gives a Rasa server the same eyes: words as they were meant, and what they are about.

Runs inside Rasa, on Python 3.10; nothing else here imports it.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.understanding import features

NOTHING = "nothing"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class Words(Tokenizer):  # type: ignore[misc]
    """The tokens of a message, for the counting of words that comes after it."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        words, about = features.taken_apart(message.get(attribute) or "")
        pairs = [f"{one}_{two}" for one, two in combinations(about, 2)]
        concepts = [_concept(name) for name in (*about, *pairs)]
        return [*(Token(one, 0) for one in words or [NOTHING]), *concepts]


def _concept(name: str) -> Token:
    """A token without letters, for whoever looks at letters; its lemma is what is counted.

    One word of it: signs and blanks would split it.
    """
    return Token("", 0, lemma="about_" + name.replace("-", "not_"))
