"""Hears what a message sounds like where no rule of danger fired; it may ask, never wake anybody.

A small linear model over the same features as the reader of intents. Its finding is always soft:
the card and a question. What pages somebody stays with the rules, or with the person's own answer.
"""

from typing import Final

from bot.understanding import features, reading, vocabulary
from bot.understanding.reading import Weights
from bot.understanding.rules import Tier

WEIGHTS: Final = vocabulary.CONTENT / "understanding" / "undertones.npz"
MEANT: Final = {Tier.T1: "suicide", Tier.OVERDOSE: "overdose", Tier.VIOLENCE: "violence"}
SURE: Final = {Tier.T1: 0.65, Tier.OVERDOSE: 0.75, Tier.VIOLENCE: 0.9}
"""How unlikely it must be that nothing is meant; measured on texts of batches left out."""
SURE_OF_TALK: Final = 0.98
"""Films, games, the news and idioms are full of danger that is nobody's here."""


def read(text: str, *, doubtful: bool = False) -> Tier:
    """What a message sounds like: T1 for any thought of death, or overdose, violence, none."""
    known = load()
    chances = reading.probabilities(features.grams(text), known)
    if not chances.any():
        return Tier.NONE
    by_tier = {Tier(label): float(one) for label, one in zip(known.labels, chances, strict=True)}
    danger = 1 - by_tier.pop(Tier.NONE)
    likeliest = max(by_tier, key=by_tier.__getitem__)
    return likeliest if danger >= (SURE_OF_TALK if doubtful else SURE[likeliest]) else Tier.NONE


def load() -> Weights:
    return reading.load(WEIGHTS)
