"""A small language for phrases: words, <families>, choices and gaps, matched over plain words.

`mati` is a word, `<die>` a family, `a|<b>` a choice, `x?` may be missing, `#` is a number and
`#15` a number of at least fifteen. `~3` steps over up to three linking words, `*3` over up to
three words of any kind but a pause or a "not", `**3` over anything. `^` is the start of a clause,
`$` its end, also as one of several choices (`$|lagi`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.understanding import vocabulary
from bot.understanding.normalising import PAUSE

Families = Mapping[str, frozenset[str]]
GAP = re.compile(r"(~|\*{1,2})(\d+)")
EDGES = ("^", "$")
NUMBER, MANY = "#", "#15"
MANY_FROM = 15


class Gap(Enum):
    LINKS = "~"
    WORDS = "*"
    ANYTHING = "**"


class UnknownFamily(ValueError):
    """A pattern names a family of words that is not defined."""


class UnreachableWord(ValueError):
    """A pattern waits for a word that is stepped over or rewritten before it arrives."""


@dataclass(frozen=True, slots=True)
class Element:
    words: frozenset[str] = frozenset()
    maybe: bool = False
    gap: Gap | None = None
    reach: int = 0
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    written: str
    elements: tuple[Element, ...]
    need: int
    """One bit for each set of words of which a message must hold at least one."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What gaps may step over."""

    links: frozenset[str]
    negators: frozenset[str]


def compiled(
    written: str, element: Callable[[str], Element], bit: Callable[[frozenset[str]], int]
) -> Pattern:
    elements = tuple(map(element, written.split()))
    need = 0
    for one in elements:
        if one.words and not one.maybe and not one.edge:
            need |= bit(one.words)
    return Pattern(written, elements, need)


def element(part: str, families: Families) -> Element:
    if gap := GAP.fullmatch(part):
        return Element(gap=Gap(gap[1]), reach=int(gap[2]))
    choices = part.removesuffix("?").split("|")
    words = (named(name, families) for name in choices if name not in EDGES)
    edge = next((name for name in choices if name in EDGES), "")
    return Element(frozenset().union(*words), maybe=part.endswith("?"), edge=edge)


def numbered(token: str) -> str:
    """A number as patterns know it: `#`, or `#15` for a large one."""
    if not token.isdecimal():
        return token
    return MANY if int(token[:6]) >= MANY_FROM else NUMBER


def named(name: str, families: Families) -> frozenset[str]:
    if name == NUMBER:
        return frozenset({NUMBER, MANY})
    if not name.startswith("<"):
        return frozenset({_canonical(name)})
    if name.strip("<>") not in families:
        raise UnknownFamily(f"{name} is not a family of words")
    return families[name.strip("<>")]


def _canonical(word: str) -> str:
    """Rules may be written as people speak: `gimana` is read as `bagaimana`."""
    voc = vocabulary.load()
    meant = voc.meaning.get(word, (word,))
    if len(meant) > 1 or meant[0] in voc.fillers:
        raise UnreachableWord(f"{word!r} never reaches the rules: it is read as {meant}")
    return meant[0]


def spans(pattern: Pattern, tokens: Sequence[str], ground: Ground) -> Iterator[tuple[int, int]]:
    """Every place the pattern stands, as start and end (exclusive), the nearest end of each."""
    first = pattern.elements[0]
    opening = None if first.maybe or first.edge else first.words
    for start, token in enumerate(tokens):
        if opening and token not in opening:
            continue
        end = _end(pattern.elements, 0, tokens, start, ground)
        if end is not None:
            yield start, end


def _end(
    elements: Sequence[Element], next_: int, tokens: Sequence[str], at: int, ground: Ground
) -> int | None:
    if next_ == len(elements):
        return at
    element = elements[next_]
    if element.gap:
        return _past_gap(elements, next_, tokens, at, ground)
    if at < len(tokens) and tokens[at] in element.words:
        end = _end(elements, next_ + 1, tokens, at + 1, ground)
        if end is not None:
            return end
    free = element.maybe or (element.edge and _at_edge(element.edge, tokens, at))
    return _end(elements, next_ + 1, tokens, at, ground) if free else None


def _past_gap(
    elements: Sequence[Element], next_: int, tokens: Sequence[str], at: int, ground: Ground
) -> int | None:
    gap = elements[next_]
    for step in range(gap.reach + 1):
        end = _end(elements, next_ + 1, tokens, at + step, ground)
        if end is not None:
            return end
        if at + step >= len(tokens) or not _may_step(gap.gap, tokens[at + step], ground):
            return None
    return None


def _may_step(gap: Gap | None, token: str, ground: Ground) -> bool:
    match gap:
        case Gap.LINKS:
            return token in ground.links
        case Gap.WORDS:
            return token != PAUSE and token not in ground.negators
        case _:
            return True


def _at_edge(edge: str, tokens: Sequence[str], at: int) -> bool:
    if edge == "^":
        return at == 0 or tokens[at - 1] == PAUSE
    return at >= len(tokens) or tokens[at] == PAUSE
