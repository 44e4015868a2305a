"""Says whose life a phrase is about: the writer's own, or somebody else's."""

from bot.understanding.listening import Finding, Hearing
from bot.understanding.normalising import PAUSE

SUBJECT_REACH = 9
SELF, OTHER = "self", "other"


def who(finding: Finding, hearing: Hearing) -> str:
    match finding.rule.who, finding.rule.side:
        case "self", _:
            return SELF
        case "other", _:
            return SELF if is_mine(finding, hearing, before=2) else OTHER
        case _, "perpetrator":
            return SELF
        case _, "victim":
            return _struck(finding, hearing)
    return SELF if _speaks_within(finding, hearing) else _subject(finding.start, hearing)


def is_mine(finding: Finding, hearing: Hearing, *, before: int = 3) -> bool:
    """Whether "aku" speaks in the phrase or right beside it, with no pause between."""
    near = range(max(0, finding.start - before), min(len(hearing.tokens), finding.end + 1))
    return any(_speaks(hearing, at) and not _paused(at, finding, hearing) for at in near)


def _paused(at: int, finding: Finding, hearing: Hearing) -> bool:
    return PAUSE in hearing.tokens[min(at, finding.end) : max(at, finding.start)]


def _struck(finding: Finding, hearing: Hearing) -> str:
    """Who is hurt: "mukulin istrinya" names somebody else, "mukulin gw" the speaker."""
    phrase = hearing.tokens[finding.start : finding.end]
    if _speaks_within(finding, hearing):
        return SELF
    if len(phrase) > 2 and {phrase[0], phrase[-1]} <= hearing.book.people:
        return OTHER
    return _subject(finding.start - 1, hearing) if phrase[0].startswith("di") else SELF


def _speaks_within(finding: Finding, hearing: Hearing) -> bool:
    return any(_speaks(hearing, at) for at in range(finding.start, finding.end))


def _subject(start: int, hearing: Hearing) -> str:
    """The nearest subject, backwards; after "katanya" it is whoever was named before."""
    told = False
    for at in range(start, max(-1, start - SUBJECT_REACH), -1):
        word = hearing.tokens[at]
        if word == PAUSE:
            break
        if word in hearing.book.people:
            return OTHER
        if _speaks(hearing, at) and not told:
            return SELF
        told = told or word in hearing.book.speech
    return SELF


def _speaks(hearing: Hearing, at: int) -> bool:
    """Whether this is "aku" itself, and not the "gw" of "temen kerja gw" or "obat gw"."""
    if hearing.tokens[at] != "aku":
        return False
    before = hearing.tokens[max(0, at - 2) : at]
    owner = before[:1] if hearing.book.kinds.intersection(before[-1:]) else before[-1:]
    return hearing.book.owned.isdisjoint(owner)
