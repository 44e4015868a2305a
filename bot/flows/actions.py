"""What a flow may do besides talking: actions registered by name, with typed arguments."""

from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel


class Registered(Protocol):
    """What the content check has to know of an action, whoever runs it."""

    @property
    def name(self) -> str: ...
    @property
    def arguments(self) -> type[BaseModel]: ...
    @property
    def outcomes(self) -> tuple[str, ...]: ...
    @property
    def values(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class ActionSpec:
    name: str
    arguments: type[BaseModel]  # with extra="forbid"
    outcomes: tuple[str, ...] = ()  # what `Done.outcome` may be; none: the action has no answer
    values: tuple[str, ...] = ()  # what `Done.values` may hold
