"""Turns a message as typed into the plain words it means, one spelling for each word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.understanding import spelling, vocabulary

PAUSE = ","
LINK = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@\w+")
ELLIPSIS = re.compile(r"\.{2,}")
SPACED_LETTERS = re.compile(r"(?<!\S)(?:[a-z0-9*] ){3,}([a-z0-9*])\1*(?![a-z0-9*])")
DOTTED_LETTERS = re.compile(r"(?<![a-z0-9])(?:[a-z0-9*][.\-_*~]{1,2}){2,}[a-z0-9](?![a-z0-9])")
NOT_A_LETTER = re.compile(r"[ .\-_~]")
TWIN = re.compile(r"\b([a-z]{2,})-\1(?:(an)|nya)?\b")
PIECE = re.compile(r"\d+(?:[.:]\d+)+|[a-z0-9](?:[a-z0-9@$*#_']*[a-z0-9*])?|[.,;:!?\n()]+")
ENDINGS = (
    ("nya", ("nya",)),
    ("ku", ("aku",)),
    ("mu", ("kamu",)),
    ("x", ("nya",)),
    ("lah", ()),
    ("kah", ()),
    ("na", ()),
    ("ne", ()),
    ("e", ()),
    ("mi", ()),
)
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Normalised:
    tokens: tuple[str, ...]
    """Canonical words in order; `PAUSE` stands for a stop, a comma or a new line."""

    @property
    def text(self) -> str:
        return " ".join(token for token in self.tokens if token != PAUSE)


def normalise(text: str) -> Normalised:
    voc = vocabulary.load()
    pieces = [_short(piece) for piece in PIECE.findall(_prepared(text))]
    typed = _joined(pieces, voc.typed_phrases)
    canonical = [word for piece in typed for word in _words(piece)]
    return Normalised(tuple(_worn(_joined(canonical, voc.phrases))))


def _prepared(text: str) -> str:
    """What looks like many pieces and is one word becomes one piece."""
    clean = LINK.sub(" ", spelling.plain(text))
    clean = DOTTED_LETTERS.sub(_letters_only, SPACED_LETTERS.sub(_letters_only, clean))
    return TWIN.sub(_twin, ELLIPSIS.sub(" ", clean))


def _letters_only(spread: re.Match[str]) -> str:
    return NOT_A_LETTER.sub("", spread[0])


def _twin(twin: re.Match[str]) -> str:
    """teman-teman is teman; mati-matian keeps its own meaning."""
    return f"{twin[1]}{twin[1]}an" if twin[2] else twin[1]


@lru_cache(maxsize=16384)
def _words(piece: str) -> tuple[str, ...]:
    voc = vocabulary.load()
    if not piece[0].isalnum():
        return (PAUSE,)
    word = piece.replace("'", "")
    if word in voc.protected:
        return (word,)
    if word in voc.meaning:
        return voc.meaning[word]
    return tuple(_meant(_repaired(word)))


def _repaired(word: str) -> tuple[str, ...]:
    """Endings and `ku-` come off only where a known word is left."""
    known = vocabulary.load().known
    short = _short(word)
    if short in known:
        return (short,)
    for ending, meant in ENDINGS:
        stem = short.removesuffix(ending)
        if stem != short and len(stem) >= SHORTEST_STEM and stem in known:
            return (stem, *meant)
    if short.startswith("ku") and len(short) > 6 and short[2:] in known:
        return ("aku", short[2:])
    return spelling.repaired(word)


def _short(word: str) -> str:
    return word if word in vocabulary.load().known else spelling.squeezed(word)


def _meant(words: tuple[str, ...]) -> Iterator[str]:
    meaning = vocabulary.load().meaning
    for word in words:
        yield from meaning.get(word, (word,))


def _joined(words: Sequence[str], phrases: vocabulary.Phrases) -> list[str]:
    """Phrases become what they mean, and a word said twice in a row is said once."""
    joined: list[str] = []
    at = 0
    while at < len(words):
        length, meant = _phrase_at(words, at, phrases)
        joined.extend(word for word in meant if not joined or joined[-1] != word)
        at += length
    return joined


def _phrase_at(
    words: Sequence[str], at: int, phrases: vocabulary.Phrases
) -> tuple[int, vocabulary.Words]:
    for phrase, meant in phrases.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase), meant
    return 1, (words[at],)


def _worn(words: list[str]) -> Iterator[str]:
    """pakai motor is riding and pakai baju is wearing: never the other kind of using."""
    voc = vocabulary.load()
    for at, word in enumerate(words):
        nearby = words[at + 1 : at + 3]
        wearing = word in voc.wearing_verbs and not voc.worn.isdisjoint(nearby)
        yield voc.worn_as if wearing else word
