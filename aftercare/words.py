"""Turns a Message into the words that one reader sees, in that reader's time zone."""

from __future__ import annotations

import html
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from aftercare.messages import Button, Message

CONTENT: Final = Path(__file__).parent.parent / "content"
ZONE_NAMES: Final = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
#: What every text may name without being given it: facts about the reader.
OF_READER: Final = frozenset({"nickname", "officer", "office"})


#: The language every text is written in first; the others fall back to it.
BASE: Final = "id"
_NEAR: Final = {
    "id": ("hari ini", "besok, {day}", "{day} jam {time}"),
    "en": ("today", "tomorrow, {day}", "{day} at {time}"),
}


class UnknownKey(LookupError):
    """There are no words for this key; see content/id."""


class MissingValue(LookupError):
    """The words name a value that the message does not carry."""


@dataclass(frozen=True, slots=True)
class Text:
    """A template and the labels of its buttons by choice id."""

    body: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and when. `nickname` is what this person is called."""

    nickname: str
    now: datetime
    officer: str = ""
    office: str = ""
    time_zone: str = "Asia/Jakarta"
    language: str = BASE


Rows: TypeAlias = tuple[tuple[tuple[str, str | None, str | None], ...], ...]
"""Buttons as (label, callback data, url)."""


@dataclass(frozen=True, slots=True)
class Worded:
    """HTML for Telegram, and the buttons under it."""

    text: str
    rows: Rows


class Moment:
    """A moment in a template: `{starts_at:when}`, `:day`, `:date`, `:time`, `:clock`."""

    def __init__(self, at: datetime, reader: Reader) -> None:
        self._at = at.astimezone(ZoneInfo(reader.time_zone))
        self._today = reader.now.astimezone(ZoneInfo(reader.time_zone)).date()
        self._zone = ZONE_NAMES.get(reader.time_zone, reader.time_zone)
        self._language = reader.language if reader.language in _NEAR else BASE

    def __format__(self, spec: str) -> str:
        match spec or "when":
            case "day":
                return day_name(self._at.date(), self._language)
            case "date":
                return _babel(self._at.date(), "d MMMM yyyy", self._language)
            case "short":
                return _babel(self._at.date(), "EEE d MMM", self._language)
            case "time":
                return f"{self._at:%H.%M}"
            case "clock":
                return f"{self._at:%H.%M} {self._zone}"
            case "when":
                clock = f"{self._at:%H.%M} {self._zone}"
                return _NEAR[self._language][2].format(day=self._near(), time=clock)
        raise ValueError(f"a moment has no form {spec!r}")

    def _near(self) -> str:
        named = day_name(self._at.date(), self._language)
        today, tomorrow, _ = _NEAR[self._language]
        match (self._at.date() - self._today).days:
            case 0:
                return today
            case 1:
                return tomorrow.format(day=named)
        return named


def day_name(day: date, language: str = BASE) -> str:
    """ "Senin, 23 November"."""
    return _babel(day, "EEEE, d MMMM", language)


def _babel(day: date, pattern: str, language: str = BASE) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=language)


class _Filler(string.Formatter):
    """Looks `answer.mood` up as one name, and says which value is missing."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if field_name not in kwargs:
            raise MissingValue(f"{{{field_name}}}")
        return kwargs[field_name], field_name


_filler = _Filler()


class Book:
    """Every text by key; what another language leaves out is read in the first one."""

    def __init__(
        self,
        texts: Mapping[str, Text],
        others: Mapping[str, Mapping[str, Text]] = MappingProxyType({}),
    ) -> None:
        self._texts = texts
        self._others = others

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> Iterable[str]:
        return self._texts.keys()

    def text(self, key: str, language: str = BASE) -> Text:
        """Raises UnknownKey: content has no such key."""
        found = self._others.get(language, self._texts).get(key) or self._texts.get(key)
        if found is None:
            raise UnknownKey(key)
        return found

    def word(self, message: Message, reader: Reader) -> Worded:
        """The words for this reader.

        Raises:
            UnknownKey: content has no such key, or no label for one of the buttons.
            MissingValue: the words name a value that the message does not carry.
        """
        values = self._values(message.values, reader)
        body = _filler.vformat(self.text(message.key, reader.language).body, (), values).strip()
        return Worded(body, self.rows(message, reader))

    def rows(self, message: Message, reader: Reader) -> Rows:
        """The buttons alone, for a message whose text stays as it is."""
        labels = self.text(message.labels_of or message.key, reader.language).labels
        values = self._values(message.values, reader) if message.buttons else {}
        return tuple(
            tuple((self._label(labels, b, values, reader), b.data, b.url) for b in row)
            for row in message.buttons
        )

    def _values(self, given: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
        values: dict[str, Any] = {
            "nickname": html.escape(reader.nickname, quote=False),
            "officer": html.escape(reader.officer, quote=False),
            "office": html.escape(reader.office, quote=False),
        }
        return values | {name: self._shown(value, reader) for name, value in given.items()}

    def _shown(self, value: Any, reader: Reader) -> Any:
        match value:
            case Message():
                return self.word(value, reader).text
            case list() | tuple():
                return "\n".join(str(self._shown(one, reader)) for one in value)
            case datetime():
                return Moment(value, reader)
            case date():
                return Moment(datetime(value.year, value.month, value.day, 5, tzinfo=UTC), reader)
            case str():
                return html.escape(value, quote=False)
        return "" if value is None else value

    def _label(
        self, labels: Mapping[str, str], button: Button, values: Mapping[str, Any], reader: Reader
    ) -> str:
        if button.id not in labels:
            raise UnknownKey(f"no label for the button {button.id!r}")
        own = {name: self._shown(value, reader) for name, value in button.values.items()}
        # A label is plain text: what was escaped for HTML is turned back.
        label = html.unescape(_filler.vformat(labels[button.id], (), {**values, **own}))
        return f"✓ {label}" if button.picked else label


def placeholders(template: str) -> set[str]:
    """The names a template asks for."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
