"""What a flow may do besides talking: actions registered by name, with typed arguments."""

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
