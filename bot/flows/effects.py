"""What the engine asks its caller to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Choice:
    """A button; its label is `Text.labels[id]` of the key in `Send.labels_key`."""

    id: str
    label_values: Mapping[str, Any] = field(default_factory=dict)
    picked: bool = False  # shown with a tick


@dataclass(frozen=True, slots=True)
class Arm:
    kind: Literal["nudge", "timeout", "wait", "expire"]
    after: timedelta
    revision: int


@dataclass(frozen=True, slots=True)
class Send:
    """A text to post; the clocks of `arms` start when it has been sent."""

    key: str
    values: Mapping[str, Any]
    choices: tuple[Choice, ...] = ()
    revision: int = 0
    arms: tuple[Arm, ...] = ()
    media: str | None = None
    #: the key whose labels the choices carry: a nudge or a hint repeats its question's buttons
    labels_key: str = ""
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Redraw:
    """Several may be picked and one was just toggled: change the buttons in place.

    `question` is the whole question, to be sent anew (without arms) where a change in place
    is not possible. The revision stays, so that quick taps all count.
    """

    question: Send


@dataclass(frozen=True, slots=True)
class Do:
    """Run a registered action, then give its outcome back with `Done`."""

    name: str
    args: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ended:
    outcome: str  # finished, expired, stopped or gone


@dataclass(frozen=True, slots=True)
class Stale:
    """The event belongs to a question that has passed."""


Effect: TypeAlias = Send | Redraw | Arm | Do | Ended | Stale
