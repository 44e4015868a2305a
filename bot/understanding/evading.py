"""Hears that somebody asks how to get around a test; it is refused kindly (domain, R16)."""

import re
from functools import cache

from bot.understanding import vocabulary
from bot.understanding.normalising import PAUSE, normalise

GAP = ".."


def is_asked(text: str) -> bool:
    """A test and a way around it in one message; "tes urine kapan" asks for neither."""
    tests, ways, unless = _listed()
    spoken = " ".join(word for word in normalise(text).tokens if word != PAUSE)
    return bool(tests.search(spoken) and ways.search(spoken) and not unless.search(spoken))


@cache
def _listed() -> tuple[re.Pattern[str], ...]:
    raw = vocabulary.plain_yaml(vocabulary.CONTENT / "understanding" / "evading.yaml")
    return tuple(_any(raw[name]) for name in ("tests", "ways", "unless"))


def _any(phrases: list[str]) -> re.Pattern[str]:
    """Any of these phrases, normalised; `..` in one stands for other words between."""
    parts = ([_plain(part) for part in phrase.split(GAP)] for phrase in phrases)
    return re.compile("|".join(rf"\b{r' (?:.* )?'.join(one)}\b" for one in parts))


def _plain(words: str) -> str:
    return re.escape(" ".join(normalise(words).tokens)).replace(r"\ ", " ")
