"""What a flow is made of, and where one person stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from bot.flows.predicates import Predicate

Value: TypeAlias = str | int | float | bool | list[str] | None
Audience: TypeAlias = Literal["client", "family", "officer", "head", "host"]
OnBusy: TypeAlias = Literal["queue", "skip", "interrupt"]
Kind: TypeAlias = Literal["choices", "many", "scale", "number", "text", "time"]

END: Final = "end"
DONE: Final = "done"
SKIP: Final = "skip"
NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wording:
    key: str
    text: str
    #: placeholders the engine fills; the others are known where the text is worded
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    label: str
    needs: tuple[str, ...] = ()
    score: int | None = None
    next: str | None = None
    words: tuple[str, ...] = ()
    only_if: Predicate | None = None
    #: what the tap answers when it is not its own id (a number, a time, a written text)
    value: Value = None


@dataclass(frozen=True, slots=True)
class Reminder:
    after: timedelta
    wording: Wording


@dataclass(frozen=True, slots=True)
class Deadline:
    after: timedelta
    next: str


@dataclass(frozen=True, slots=True)
class Say:
    id: str
    wording: Wording
    next: str
    media: str | None = None
    #: placeholders known when the flow was read, such as the round of an exercise
    fixed: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    id: str
    wording: Wording
    next: str
    kind: Kind = "choices"
    options: tuple[Option, ...] = ()
    #: bounds: of a scale or number, of the length of a text, of how many of `many`,
    #: and of a time in minutes after midnight
    low: int | None = None
    high: int | None = None
    columns: int = 1
    nudge: Reminder | None = None
    timeout: Deadline | None = None
    hint: Wording | None = None
    done: Option | None = None
    skip: Option | None = None


@dataclass(frozen=True, slots=True)
class Way:
    when: Predicate
    next: str


@dataclass(frozen=True, slots=True)
class Branch:
    id: str
    ways: tuple[Way, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A value looked up when the action runs: an earlier answer, a score or a given value.

    `said` is an answer in the words of its buttons, as a text would show it.
    """

    source: Literal["answer", "said", "score", "value"]
    name: str


@dataclass(frozen=True, slots=True)
class DoStep:
    id: str
    action: str
    args: Mapping[str, Any]  # Ref stands for a value known later
    next: str = END


@dataclass(frozen=True, slots=True)
class Wait:
    id: str
    after: timedelta
    next: str


Step: TypeAlias = Say | Ask | Branch | DoStep | Wait


@dataclass(frozen=True, slots=True)
class Band:
    name: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Score:
    name: str
    steps: tuple[str, ...]
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    name: str
    audience: Audience
    expires: timedelta
    steps: Mapping[str, Step]
    on_busy: OnBusy = "queue"
    values: tuple[str, ...] = ()  # placeholders given at the start
    facts: tuple[str, ...] = ()  # facts its predicates look at
    scores: Mapping[str, Score] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    on_expire: DoStep | None = None
    module: Mapping[str, Any] | None = None

    @property
    def first(self) -> str:
        return next(iter(self.steps))


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person stands; plain JSON apart from its class."""

    flow: str
    step: str | None
    revision: int = 0
    answers: Mapping[str, Value] = field(default_factory=dict)
    #: placeholders given at the start or by actions; names with a leading _ are the engine's own
    values: Mapping[str, Any] = field(default_factory=dict)
    outcome: str | None = None  # None while live; finished, expired, stopped or gone
