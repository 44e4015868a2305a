"""Hears danger in a message, by rules that can be read first: who is in it, how near, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.understanding import listening, subjects, undertones, verdicts
from bot.understanding.listening import Finding, Hearing
from bot.understanding.patterns import Pattern
from bot.understanding.rules import Rule, Tier

_WORD = re.compile(r"\w+")
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
    """Ids of the rules in content/id/danger/, the gravest first; or what it sounds like."""
    soft: bool = False
    """Denied, long past, or heard by the model alone: ask gently how it is now, page nobody."""
    side: str = ""
    """For violence: `victim` or `perpetrator`."""


def read(text: str) -> Danger:
    hearing = listening.hear(text)
    found = _findings(hearing)
    live = [finding for finding in found if not finding.soft]
    if not live:
        return _sounds(text, hearing, denied=_ids(found))
    gravest = _leading(live)
    because = _ids([gravest, *live])
    somebody = hearing.book.people.intersection(hearing.tokens) or _is_of_another(text, hearing)
    who = gravest.who if somebody else _felt_by(gravest, live)
    return Danger(gravest.tier, who, because, side=gravest.rule.side)


def _leading(live: Sequence[Finding]) -> Finding:
    """The gravest; but whoever cannot be woken does not write, and needs first aid first."""
    gravest = min(live, key=lambda finding: GRAVEST_FIRST.index(finding.tier))
    lying = (finding for finding in live if finding.tier is gravest.rule.for_other)
    return next((finding for finding in lying if finding.who == "other"), gravest)


def is_in_the_rules(text: str) -> bool:
    """Whether any rule fires, softly too; what the model learns from is sorted by this."""
    return bool(_findings(listening.hear(text)))


def _findings(hearing: Hearing) -> list[Finding]:
    return [finding for rule in hearing.book.rules if (finding := _found(rule, hearing))]


def _sounds(text: str, hearing: Hearing, denied: tuple[str, ...]) -> Danger:
    """No rule stands: a model may still hear something, and then we ask and page nobody."""
    tier = undertones.read(text, doubtful=bool(denied) or _is_talk(hearing))
    if tier is Tier.NONE:
        return Danger(Tier.NONE, because=denied, soft=bool(denied))
    named = [word for word in hearing.tokens if word == "aku" or word in hearing.book.people]
    another = named[0] != "aku" if named else _is_of_another(text, hearing)
    who = "other" if another else "self"
    because = (f"sounds like {undertones.MEANT[tier]}", *denied)
    return Danger(tier, who, because, soft=True)


def _is_talk(hearing: Hearing) -> bool:
    """Whether a tale or an idiom stands in the message: "nonton", "berita", "mati gaya"."""
    told = any(not frame.words.isdisjoint(hearing.tokens) for frame in hearing.book.frames)
    return told or listening.COVERED in hearing.tokens


def _is_of_another(text: str, hearing: Hearing) -> bool:
    return not hearing.book.theirs.isdisjoint(_WORD.findall(text.lower()))


def _felt_by(gravest: Finding, live: Sequence[Finding]) -> str:
    """Where nobody is named, whoever feels it in the own body writes of it."""
    own = (finding.who == "self" for finding in live if finding.tier is gravest.tier)
    return "self" if any(own) else gravest.who


def _ids(findings: Sequence[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(finding.rule.id for finding in findings))


def _found(rule: Rule, hearing: Hearing) -> Finding | None:
    """The first live finding, or else a soft one; of weak signs several must stand."""
    soft, live = None, []
    for pattern in listening.possible(rule.any, hearing):
        finding = _first(rule, pattern, hearing)
        if finding and not finding.soft:
            live.append(finding)
        soft = soft or finding
        if len(live) == rule.at_least:
            return live[0]
    return soft if rule.at_least == 1 else None


def _first(rule: Rule, pattern: Pattern, hearing: Hearing) -> Finding | None:
    """Where the pattern stands alive first, or else where it stands softly."""
    soft = None
    for start, end in listening.spans(pattern, hearing):
        finding = _judged(Finding(rule, start, end), hearing)
        if finding and not finding.soft:
            return finding
        soft = soft or finding
    return soft


def _judged(finding: Finding, hearing: Hearing) -> Finding | None:
    if verdicts.is_dismissed(finding, hearing):
        return None
    soft = verdicts.is_soft(finding, hearing)
    return replace(finding, soft=soft, who=subjects.who(finding, hearing))
