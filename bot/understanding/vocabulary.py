"""Loads the word lists that say how people really type, and what each spelling means."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from bot.understanding import verbs

CONTENT = Path(__file__).parents[2] / "content" / "id"
KINDS_OF_DANGER = ("t3", "t2", "t1", "overdose", "violence", "withdrawal")
WORD = re.compile(r"(?<![<\w])[a-z]{2,}")
Words = tuple[str, ...]
Phrases = Mapping[str, tuple[tuple[Words, Words], ...]]


class SpellingTwice(ValueError):
    """One spelling stands under two meanings; it must mean one thing."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    meaning: Mapping[str, Words]
    typed_phrases: Phrases
    phrases: Phrases
    fillers: frozenset[str]
    protected: frozenset[str]
    wearing_verbs: frozenset[str]
    worn: frozenset[str]
    worn_as: str
    careful: tuple[str, ...]
    known: frozenset[str]


def plain_yaml(path: Path) -> Any:
    """Everything a string: in these files `no`, `on` and `12` are words, not values."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def danger() -> dict[str, Any]:
    """All of `content/id/danger/` as one, the rules in the order in which they are asked."""
    place, raw = CONTENT / "danger", dict[str, Any]()
    for part in ("words", "families", "signs", "left_alone"):
        raw |= plain_yaml(place / f"{part}.yaml")
    kinds = (plain_yaml(place / f"{kind}.yaml") for kind in KINDS_OF_DANGER)
    return raw | {"rules": [rule for kind in kinds for rule in kind["rules"]]}


@cache
def load() -> Vocabulary:
    raw = plain_yaml(CONTENT / "understanding" / "words.yaml")
    meaning = _meanings(raw["spellings"])
    wearing = raw["wearing"]
    return Vocabulary(
        meaning=meaning,
        typed_phrases=_phrases(raw["typed_phrases"]),
        phrases=_phrases(raw["phrases"]),
        fillers=frozenset(raw["fillers"]),
        protected=frozenset(raw["protected"]),
        wearing_verbs=frozenset(wearing["verbs"]),
        worn=frozenset(wearing["before"]),
        worn_as=wearing["as"],
        careful=tuple(raw["careful"]),
        known=frozenset(chain(_known(raw, meaning), _words_of_rules())),
    )


def _meanings(spellings: Mapping[str, list[str]]) -> dict[str, Words]:
    meaning: dict[str, Words] = {}
    for canonical, written in spellings.items():
        for word in written:
            if word in meaning:
                raise SpellingTwice(f"words.yaml: {word!r} stands twice, under {canonical!r} too")
            meaning[word] = tuple(canonical.split())
    return meaning


def _phrases(written: Mapping[str, str]) -> Phrases:
    """By first word, the longest first."""
    by_first: dict[str, list[tuple[Words, Words]]] = {}
    for phrase, meant in sorted(written.items(), key=lambda pair: -len(pair[0].split())):
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append((words, tuple(meant.split())))
    return {first: tuple(phrases) for first, phrases in by_first.items()}


def _known(raw: Mapping[str, Any], meaning: Mapping[str, Words]) -> Iterator[str]:
    """Words that need no repair."""
    yield from meaning
    yield from chain.from_iterable(meaning.values())
    for key in ("fillers", "protected", "careful"):
        yield from raw[key]
    for key in ("typed_phrases", "phrases"):
        yield from _pieces(chain(raw[key], raw[key].values()))
    yield from _pieces(raw["ordinary"])
    yield from raw["wearing"]["before"]


def _words_of_rules() -> Iterator[str]:
    """What the rules of danger wait for must not be repaired into something else."""
    raw = danger()
    yield from chain.from_iterable(raw["families"].values())
    yield from chain.from_iterable(raw["heard_as"].values())
    for pattern in chain.from_iterable(raw["signs"].values()):
        yield from WORD.findall(pattern)
    for key in ("any", "with", "unless"):
        for rule in raw["rules"]:
            yield from chain.from_iterable(WORD.findall(pattern) for pattern in rule.get(key, ()))
    for root in chain.from_iterable(raw["verbs"].values()):
        yield from verbs.active(root) | verbs.passive(root)


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    return chain.from_iterable(map(str.split, texts))
