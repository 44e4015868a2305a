"""Finds people of a caseload in what an officer typed; a name that only looks like one is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: One wrong letter in a name of four, two in one of eight.
_LIKE: Final = 0.74
_SHORTEST: Final = 4
_LONGEST_NAME: Final = 4
MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on the list: an id, the whole name, and what this person is called."""

    id: int
    name: str
    called: str


@dataclass(frozen=True, slots=True)
class Found:
    """`ids` are certain. `doubtful` is a word that could be any of `candidates`, or nobody."""

    ids: tuple[int, ...] = ()
    doubtful: str = ""
    candidates: tuple[int, ...] = ()


def find(words: Sequence[str], caseload: Sequence[Known]) -> tuple[Found, list[str]]:
    """Whoever is named in these words, and the words that name nobody."""
    index = _index(caseload)
    ids: list[int] = []
    left: list[str] = []
    at = 0
    while at < len(words):
        size, who = _longest(words, at, index)
        if len(who) > 1:
            return Found(tuple(ids), " ".join(words[at : at + size]), tuple(who[:MOST])), left
        ids += [one for one in who if one not in ids]
        left += [] if who else [words[at]]
        at += size
    return Found(tuple(ids)), left


def guess(word: str, caseload: Sequence[Known]) -> tuple[int, ...]:
    """Whoever has a name much like this word; the likeliest first."""
    if len(word) < _SHORTEST:
        return ()
    index = _index(caseload)
    near = process.extract(
        word.casefold(), index.keys(), scorer=OSA.normalized_similarity, score_cutoff=_LIKE
    )
    return tuple(dict.fromkeys(one for name, _, _ in near for one in index[name]))[:MOST]


def _index(caseload: Sequence[Known]) -> dict[str, list[int]]:
    """Everyone by every form of the name: whole, called, and each part of it."""
    index: dict[str, list[int]] = {}
    for one in caseload:
        whole = " ".join(one.name.casefold().split())
        for form in dict.fromkeys((whole, one.called.casefold(), *whole.split())):
            index.setdefault(form, []).append(one.id)
    return index


def _longest(
    words: Sequence[str], at: int, index: Mapping[str, list[int]]
) -> tuple[int, list[int]]:
    """The longest run of words from here that is somebody's name."""
    for size in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
        who = index.get(" ".join(words[at : at + size]).casefold())
        if who:
            return size, who
    return 1, []
