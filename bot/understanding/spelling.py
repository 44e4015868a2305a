"""Undoes what fingers, filters and phones do to a word: stretching, leet, hidden letters, slips."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.understanding import vocabulary

LEET = str.maketrans("013456789@$!|", "oieasgtbgasil")
LOOKALIKES = str.maketrans(
    "аеорсухікмтні", "aeopcyxikmtni"
)  # Cyrillic letters drawn like Latin ones
HIDING = frozenset("*#_")
STRETCHED = re.compile(r"([^\W\d])\1{2,}")
DOUBLED = re.compile(r"([^\W\d])\1")
SHORTEST_SLIP = 5


def plain(text: str) -> str:
    """Lower case, one alphabet, no emoji, nothing invisible."""
    folded = unicodedata.normalize("NFKD", text).casefold().translate(LOOKALIKES)
    return "".join(map(_plain_character, folded))


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    match unicodedata.category(character)[0]:
        case "M":
            return ""
        case "C":
            return "\n" if character == "\n" else " " if character.isspace() else ""
        case "S":
            return character if character in "$|+=<>" else " "
        case "Z":
            return " "
    return character


@lru_cache(maxsize=8192)
def repaired(token: str) -> tuple[str, ...]:
    """The known word or words behind one typed token, or the token as it is."""
    known = vocabulary.load().known
    if token in known or token.isdigit():
        return (token,)
    for attempt in (_unstretched, _doubled_in_digits, _unleeted, _unhidden, _apart):
        if found := attempt(token):
            return found
    return (_slipped(squeezed(token)),)


def _unstretched(token: str) -> tuple[str, ...] | None:
    known = vocabulary.load().known
    for candidate in (STRETCHED.sub(r"\1", token), STRETCHED.sub(r"\1\1", token)):
        if candidate in known:
            return (candidate,)
    once = DOUBLED.sub(r"\1", STRETCHED.sub(r"\1", token))
    long_enough = len(once) >= SHORTEST_SLIP or (len(once) >= 3 and token.endswith(once[-1] * 2))
    return (once,) if long_enough and once in known else None


def squeezed(token: str) -> str:
    return STRETCHED.sub(r"\1", token)


def _doubled_in_digits(token: str) -> tuple[str, ...] | None:
    """temen2 -> temen, mati2an -> matimatian."""
    stem, two, ending = token.partition("2")
    if not (two and stem.isalpha() and ending in ("", "an", "nya", "in", "kan")):
        return None
    if ending == "an":
        return (f"{stem}{stem}an",)
    return (*repaired(stem), ending) if ending == "nya" else repaired(stem + ending)


def _unleeted(token: str) -> tuple[str, ...] | None:
    if token.isalpha() or not any(map(str.isalpha, token)):
        return None
    letters = STRETCHED.sub(r"\1", token.translate(LEET))
    meant = _slipped(letters)
    if meant in vocabulary.load().known:
        return (meant,)
    word = token.rstrip("0123456789")
    number = token[len(word) :]
    return (*repaired(word), number) if number and word.isalpha() else None


def _unhidden(token: str) -> tuple[str, ...] | None:
    if not HIDING.intersection(token):
        return None
    shape = re.compile("".join("[a-z]{1,2}" if c in HIDING else re.escape(c) for c in token))
    fitting = [word for word in vocabulary.load().careful if shape.fullmatch(word)]
    return (fitting[0],) if fitting else tuple(re.split(r"[*#_]+", token.strip("*#_")))


def _apart(token: str) -> tuple[str, ...] | None:
    """bunuhdiri -> bunuh diri, when one side is a word of danger and both are known."""
    voc = vocabulary.load()
    for cut in range(3, len(token) - 2):
        left, right = token[:cut], token[cut:]
        danger = left in voc.careful or right in voc.careful
        if danger and left in voc.known and right in voc.known:
            return (left, right)
    return None


def _slipped(token: str) -> str:
    """A word of danger one slip of the finger away; ordinary words are known and never get here."""
    if len(token) < SHORTEST_SLIP - 1 or not token.isalpha():
        return token
    for word in vocabulary.load().careful:
        close = len(word) >= SHORTEST_SLIP and word[0] == token[0]
        if close and OSA.distance(word, token, score_cutoff=1) <= 1:
            return word
    return token
