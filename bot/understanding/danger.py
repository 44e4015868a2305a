"""Hears danger in a message by rules that can be read: who is in it, how near it is, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from bot.understanding import normalising, patterns, rules
from bot.understanding.normalising import PAUSE
from bot.understanding.patterns import Pattern
from bot.understanding.rules import Rule, Rulebook, Tier

COVERED = "·"
NEARBY = 6
NEGATOR_REACH = 3
PAST_REACH = 8
RESOLVED_REACH = 10
SUBJECT_REACH = 9
LONGEST = 2100  # more than fit into one message: the last words count as much as the first
GRAVEST_FIRST = (
    Tier.T3,
    Tier.OVERDOSE,
    Tier.VIOLENCE,
    Tier.T2,
    Tier.WITHDRAWAL,
    Tier.T1,
)


@dataclass(frozen=True, slots=True)
class Danger:
    tier: Tier
    who: str = "self"
    """`self` or `other`: whose life it is about."""
    because: tuple[str, ...] = ()
    """Ids of the rules in `danger.yaml` that fired, the gravest first."""
    soft: bool = False
    """Denied or long past: ask gently how it is now, page nobody."""
    side: str = ""
    """For violence: `victim` or `perpetrator`."""


@dataclass(frozen=True, slots=True)
class Finding:
    rule: Rule
    start: int
    end: int
    soft: bool = False
    who: str = "self"


@dataclass(frozen=True, slots=True)
class Hearing:
    """One message under the rules."""

    book: Rulebook
    tokens: tuple[str, ...]
    bits: int


def read(text: str) -> Danger:
    hearing = _hearing(text)
    found = [finding for rule in hearing.book.rules if (finding := _found(rule, hearing))]
    live = [finding for finding in found if not finding.soft]
    if not live:
        return Danger(Tier.NONE, because=_ids(found), soft=bool(found))
    gravest = min(live, key=lambda finding: GRAVEST_FIRST.index(finding.rule.tier))
    because = _ids([gravest, *live])
    return Danger(gravest.rule.tier, gravest.who, because, side=gravest.rule.side)


def _ids(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.rule.id for finding in findings))


def _hearing(text: str) -> Hearing:
    book = rules.load()
    words = normalising.normalise(text).tokens[:LONGEST]
    heard = [patterns.numbered(word) for word in words if word not in book.fillers]
    hearing = _listening(book, tuple(heard))
    return _listening(book, _idioms_covered(hearing))


def _listening(book: Rulebook, tokens: tuple[str, ...]) -> Hearing:
    return Hearing(
        book, tokens, reduce(lambda bits, word: bits | book.bits.get(word, 0), tokens, 0)
    )


def _idioms_covered(hearing: Hearing) -> tuple[str, ...]:
    covered = list(hearing.tokens)
    for idiom in hearing.book.idioms:
        for start, end in _spans(idiom, hearing):
            covered[start:end] = [COVERED] * (end - start)
    return tuple(covered)


def _spans(pattern: Pattern, hearing: Hearing) -> Iterator[tuple[int, int]]:
    if pattern.need & hearing.bits == pattern.need:
        yield from patterns.spans(pattern, hearing.tokens, hearing.book.ground)


def _found(rule: Rule, hearing: Hearing) -> Finding | None:
    """The first live finding, or else a soft one."""
    soft = None
    for pattern in rule.any:
        for start, end in _spans(pattern, hearing):
            finding = _judged(Finding(rule, start, end), hearing)
            if finding and not finding.soft:
                return finding
            soft = soft or finding
    return soft


def _judged(finding: Finding, hearing: Hearing) -> Finding | None:
    if _turned_away(finding, hearing) or _only_a_story(finding, hearing):
        return None
    soft = _negated(finding, hearing) or _past(finding, hearing) or _resolved(finding, hearing)
    return replace(finding, soft=soft, who=_who(finding, hearing))


def _turned_away(finding: Finding, hearing: Hearing) -> bool:
    rule = finding.rule
    if rule.with_ and not _stands(rule.with_, hearing):
        return True
    nearby = _nearby(finding, hearing)
    if rule.near.isdisjoint(nearby) and not _stands(rule.unless, _part(hearing, nearby)):
        return False
    return not _stands(rule.but, hearing)


def _nearby(finding: Finding, hearing: Hearing) -> tuple[str, ...]:
    """A page must be sure, so all that is near may turn it away; a help card is cheap."""
    if finding.rule.tier is Tier.T3:
        return hearing.tokens[max(0, finding.start - NEARBY) : finding.end + NEARBY]
    return _clause(finding, hearing, before=NEARBY, after=NEARBY)


def _part(hearing: Hearing, tokens: tuple[str, ...]) -> Hearing:
    return replace(hearing, tokens=tokens)


def _stands(wanted: Sequence[Pattern], hearing: Hearing) -> bool:
    return any(True for pattern in wanted for _ in _spans(pattern, hearing))


def _only_a_story(finding: Finding, hearing: Hearing) -> bool:
    clause = _clause(finding, hearing, before=8, after=5)
    return any(
        not frame.words.isdisjoint(clause) and not (frame.yields_to_me and _mine(finding, hearing))
        for frame in hearing.book.frames
    )


def _clause(finding: Finding, hearing: Hearing, *, before: int, after: int) -> tuple[str, ...]:
    """The words around a finding, up to the nearest pause on either side."""
    left = hearing.tokens[max(0, finding.start - before) : finding.start]
    right = hearing.tokens[finding.end : finding.end + after]
    left = left[_after_last_pause(left) :]
    right = right[: right.index(PAUSE)] if PAUSE in right else right
    return left + hearing.tokens[finding.start : finding.end] + right


def _after_last_pause(tokens: tuple[str, ...]) -> int:
    return len(tokens) - tokens[::-1].index(PAUSE) if PAUSE in tokens else 0


def _mine(finding: Finding, hearing: Hearing, *, before: int = 3) -> bool:
    """Whether "aku" speaks in or next to the phrase, not as somebody's owner (temen gw)."""
    near = range(max(0, finding.start - before), min(len(hearing.tokens), finding.end + 1))
    return any(_speaks(hearing, at) and not _paused(at, finding, hearing) for at in near)


def _paused(at: int, finding: Finding, hearing: Hearing) -> bool:
    between = hearing.tokens[min(at, finding.end) : max(at, finding.start)]
    return PAUSE in between


def _speaks(hearing: Hearing, at: int) -> bool:
    """Whether this is "aku" itself, and not the "gw" of "temen kerja gw" or "obat gw"."""
    if hearing.tokens[at] != "aku":
        return False
    before = hearing.tokens[max(0, at - 2) : at]
    owner = before[:1] if hearing.book.kinds.intersection(before[-1:]) else before[-1:]
    return hearing.book.owned.isdisjoint(owner)


def _negated(finding: Finding, hearing: Hearing) -> bool:
    if finding.rule.own_negation:
        return False
    book = hearing.book
    for at in range(finding.start - 1, max(-1, finding.start - 2 - NEGATOR_REACH), -1):
        if hearing.tokens[at] in book.ground.negators:
            return True
        if hearing.tokens[at] not in book.reach:
            return False
    return False


def _past(finding: Finding, hearing: Hearing) -> bool:
    if finding.rule.own_past:
        return False
    before = hearing.tokens[max(0, finding.start - PAST_REACH) : finding.start]
    before = before[_after_last_pause(before) :]
    marks = [at for at, word in enumerate(before) if word in hearing.book.past]
    if not marks:
        return False
    since = before[marks[0] + 1 :] + hearing.tokens[finding.end : finding.end + 5]
    return hearing.book.present.isdisjoint(since) and "tidak" not in before[: marks[0]]


def _resolved(finding: Finding, hearing: Hearing) -> bool:
    after = hearing.tokens[finding.end : finding.end + RESOLVED_REACH]
    return _stands(hearing.book.resolved, _part(hearing, after))


def _who(finding: Finding, hearing: Hearing) -> str:
    match finding.rule.who, finding.rule.side:
        case "self", _:
            return "self"
        case "other", _:
            return "self" if _mine(finding, hearing, before=2) else "other"
        case _, "perpetrator":
            return "self"
        case _, "victim":
            return _struck(finding, hearing)
    return _subject(finding, hearing)


def _struck(finding: Finding, hearing: Hearing) -> str:
    """Who is hurt: "mukulin istrinya" names somebody else, "mukulin gw" the speaker."""
    phrase = hearing.tokens[finding.start : finding.end]
    if any(_speaks(hearing, at) for at in range(finding.start, finding.end)):
        return "self"
    if len(phrase) > 2 and {phrase[0], phrase[-1]} <= hearing.book.people:
        return "other"
    if phrase[0].startswith("di"):
        return _subject(replace(finding, start=finding.start - 1), hearing)
    return "self"


def _subject(finding: Finding, hearing: Hearing) -> str:
    """The nearest subject, backwards: "temen gw" is the friend, "gw" alone is the speaker."""
    if any(_speaks(hearing, at) for at in range(finding.start, finding.end)):
        return "self"
    told = False
    for at in range(finding.start, max(-1, finding.start - SUBJECT_REACH), -1):
        if hearing.tokens[at] == PAUSE:
            break
        if hearing.tokens[at] in hearing.book.people:
            return "other"
        if _speaks(hearing, at) and not told:
            return "self"
        told = told or hearing.tokens[at] in hearing.book.speech
    return "self"
