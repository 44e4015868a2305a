"""Learns what people want, and what danger sounds like: `python -m bot.understanding.training`.

Needs scikit-learn (a development dependency); the weights it writes are read without it.
The same examples give the same weights.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_union
from threadpoolctl import threadpool_limits

from bot.understanding import examples, features, reading, undertone_examples, undertones
from bot.understanding.examples import Example

FOLDS = 4
STRENGTH = 30.0
STRENGTH_OF_UNDERTONES = 50.0
ONCE_FOOLED = 2.0
"""How many times as much a harmless sentence counts that has fooled a rule."""
SEEN_AT_LEAST = 2
WARMTHS = np.linspace(0.4, 2.0, 33)
CONFIDENT_MISTAKES = 0.035
"""Of all messages, at most this share may be acted on and be wrong."""


def vectoriser() -> Any:
    """Two views side by side, each of length one, so that neither drowns the other."""
    return make_union(_view(features.pieces), _view(features.whole))


def _view(analyzer: Callable[[str], list[str]]) -> Any:
    return TfidfVectorizer(
        analyzer=analyzer, min_df=SEEN_AT_LEAST, sublinear_tf=True, dtype=np.float32
    )


def classifier(weighing: str | None = "balanced", strength: float = STRENGTH) -> Any:
    return LogisticRegression(C=strength, max_iter=400, tol=1e-4, class_weight=weighing)


def train(known: tuple[Example, ...], to: Path) -> None:
    labels = np.array([example.label for example in known])
    seen = vectoriser()
    with threadpool_limits(1):
        table = seen.fit_transform([example.text for example in known])
        learnt = classifier().fit(table, labels)
        unseen = _scores_unseen(table, labels)
    warmth = _warmth(unseen, labels, learnt.classes_)
    sure = _sure(reading.softmax(unseen / warmth), labels, learnt.classes_)
    _write(to, seen, learnt, warmth=warmth, sure=sure, fingerprint=examples.fingerprint(known))


def train_undertones(known: tuple[Example, ...], to: Path) -> None:
    """Most messages are harmless, and the model has to expect that: kinds are not evened out."""
    seen, once_fooled = vectoriser(), undertone_examples.once_fooled()
    weights = [ONCE_FOOLED if example.text in once_fooled else 1.0 for example in known]
    labels = [example.label for example in known]
    with threadpool_limits(1):
        table = seen.fit_transform([example.text for example in known])
        learnt = classifier(None, STRENGTH_OF_UNDERTONES).fit(table, labels, sample_weight=weights)
    _write(to, seen, learnt, warmth=1.0, sure=0.0, fingerprint=examples.fingerprint(known))


def _scores_unseen(table: Any, labels: NDArray[np.str_]) -> Any:
    """What each example would score had it not been learnt from.

    Not shuffled: neighbours were written together and resemble each other, and strangers
    will not. Only leaving out whole stretches tells how strangers are understood.
    """
    folds = StratifiedKFold(FOLDS)
    return cross_val_predict(classifier(), table, labels, cv=folds, method="decision_function")


def _warmth(scores: Any, labels: NDArray[np.str_], classes: Sequence[str]) -> float:
    """Dividing the scores by this makes the confidence on unseen text honest."""
    right = np.searchsorted(classes, labels)
    at = np.arange(len(labels))

    def surprise(warmth: float) -> float:
        return -float(np.log(reading.softmax(scores / warmth)[at, right]).mean())

    return min(map(float, WARMTHS), key=surprise)


def _sure(chances: Any, labels: NDArray[np.str_], classes: Sequence[str]) -> float:
    """The lowest confidence from which confident mistakes stay rare."""
    names = [label.partition("/")[0] for label in classes]
    intents = sorted(set(names))
    summed = np.stack(
        [chances[:, [name == intent for name in names]].sum(axis=1) for intent in intents], axis=1
    )
    truth = [label.partition("/")[0] for label in labels]
    wrong = np.array([intents[at] for at in summed.argmax(axis=1)]) != truth
    confidence = summed.max(axis=1)
    allowed = int(CONFIDENT_MISTAKES * len(truth))
    mistakes = np.sort(confidence[wrong])[::-1]
    return float(mistakes[allowed]) if len(mistakes) > allowed else 0.0


def _write(
    to: Path, seen: Any, learnt: Any, *, warmth: float, sure: float, fingerprint: str
) -> None:
    views = [view for _, view in seen.transformer_list]
    names = [view.get_feature_names_out() for view in views]
    np.savez_compressed(
        to,
        fingerprint=fingerprint,
        sure=np.float32(sure),
        labels="\n".join(learnt.classes_),
        pieces=np.int32(len(names[0])),
        grams="\n".join(np.concatenate(names)),
        idf=np.concatenate([view.idf_ for view in views]).astype(np.float16),
        weights=(learnt.coef_.T / warmth).astype(np.float16),
        bias=(learnt.intercept_ / warmth).astype(np.float32),
    )


def main() -> None:
    train(examples.load(), reading.WEIGHTS)
    train_undertones(undertone_examples.load(), undertones.WEIGHTS)


if __name__ == "__main__":
    main()
