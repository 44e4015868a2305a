"""Reads what a person typed as one of the buttons, a number or a list; never guesses opposites."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from bot.flows.model import Option

_SPELLED: Final[Mapping[str, str]] = {
    **dict.fromkeys(["gak", "ga", "gk", "g", "nggak", "ngga", "enggak", "engga", "tdk"], "tidak"),
    **dict.fromkeys(["kagak", "kaga", "tak", "ndak", "nda", "teu", "ora"], "tidak"),
    **dict.fromkeys(["iya", "iyah", "iyo", "ya", "yah", "y", "yes", "muhun", "inggih"], "ya"),
    **dict.fromkeys(["udah", "udh", "dah", "sdh"], "sudah"),
    **dict.fromkeys(["blm", "blom", "belom"], "belum"),
    **dict.fromkeys(["ok", "oke", "okeh", "oce"], "oke"),
    **dict.fromkeys(["bs"], "bisa"),
    **dict.fromkeys(["kdg", "kadang2"], "kadang"),
}
_NEGATIONS: Final = frozenset({"tidak", "belum", "bukan", "jangan", "tanpa"})
_FILLERS: Final = frozenset(
    {"aku", "saya", "gw", "gue", "aja", "saja", "deh", "dong", "sih", "nih", "kok", "lah", "yang"}
    | {"kak", "pak", "bu", "mas", "mbak", "teh"}
)
_COUNTED: Final = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan")
_NUMBERS: Final[Mapping[str, int]] = {
    **{word: value for value, word in enumerate((*_COUNTED, "sembilan", "sepuluh", "sebelas"))},
    "kosong": 0,
    "hiji": 1,
    "tilu": 3,
    "opat": 4,
    "genep": 6,
    "dalapan": 8,
}
_SHORTEST_TYPO: Final = 6  # in shorter words one letter makes another word


def plain(text: str) -> str:
    """Lower case, letters and digits only, stretched letters cut: "IYAAA!!" is "ya"."""
    cleaned = re.sub(r"[^\w]+|_", " ", text.casefold())
    words = (_SPELLED.get(word, word) for word in map(_shrunk, cleaned.split()))
    # Doubled letters go on both sides of a comparison, so "maaf" still meets "maaf".
    return " ".join(re.sub(r"([^\W\d])\1+", r"\1", word) for word in words)


def number(text: str) -> int | None:
    """A whole number in digits or Indonesian words, alone or as "7/10"."""
    cleaned = text.casefold().strip(" .,!?")
    if found := re.fullmatch(r"(-?\d{1,9})(?:\s*(?:/|dari)\s*\d+)?", cleaned):
        return int(found[1])
    return _NUMBERS.get(_shrunk(cleaned))


def pick(text: str, options: Sequence[Option]) -> Option | None:
    """The one option meant by the text, or None."""
    said = plain(text)
    if not said:  # nothing but signs: an emoji that is the whole label
        return next((one for one in options if one.label == text.strip()), None)
    if (place := number(text)) is not None:
        return _numbered(place, options)
    core = _without_fillers(said)
    for meant, form in ((said, _full), (core, _core)):
        found = [one for one in options if meant and meant in map(form, _names(one))]
        if len(found) == 1:
            return found[0]
    return _nearest(said, options)


def pick_many(text: str, options: Sequence[Option]) -> list[Option] | None:
    """All options of a list such as "1, 3 dan 4"; None unless every part is one."""
    whole = pick(text, options)
    if whole is not None:
        return [whole]
    parts = [part for part in re.split(r"[,;\n/&+]|\s(?:dan|sama)\s", text) if part.strip()]
    found = [pick(part, options) for part in parts]
    known = [option for option in found if option is not None]
    return known if known and len(known) == len(parts) else None


def place(text: str, labels: Sequence[str]) -> int | None:
    """Which one of these labels the words are, spelled as people spell; no number, no guess."""
    for form in (str.strip, plain, lambda one: _without_fillers(plain(one))):
        meant = form(text)
        found = [at for at, label in enumerate(labels) if meant and form(label) == meant]
        if len(found) == 1:
            return found[0]
    return None


def names(option: Option) -> frozenset[str]:
    """Everything this option answers to, as compared."""
    return frozenset(_full(name) for name in _names(option)) - {""}


def _shrunk(word: str) -> str:
    return re.sub(r"([^\W\d])\1{2,}", r"\1", word)


def _names(option: Option) -> Iterable[str]:
    # A label with a value in it is only known once worded; it can be tapped or counted.
    return option.words if "{" in option.label else (option.label, *option.words)


# Only what writers wrote is kept in memory here, never what a person typed.
@lru_cache(maxsize=8192)
def _full(name: str) -> str:
    return plain(name)


@lru_cache(maxsize=8192)
def _core(name: str) -> str:
    return _without_fillers(plain(name))


def _without_fillers(said: str) -> str:
    return " ".join(word for word in said.split() if word not in _FILLERS)


def _numbered(place: int, options: Sequence[Option]) -> Option | None:
    figures = [_figures(one) for one in options]
    if any(figures):
        # "3" beside a button "3 menit" means the minutes, not the third button.
        meant = [one for one, found in zip(options, figures, strict=True) if place in found]
        return meant[0] if len(meant) == 1 else None
    return options[place - 1] if 1 <= place <= len(options) else None


def _figures(option: Option) -> list[int]:
    words = [number(word) for name in _names(option) for word in _full(name).split()]
    return [figure for figure in words if figure is not None]


def _nearest(said: str, options: Sequence[Option]) -> Option | None:
    near = [one for one in options if any(_is_typo(said, name) for name in names(one))]
    return near[0] if len(near) == 1 else None


def _is_typo(said: str, name: str) -> bool:
    long_enough = min(len(said), len(name)) >= _SHORTEST_TYPO
    same_sense = _negations(said) == _negations(name)
    return long_enough and same_sense and OSA.distance(said, name, score_cutoff=1) <= 1


def _negations(text: str) -> frozenset[str]:
    return _NEGATIONS.intersection(text.split())
