"""Whether a text may be said, and whether it reads as a caring person would say it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from aftercare import strict_yaml

LIMIT: Final = 350  # visible characters a message, domain/coping-and-family.md section 11
WORDS_A_SENTENCE: Final = 15
LABEL_LIMIT: Final = 40
FORBIDDEN_WORDS: Final = Path(__file__).parents[2] / "content" / "id" / "forbidden_words.yaml"
PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)(?::([a-z_]+))?\}")

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
# What Telegram's server takes in HTML mode, and with which attributes.
_TAGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "pre"], ""),
    "tg-spoiler": "",
    "code": r'(\s+class="language-[\w+-]+")?',
    "a": r'\s+href="[^"<>]+"',
    "span": r'\s+class="tg-spoiler"',
    "blockquote": r"(\s+expandable)?",
    "tg-emoji": r'\s+emoji-id="\d+"',
}
_PICTURE: Final = r"[\U0001F000-\U0001FAFF\u2600-\u2712\u2714-\u27BF\u2B00-\u2BFF\u231A-\u23FF]"
_EMOJI: Final = re.compile(
    r"[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\uFE0F?\u20E3"
    rf"|{_PICTURE}[\uFE0F\U0001F3FB-\U0001F3FF]*(?:\u200D{_PICTURE}[\uFE0F\U0001F3FB-\U0001F3FF]*)*"
)
_SENTENCE_END: Final = re.compile(r"[.!?…]+(?=[\s)\"”»]|$)|\n+")
_SUFFIX: Final = r"(?:nya|ku|mu|lah|kah|pun)?"


@dataclass(frozen=True, slots=True)
class Forbidden:
    word: str
    instead: str
    #: phrases in which the word is harmless, such as "bersih-bersih"
    allow: tuple[str, ...] = ()


def problems(
    text: str, *, limit: int = LIMIT, forbidden: Iterable[Forbidden] | None = None
) -> list[str]:
    """Everything a careful reader would say about the text, one sentence each."""
    return breaches(text, forbidden=forbidden) + blemishes(text, limit=limit)


def breaches(text: str, *, forbidden: Iterable[Forbidden] | None = None) -> list[str]:
    """Why the text must not go out: Telegram would refuse it, or it hurts."""
    if not visible(text):
        return ["There is nothing to read here."]
    known = forbidden_words(FORBIDDEN_WORDS) if forbidden is None else forbidden
    return [*_markup(text), *_braces(text), *_forbidden(visible(text), known)]


def blemishes(text: str, *, limit: int = LIMIT) -> list[str]:
    """Where the text is heavier to read than it should be."""
    read = visible(text)
    found = []
    if len(read) > limit:
        found.append(f"It has {len(read)} characters; {limit} are enough.")
    if (pace := words_a_sentence(read)) > WORDS_A_SENTENCE:
        found.append(f"It has {pace:.0f} words a sentence; {WORDS_A_SENTENCE} are enough.")
    if (questions := len(re.findall(r"\?+", read))) > 1:
        found.append(f"It asks {questions} questions; ask one at a time.")
    if (emoji := count_emoji(read)) > 1:
        found.append(f"It has {emoji} emoji; one is enough.")
    return found


def label_problems(label: str, *, forbidden: Iterable[Forbidden] | None = None) -> list[str]:
    """What is wrong with a button's label; labels are plain text and may carry one emoji."""
    if not label.strip():
        return ["A button needs a label."]
    known = forbidden_words(FORBIDDEN_WORDS) if forbidden is None else forbidden
    found = [*_braces(label), *_forbidden(label, known)]
    if len(label) > LABEL_LIMIT:
        found.append(f"The label has {len(label)} characters; {LABEL_LIMIT} fit on a button.")
    if _TAG.search(label):
        found.append("A label is plain text; take the <tags> away.")
    if count_emoji(label) > 1:
        found.append("A label carries one emoji at most.")
    return found


def visible(text: str) -> str:
    """What a person sees of it: no tags, entities resolved."""
    return html.unescape(_TAG.sub("", text)).strip()


def placeholders(text: str) -> tuple[str, ...]:
    """The names in {braces}, each once, in the order of the text."""
    return tuple(dict.fromkeys(name for name, _ in PLACEHOLDER.findall(text)))


def count_emoji(text: str) -> int:
    return len(_EMOJI.findall(text))


def words_a_sentence(text: str) -> float:
    counts = [len(_words(sentence)) for sentence in _SENTENCE_END.split(visible(text))]
    sentences = [count for count in counts if count]
    return sum(sentences) / len(sentences) if sentences else 0.0


def readability(text: str) -> float:
    """How hard the text is to read; lower is easier, below 8 suits junior high school.

    Gunning's fog index with the long word of Indonesian, where the average word has more than
    two syllables and everyday words with an affix have three: 0.4 x (words a sentence + percent
    of words with more than three syllables). It compares our texts with each other; it has not
    been calibrated on readers.
    """
    words = _words(visible(text))
    if not words:
        return 0.0
    long = sum(1 for word in words if syllables(word) > 3)
    return 0.4 * (words_a_sentence(text) + 100 * long / len(words))


def syllables(word: str) -> int:
    """Every vowel is one, except ai, au and oi at the end of a word, which are one together."""
    joined = re.sub(r"(ai|au|oi)$", "a", word.casefold())
    return max(1, len(re.findall(r"[aiueo]", joined)))


@cache
def forbidden_words(path: Path) -> tuple[Forbidden, ...]:
    """The words of the file: `word: {instead: text, allow: [phrases]}`."""
    entries = strict_yaml.as_mapping(strict_yaml.load(path))
    return tuple(
        Forbidden(word, str(entry.plain["instead"]), tuple(entry.plain.get("allow", ())))
        for word, entry in entries.items()
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-']\w+)*", PLACEHOLDER.sub(" kata ", text))


def _markup(text: str) -> list[str]:
    found: list[str] = []
    open_tags: list[str] = []
    for closing, name, rest in _TAG.findall(text):
        if name not in _TAGS:
            found.append(f"Telegram does not know the tag <{name}>.")
        elif closing:
            if not open_tags or open_tags.pop() != name:
                found.append(f"The tag </{name}> closes nothing.")
        else:
            open_tags.append(name)
            if not re.fullmatch(_TAGS[name], rest.rstrip()):
                found.append(f"Telegram does not take <{name}{rest}>.")
    found += [f"The tag <{name}> is not closed." for name in open_tags]
    if "<" in _TAG.sub("", text):
        found.append("A < that is not a tag is written &lt;.")
    return found


def _braces(text: str) -> list[str]:
    rest = PLACEHOLDER.sub("", text)
    if "{" in rest or "}" in rest:
        return ["Braces hold the name of a value, such as {nickname}."]
    return []


def says_forbidden(text: str) -> str | None:
    """The first word of the file that people should not have to read; None where there is none."""
    known = forbidden_words(FORBIDDEN_WORDS)
    return next((one.word for one in known if _says(text, one)), None)


def _forbidden(text: str, known: Iterable[Forbidden]) -> list[str]:
    return [f'We do not say "{one.word}"; say: {one.instead}.' for one in known if _says(text, one)]


def _says(text: str, one: Forbidden) -> bool:
    for phrase in one.allow:
        text = re.sub(rf"\b{re.escape(phrase)}\b", " ", text, flags=re.IGNORECASE)
    return bool(re.search(rf"\b{re.escape(one.word)}{_SUFFIX}\b", text, flags=re.IGNORECASE))
