"""What can happen to a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Start:
    """The flow begins."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A tap (`value` is a choice id), or with `words` what the person typed."""

    value: str
    revision: int | None
    words: bool = False


@dataclass(frozen=True, slots=True)
class Nudge:
    revision: int


@dataclass(frozen=True, slots=True)
class Timeout:
    revision: int


@dataclass(frozen=True, slots=True)
class Waited:
    revision: int


@dataclass(frozen=True, slots=True)
class Expire:
    """The flow's time is up, wherever the person stands."""


@dataclass(frozen=True, slots=True)
class Again:
    """Say the current question once more: after a stale tap, a crisis or a pause."""


@dataclass(frozen=True, slots=True)
class Done:
    """An action has run: its outcome is the step's answer, its values become placeholders."""

    outcome: str | None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stop:
    """The person leaves the flow."""


Event: TypeAlias = Start | Answer | Nudge | Timeout | Waited | Expire | Again | Done | Stop
