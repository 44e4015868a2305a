"""Loads the rules of danger from content and makes them quick to ask."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from bot.understanding import patterns, verbs, vocabulary
from bot.understanding.patterns import Element, Families, Ground, Pattern


class Tier(StrEnum):
    NONE = "none"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    OVERDOSE = "overdose"
    VIOLENCE = "violence"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    tier: Tier
    side: str
    who: str
    """`self` always; `other` unless "aku" speaks; empty: whoever the sentence is about."""
    own_negation: bool
    own_past: bool
    own_resolved: bool
    for_other: Tier | None
    """What it is where somebody else did it: who has swallowed something needs first aid."""
    at_least: int
    """How many different patterns must stand in one message."""
    any: tuple[Pattern, ...]
    with_: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    unless_anywhere: tuple[Pattern, ...]
    but: tuple[Pattern, ...]
    near: frozenset[str]
    hears: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    words: frozenset[str]
    yields_to_me: bool


@dataclass(frozen=True, slots=True)
class Rulebook:
    ground: Ground
    fillers: frozenset[str]
    heard_as: Mapping[str, str]
    people: frozenset[str]
    owned: frozenset[str]
    theirs: frozenset[str]
    kinds: frozenset[str]
    speech: frozenset[str]
    reach: frozenset[str]
    past: frozenset[str]
    present: frozenset[str]
    idioms: tuple[Pattern, ...]
    resolved: tuple[Pattern, ...]
    frames: tuple[Frame, ...]
    rules: tuple[Rule, ...]
    bits: Mapping[str, int]


@dataclass(slots=True)
class _Press:
    """Compiles patterns, each part once, and gives each set of words they need its own bit."""

    families: Families
    parts: dict[str, Element] = field(default_factory=dict)
    bits: dict[str, int] = field(default_factory=dict)
    numbers: dict[frozenset[str], int] = field(default_factory=dict)

    def patterns(self, written: Iterable[str]) -> tuple[Pattern, ...]:
        return tuple(patterns.compiled(text, self.part, self.bit) for text in written)

    def part(self, written: str) -> Element:
        if written not in self.parts:
            self.parts[written] = patterns.element(written, self.families)
        return self.parts[written]

    def bit(self, words: frozenset[str]) -> int:
        if words not in self.numbers:
            self.numbers[words] = 1 << len(self.numbers)
            for word in words:
                self.bits[word] = self.bits.get(word, 0) | self.numbers[words]
        return self.numbers[words]


@cache
def load() -> Rulebook:
    raw = vocabulary.danger()
    families = _families(raw["families"], raw["verbs"])
    press = _Press(families)
    rules = tuple(_rule(rule, press, raw["signs"]) for rule in raw["rules"])
    return Rulebook(
        ground=Ground(_words(raw["links"], families), _words(raw["negators"], families)),
        fillers=vocabulary.load().fillers,
        heard_as={word: meant for meant, words in raw["heard_as"].items() for word in words},
        people=families["person"],
        owned=families["person"] | _words(raw["belongings"], families),
        theirs=frozenset(raw["theirs"]),
        kinds=_words(raw["kinds"], families),
        speech=_words(raw["speech"], families),
        reach=_words(raw["reach"], families),
        past=_words(raw["past"], families),
        present=_words(raw["present"], families),
        idioms=press.patterns(raw["idioms"]),
        resolved=press.patterns(raw["resolved"]),
        frames=tuple(_frame(frame, families) for frame in raw["frames"].values()),
        rules=rules,
        bits=press.bits,
    )


def _families(written: Mapping[str, list[str]], roots: Mapping[str, list[str]]) -> Families:
    families: dict[str, frozenset[str]] = {}
    for name, members in roots.items():
        families[name] = frozenset().union(*map(verbs.active, members))
        families[f"{name}.di"] = frozenset().union(*map(verbs.passive, members))
    for name, words in written.items():
        families[name] = _words(words, families)
    return families


def _words(written: Iterable[str], families: Families) -> frozenset[str]:
    return frozenset().union(*(patterns.named(word, families) for word in written))


def _frame(raw: Mapping[str, Any], families: Families) -> Frame:
    return Frame(_words(raw["words"], families), raw["yields_to_me"] == "true")


def _rule(raw: Mapping[str, Any], press: _Press, signs: Mapping[str, list[str]]) -> Rule:
    return Rule(
        id=raw["id"],
        tier=Tier[raw["tier"]],
        side=raw.get("side", ""),
        who=raw.get("who", ""),
        own_negation=raw.get("negation") == "own",
        own_past=raw.get("past") == "own",
        own_resolved=raw.get("resolved") == "own",
        for_other=Tier[raw["for_other"]] if "for_other" in raw else None,
        at_least=int(raw.get("at_least", 1)),
        any=press.patterns(_spelt_out(raw["any"], signs)),
        with_=press.patterns(_spelt_out(raw.get("with", ()), signs)),
        unless=press.patterns(_spelt_out(raw.get("unless", ()), signs)),
        unless_anywhere=press.patterns(_spelt_out(raw.get("unless_anywhere", ()), signs)),
        but=press.patterns(raw.get("but", ())),
        near=_words(raw.get("near", ()), press.families),
        hears=tuple(raw["hears"]),
        leaves=tuple(raw.get("leaves", ())),
    )


def _spelt_out(written: Iterable[str], signs: Mapping[str, list[str]]) -> Iterator[str]:
    """`@end` stands for all the patterns of that sign, so that several rules can wait for it."""
    for one in written:
        yield from signs[one.removeprefix("@")] if one.startswith("@") else (one,)
