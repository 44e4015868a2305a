"""Judges a phrase where it stands: turned away, only a story, denied, or long past."""

from collections.abc import Sequence

from bot.understanding import listening, subjects
from bot.understanding.listening import Finding, Hearing
from bot.understanding.rules import Tier

NEARBY = 6
STORY_BEFORE, STORY_AFTER = 8, 5
NEGATOR_REACH = 4
PAST_REACH, PRESENT_AFTER = 8, 5
RESOLVED_REACH = 10
TELLS = "cerita"
#: "Habis nyuntik lalu tidak bisa dibangunkan" tells what came next, "minggu lalu" when it was.
THEN = "lalu"
SINCE = frozenset({"dari", "sejak"})
AGO = frozenset({"hari", "minggu", "bulan", "tahun", "jam", "menit", "yang", "masa", "dulu"})


def is_dismissed(finding: Finding, hearing: Hearing) -> bool:
    return _turned_away(finding, hearing) or _only_a_story(finding, hearing)


def is_soft(finding: Finding, hearing: Hearing) -> bool:
    return _negated(finding, hearing) or _past(finding, hearing) or _resolved(finding, hearing)


def _turned_away(finding: Finding, hearing: Hearing) -> bool:
    rule = finding.rule
    if rule.with_ and not listening.stands(rule.with_, hearing):
        return True
    if listening.stands(rule.unless_anywhere, hearing):
        return True
    nearby = listening.part(hearing, _nearby(finding, hearing))
    if rule.near.isdisjoint(nearby.tokens) and not listening.stands(rule.unless, nearby):
        return False
    return not listening.stands(rule.but, hearing)


def _nearby(finding: Finding, hearing: Hearing) -> tuple[str, ...]:
    """A page must be sure, so all that is near may turn it away; a help card is cheap."""
    if finding.rule.tier is Tier.T3:
        return hearing.tokens[max(0, finding.start - NEARBY) : finding.end + NEARBY]
    return listening.clause(finding, hearing, before=NEARBY, after=NEARBY)


def _only_a_story(finding: Finding, hearing: Hearing) -> bool:
    clause = listening.clause(finding, hearing, before=STORY_BEFORE, after=STORY_AFTER)
    said = _less_what_somebody_tells(clause, hearing)
    told = [frame for frame in hearing.book.frames if not frame.words.isdisjoint(said)]
    return any(not frame.yields_to_me for frame in told) or (
        bool(told) and not subjects.is_mine(finding, hearing)
    )


def _less_what_somebody_tells(clause: Sequence[str], hearing: Hearing) -> set[str]:
    """In "adek cerita pengen mati" nothing is made up: a person tells it, of this very life."""
    teller = hearing.book.people | {"aku"}
    pairs = zip(("", *clause), clause, strict=False)
    return {word for before, word in pairs if not (word == TELLS and before in teller)}


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
    before = listening.leading(finding, hearing, reach=PAST_REACH)
    marks = [
        at
        for at, word in enumerate(before)
        if word in hearing.book.past and (word != THEN or _ago(before[:at]))
    ]
    if not marks:
        return False
    after = hearing.tokens[finding.end : finding.end + PRESENT_AFTER]
    since = before[marks[0] + 1 :] + after
    return hearing.book.present.isdisjoint(since) and "tidak" not in before[: marks[0]]


def _resolved(finding: Finding, hearing: Hearing) -> bool:
    if finding.rule.own_resolved:
        return False
    until = finding.end + RESOLVED_REACH
    after = hearing.tokens[finding.end : until]
    goes_on = (listening.COVERED,) if until < len(hearing.tokens) else ()
    return listening.stands(hearing.book.resolved, listening.part(hearing, after + goes_on))


def _ago(before: Sequence[str]) -> bool:
    """ "Minggu lalu" is over; "dari minggu lalu" goes on."""
    return bool(AGO.intersection(before[-1:])) and SINCE.isdisjoint(before[-2:-1])
