"""A text with its entities: trimmed, with links and commands found, and written as HTML again."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from simulator.wire import Json, utf16

_FOUND_BY_ITSELF = (
    ("url", re.compile(r"(?:https?://|tg://)[^\s<>\"]*[^\s<>\".,;:!?)]|\b(?:[\w-]+\.)+(?:me|com|org|net|id|co)(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?(?!\w)")),
    ("email", re.compile(r"[\w.+-]+@(?:[\w-]+\.)+\w{2,}")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z]\w{2,31}")),
    ("hashtag", re.compile(r"(?<![\w#&])#\w*[^\W\d]\w*")),
)  # fmt: skip
_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s",
    "spoiler": "tg-spoiler", "code": "code", "blockquote": "blockquote",
}  # fmt: skip
_SAFE_SCHEMES = ("http://", "https://", "tg://", "mailto:", "tel:")


@dataclass(frozen=True, slots=True)
class Formatted:
    """What people read, and where it is bold."""

    text: str
    entities: tuple[Json, ...] = ()


NO_WORDS = Formatted("")


def clean(text: str, entities: list[Json]) -> Formatted:
    """Trimmed at both ends, as Telegram stores it."""
    text = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
    cut = utf16(text) - utf16(text.lstrip())
    text = text.strip()
    kept = (_moved(entity, by=cut, within=utf16(text)) for entity in entities)
    return Formatted(text, tuple(entity for entity in kept if entity))


def is_blank(text: str) -> bool:
    """Whether a person would see nothing: blanks and zero-width characters."""
    return all(unicodedata.category(sign)[0] in "ZC" for sign in text)


def with_links(formatted: Formatted) -> Formatted:
    """Links, commands, mentions and hashtags that Telegram finds by itself."""
    entities = list(formatted.entities)
    for kind, pattern in _FOUND_BY_ITSELF:
        for found in pattern.finditer(formatted.text):
            entity = _placed(formatted.text, kind, found)
            if not any(_meet(entity, other) for other in entities):
                entities.append(entity)
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(formatted.text, tuple(entities))


def html(formatted: Formatted, *, links: bool = False) -> str:
    """The text as HTML; with `links`, what Telegram found by itself can be followed too."""
    marks = [mark for mark in formatted.entities if _tags(mark, "", links)[0]]
    units = formatted.text.encode("utf-16-le")
    return "".join(_written(units, marks, links, (0, len(units) // 2)))


def _written(units: bytes, marks: list[Json], links: bool, span: tuple[int, int]) -> Iterator[str]:
    at, end = span
    while marks and marks[0]["offset"] < end:
        mark, marks = marks[0], marks[1:]
        begin, stop = mark["offset"], mark["offset"] + mark["length"]
        inner = [other for other in marks if other["offset"] < stop]
        marks = marks[len(inner) :]
        yield _plain(units, at, begin)
        opening, closing = _tags(mark, _raw(units, begin, stop), links)
        yield from (opening, *_written(units, inner, links, (begin, stop)), closing)
        at = stop
    yield _plain(units, at, end)


def _tags(mark: Json, text: str, links: bool) -> tuple[str, str]:
    kind = mark["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "pre" and (language := mark.get("language")):
        return f'<pre><code class="language-{escape(language)}">', "</code></pre>"
    if kind == "pre":
        return "<pre>", "</pre>"
    href = _href(mark, text, links)
    return (f'<a href="{escape(href)}">', "</a>") if href else ("", "")


def _href(mark: Json, text: str, links: bool) -> str:
    match mark["type"], links:
        case "text_link", _:
            return str(mark["url"]) if mark["url"].startswith(_SAFE_SCHEMES) else ""
        case "text_mention", _:
            return f"tg://user?id={mark['user']['id']}"
        case "url", True:
            return text if "://" in text else f"https://{text}"
        case "email", True:
            return f"mailto:{text}" if text else "mailto:"
        case "bot_command", True:
            return f"tg://bot_command?command={quote(text)}"
    return ""


def _placed(text: str, kind: str, found: re.Match[str]) -> Json:
    offset = utf16(text[: found.start()])
    return {"type": kind, "offset": offset, "length": utf16(found[0])}


def _meet(one: Json, other: Json) -> bool:
    inside = one["offset"] >= other["offset"] and _end(one) <= _end(other)
    apart = _end(one) <= other["offset"] or _end(other) <= one["offset"]
    unmarked = other["type"] in {"code", "pre", "text_link", "text_mention", "url", "email"}
    return not apart and (unmarked or not inside)


def _end(entity: Json) -> int:
    return int(entity["offset"] + entity["length"])


def _moved(entity: Json, *, by: int, within: int) -> Json | None:
    begin = max(0, entity["offset"] - by)
    end = min(within, _end(entity) - by)
    return {**entity, "offset": begin, "length": end - begin} if end > begin else None


def _raw(units: bytes, begin: int, end: int) -> str:
    return units[begin * 2 : end * 2].decode("utf-16-le")


def _plain(units: bytes, begin: int, end: int) -> str:
    return escape(_raw(units, begin, end), quote=False)
