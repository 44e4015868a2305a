"""Hears a mere "oke": nothing is asked and nothing is to be guessed."""

from functools import cache

from bot.understanding import vocabulary
from bot.understanding.normalising import PAUSE, normalise


def is_one(text: str) -> bool:
    words = {word for word in normalise(text).tokens if word != PAUSE}
    return bool(words) and words <= _nods()


@cache
def _nods() -> frozenset[str]:
    raw = vocabulary.plain_yaml(vocabulary.CONTENT / "understanding" / "nods.yaml")
    return frozenset(word for one in raw["nods"] for word in normalise(one).tokens)
