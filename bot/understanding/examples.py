"""Reads what people want, by example, from the training data that Rasa reads too."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.understanding import features, vocabulary

BULLET = "- "


@dataclass(frozen=True, slots=True)
class Example:
    label: str
    """`craving`, or with its reason `cannot_attend/work`."""
    text: str

    @property
    def intent(self) -> str:
        return self.label.partition("/")[0]


def load() -> tuple[Example, ...]:
    raw = vocabulary.plain_yaml(vocabulary.CONTENT / "nlu.yaml")
    return tuple(example for block in raw["nlu"] for example in _examples(block))


def _examples(block: dict[str, Any]) -> Iterator[Example]:
    for line in block["examples"].splitlines():
        yield Example(block["intent"], line.strip().removeprefix(BULLET))


def fingerprint(examples: tuple[Example, ...]) -> str:
    """Changes when an example, a word list or the way of looking at words changes."""
    seen = (f"{example.label}\t{' '.join(features.grams(example.text))}" for example in examples)
    return sha256("\n".join(seen).encode()).hexdigest()
