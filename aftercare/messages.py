"""What to say: a key, its values and its buttons. Not a Telegram message, and not yet words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any, Final

Value = Any
"""str, int, float, bool, None, aware datetime, date, Message, or Messages (one a line)."""


class Lane(IntEnum):
    """Which messages go first when many wait."""

    URGENT = 0
    REPLY = 1
    REMINDER = 2
    PROMPT = 3


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button. Its label is the content's, under the message's key and this id."""

    id: str
    data: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    url: str | None = None
    picked: bool = False


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or file, made at the moment of sending by the producer of this name."""

    producer: str
    arguments: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """`key` is `feature.audience.moment`; the audience must be the reader's.

    `labels_of` is the key whose button labels are used, where they are not this key's own.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    buttons: Rows = ()
    media: Media | None = None
    labels_of: str | None = None

    @property
    def audience(self) -> str:
        return self.key.split(".")[1]


@dataclass(frozen=True, slots=True)
class Arm:
    """A timer that starts to run when the message it rides on has been sent."""

    subject: str
    kind: str
    after: timedelta
    payload: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a message may be sent: its lane, its window, and what must still hold by then."""

    lane: Lane = Lane.REPLY
    not_before: datetime | None = None
    expires_at: datetime | None = None
    subject: str | None = None
    arms: tuple[Arm, ...] = ()
    edits: int | None = None


PRIVATE_TO_ALL: Final = "anyone"
GROUPS: Final[Mapping[str, frozenset[str]]] = {
    PRIVATE_TO_ALL: frozenset({"client", "family", "officer", "head", "partner", "stranger"}),
    "staff": frozenset({"officer", "head"}),
    "host": frozenset({"officer", "partner"}),
}


def fits(message: Message, audience: str) -> bool:
    """Whether these words were written for this reader."""
    return audience in GROUPS.get(message.audience, {message.audience})


def pack(value: Value) -> Value:
    """The value as JSON can hold it; `unpack` gives it back unchanged."""
    match value:
        case str() | int() | float() | None:  # what most values are
            return value
        case Message():
            return {"$message": pack_message(value)}
        case datetime():
            return {"$at": value.isoformat()}
        case date():
            return {"$day": value.isoformat()}
        case timedelta():
            return {"$seconds": value.total_seconds()}
        case Mapping():
            return {key: pack(inner) for key, inner in value.items()}
        case list() | tuple():
            return [pack(inner) for inner in value]
    return value


def unpack(value: Value) -> Value:
    match value:
        case {"$message": packed}:
            return unpack_message(packed)
        case {"$at": stamp}:
            return datetime.fromisoformat(stamp)
        case {"$day": day}:
            return date.fromisoformat(day)
        case {"$seconds": seconds}:
            return timedelta(seconds=seconds)
        case dict():
            return {key: unpack(inner) for key, inner in value.items()}
        case list():
            return [unpack(inner) for inner in value]
    return value


def pack_message(message: Message) -> dict[str, Value]:
    packed: dict[str, Value] = {"key": message.key}
    if message.values:
        packed["values"] = pack(message.values)
    if message.buttons:
        packed["buttons"] = [[_pack_button(button) for button in row] for row in message.buttons]
    if message.media:
        packed["media"] = [message.media.producer, pack(message.media.arguments)]
    if message.labels_of:
        packed["labels_of"] = message.labels_of
    return packed


def unpack_message(packed: Mapping[str, Value]) -> Message:
    media = packed.get("media")
    return Message(
        packed["key"],
        unpack(packed.get("values", {})),
        tuple(tuple(_unpack_button(one) for one in row) for row in packed.get("buttons", ())),
        Media(media[0], unpack(media[1])) if media else None,
        packed.get("labels_of"),
    )


def _pack_button(button: Button) -> list[Value]:
    return [button.id, button.data, pack(button.values), button.url, button.picked]


def _unpack_button(packed: list[Value]) -> Button:
    name, data, values, url, picked = packed
    return Button(name, data, unpack(values), url, picked)
