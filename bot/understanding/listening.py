"""Holds one message under the rules: its words, less fillers and idioms, and what stands where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from bot.understanding import normalising, patterns, rules
from bot.understanding.normalising import PAUSE
from bot.understanding.patterns import Pattern
from bot.understanding.rules import Rule, Rulebook, Tier

COVERED = "·"
APART = frozenset({"di", "d"})
PLACES = frozenset({"atas", "bawah", "dalam", "depan", "luar", "sebelah", "sini", "situ", "sana"})
LONGEST = 2100  # more than fit into one message: the last words count as much as the first


@dataclass(frozen=True, slots=True)
class Hearing:
    book: Rulebook
    tokens: tuple[str, ...]
    bits: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's pattern stands at these words of a hearing, the end exclusive."""

    rule: Rule
    start: int
    end: int
    soft: bool = False
    who: str = "self"

    @property
    def tier(self) -> Tier:
        return (self.who == "other" and self.rule.for_other) or self.rule.tier


def hear(text: str) -> Hearing:
    book = rules.load()
    written = normalising.normalise(text).tokens[:LONGEST]
    words = _passives_whole(_without_tags(written), book)
    meant = [book.heard_as.get(word, word) for word in words if word not in book.fillers]
    heard = [patterns.numbered(word) for word in meant]
    return _hearing(book, _idioms_covered(_hearing(book, tuple(heard))))


def _without_tags(words: Sequence[str]) -> list[str]:
    """In "jahat ga sih" the "not" makes a question of what stands before it and denies nothing."""
    pairs = zip(words, (*words[1:], PAUSE), (PAUSE, *words), strict=False)
    return [word for word, after, before in pairs if not _is_tag(word, after, before)]


def _is_tag(word: str, after: str, before: str) -> bool:
    return (word, after) == ("tidak", "sih") and before not in (PAUSE, "aku", "dia")


def _passives_whole(words: Sequence[str], book: Rulebook) -> list[str]:
    """The passive is written apart as often as not: "d pukul" and "di gebukin" are one word."""
    whole: list[str] = []
    for word in words:
        passive = f"di{word}"
        known = word not in PLACES and (passive in book.bits or passive in book.heard_as)
        if whole and whole[-1] in APART and known:
            whole[-1] = passive
        else:
            whole.append(word)
    return whole


def _hearing(book: Rulebook, tokens: tuple[str, ...]) -> Hearing:
    bits = reduce(lambda bits, word: bits | book.bits.get(word, 0), tokens, 0)
    return Hearing(book, tokens, bits)


def _idioms_covered(hearing: Hearing) -> tuple[str, ...]:
    covered = list(hearing.tokens)
    for idiom in possible(hearing.book.idioms, hearing):
        for start, end in spans(idiom, hearing):
            covered[start:end] = [COVERED] * (end - start)
    return tuple(covered)


def possible(wanted: Sequence[Pattern], hearing: Hearing) -> list[Pattern]:
    """Those whose words are all in the message: nearly none, and only they are looked at closer."""
    bits = hearing.bits
    return [one for one in wanted if one.need & bits == one.need]


def spans(pattern: Pattern, hearing: Hearing) -> Iterator[tuple[int, int]]:
    return patterns.spans(pattern, hearing.tokens, hearing.book.ground)


def stands(wanted: Sequence[Pattern], hearing: Hearing) -> bool:
    return any(True for one in possible(wanted, hearing) for _ in spans(one, hearing))


def part(hearing: Hearing, tokens: tuple[str, ...]) -> Hearing:
    return replace(hearing, tokens=tokens)


def clause(finding: Finding, hearing: Hearing, *, before: int, after: int) -> tuple[str, ...]:
    """The words around a finding, up to the nearest pause on either side."""
    right = hearing.tokens[finding.end : finding.end + after]
    right = right[: right.index(PAUSE)] if PAUSE in right else right
    phrase = hearing.tokens[finding.start : finding.end]
    return leading(finding, hearing, reach=before) + phrase + right


def leading(finding: Finding, hearing: Hearing, *, reach: int) -> tuple[str, ...]:
    """At most so many words before a finding, from the last pause on."""
    left = hearing.tokens[max(0, finding.start - reach) : finding.start]
    return left[len(left) - left[::-1].index(PAUSE) :] if PAUSE in left else left
