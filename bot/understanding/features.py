"""Takes a message apart into what the reader of intents looks at: pieces, words and concepts."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from bot.understanding import vocabulary
from bot.understanding.normalising import PAUSE, normalise

SHORTEST, LONGEST = 2, 4
LONG = 6
NOT = frozenset({"tidak", "belum", "bukan", "jangan", "tanpa"})
NOT_REACHES = 2
Concepts = tuple[dict[str, frozenset[str]], tuple[tuple[str, str], ...]]


def grams(text: str) -> list[str]:
    words, seen = taken_apart(text)
    return [*_pieces(words), *_whole(words, seen)]


def pieces(text: str) -> list[str]:
    """Pieces of words: they know a word again in a spelling never seen."""
    words, _ = taken_apart(text)
    return list(_pieces(words))


def whole(text: str) -> list[str]:
    """Words, pairs of neighbours, concepts and pairs of concepts, first and last word, length."""
    return _whole(*taken_apart(text))


def taken_apart(text: str) -> tuple[list[str], list[str]]:
    """The words as they were meant, and what they are about."""
    words = [word for word in normalise(text).tokens if word != PAUSE]
    return words, sorted(set(_concepts(words)))


def _pieces(words: Sequence[str]) -> Iterator[str]:
    for framed in (f" {word} " for word in words):
        for length in range(SHORTEST, min(LONGEST, len(framed)) + 1):
            for start in range(len(framed) - length + 1):
                yield f"c{framed[start : start + length]}"


def _whole(words: Sequence[str], seen: Sequence[str]) -> list[str]:
    ends = (f"^{words[0]}", f"${words[-1]}") if words else ()
    return [
        *(f"w{word}" for word in words),
        *(f"w{one} {two}" for one, two in pairwise(words)),
        *(f"@{concept}" for concept in seen),
        *(f"@{one}+{two}" for one, two in combinations(seen, 2)),
        *ends,
        f"#{min(len(words), LONG)}",
    ]


def _concepts(words: Sequence[str]) -> Iterator[str]:
    """What each word is about; within reach of a "not" it is another concept (`-use`)."""
    for at, word in enumerate(words):
        denied = not NOT.isdisjoint(words[max(0, at - NOT_REACHES) : at])
        for concept in about(word):
            yield f"-{concept}" if denied else concept


@cache
def _listed() -> Concepts:
    raw = vocabulary.plain_yaml(vocabulary.CONTENT / "understanding" / "concepts.yaml")
    meaning = vocabulary.load().meaning
    whole: dict[str, set[str]] = {}
    begins: list[tuple[str, str]] = []
    for concept, words in raw.items():
        for word in words:
            if word.endswith("*"):
                begins.append((word[:-1], concept))
            else:
                canonical = meaning.get(word, (word,))
                whole.setdefault(canonical[0] if len(canonical) == 1 else word, set()).add(concept)
    return {word: frozenset(about) for word, about in whole.items()}, tuple(begins)


@cache
def about(word: str) -> frozenset[str]:
    whole, begins = _listed()
    return whole.get(word, frozenset()) | {
        concept for start, concept in begins if word.startswith(start)
    }
