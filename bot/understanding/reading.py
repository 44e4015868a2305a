"""Reads what somebody wants from free text, with plain numpy and the weights shipped as content."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.understanding import features, vocabulary

WEIGHTS = vocabulary.CONTENT / "understanding" / "weights.npz"
NOTHING = "out_of_scope"
OTHERS = 3
TRUST = 0.88
"""How much of the confidence each word never seen before leaves: measured, such messages are
read wrongly twice as often."""
TELLING = frozenset("cw@")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Intent:
    name: str
    confidence: float
    """Calibrated: of all messages read with 0.8, about eight in ten are read rightly."""
    reason: str = ""
    """For `cannot_attend`: work, cost, illness, forgot or unwilling."""
    sure: bool = False
    """Whether to act on it; if not, ask with buttons."""
    others: tuple[str, ...] = ()
    """The next best intents, for those buttons."""


@dataclass(frozen=True, slots=True)
class Weights:
    fingerprint: str
    sure: float
    labels: tuple[str, ...]
    pieces: int
    """So many rows are pieces of words; the rest are words and what they are about."""
    rows: dict[str, int]
    idf: Floats
    weights: Floats
    bias: Floats


def read(text: str, known: Weights | None = None) -> Intent:
    """Reads with the shipped weights unless others are to be measured."""
    known = known or load()
    seen = features.grams(text)
    chances = probabilities(seen, known)
    if not chances.any():
        return Intent(NOTHING, 0.0)
    by_intent: Counter[str] = Counter()
    for label, chance in zip(known.labels, chances.tolist(), strict=True):
        by_intent[label.partition("/")[0]] += chance
    (name, chance), *rest = by_intent.most_common(1 + OTHERS)
    confidence = chance * TRUST ** _strangers(seen, known)
    reason = _reason(name, known.labels, chances)
    others = tuple(other for other, _ in rest)
    return Intent(name, confidence, reason, confidence >= known.sure, others)


def reason_of(name: str, text: str) -> str:
    """The likeliest reason within an intent that somebody else read; empty where it has none."""
    known = load()
    return _reason(name, known.labels, probabilities(features.grams(text), known))


def known_intents() -> frozenset[str]:
    return frozenset(label.partition("/")[0] for label in load().labels)


def _reason(name: str, labels: Sequence[str], chances: Floats) -> str:
    reasons = [
        (chance, label.partition("/")[2])
        for label, chance in zip(labels, chances.tolist(), strict=True)
        if label.startswith(f"{name}/")
    ]
    return max(reasons)[1] if reasons else ""


def _strangers(seen: Sequence[str], known: Weights) -> int:
    """How many words of a text were never seen; the others alone may mislead."""
    return sum(gram[0] == "w" and " " not in gram and gram not in known.rows for gram in seen)


def probabilities(seen: Sequence[str], known: Weights) -> Floats:
    """One chance for each label, or all zero when nothing in the text was ever seen."""
    counts = Counter(gram for gram in seen if gram in known.rows)
    if not any(gram[0] in TELLING for gram in counts):
        return np.zeros(len(known.labels), np.float32)
    rows = np.fromiter((known.rows[gram] for gram in counts), np.int64, len(counts))
    weight = np.fromiter((1 + log(count) for count in counts.values()), np.float32, len(counts))
    weight *= known.idf[rows]
    for side in (rows < known.pieces, rows >= known.pieces):
        weight[side] /= np.linalg.norm(weight[side]) or 1
    return softmax(weight @ known.weights[rows] + known.bias)


def softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return chances


@cache
def load(path: Path = WEIGHTS) -> Weights:
    with np.load(path) as stored:
        grams = str(stored["grams"]).split("\n")
        return Weights(
            fingerprint=str(stored["fingerprint"]),
            sure=float(stored["sure"]),
            labels=tuple(str(stored["labels"]).split("\n")),
            pieces=int(stored["pieces"]),
            rows={gram: row for row, gram in enumerate(grams)},
            idf=stored["idf"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
        )
