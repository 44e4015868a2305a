"""Trouble on order: the next call of a method is refused, delayed, lost or cut off."""

from collections import deque
from dataclasses import dataclass
from typing import TypedDict, Unpack


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong. With `delivered`, the call takes effect first and the answer is lost."""

    status: int | None = None
    description: str | None = None
    retry_after: int | None = None
    delay: float = 0.0
    delivered: bool = False
    hang: bool = False
    reset: bool = False
    html: bool = False
    chat: int | None = None

    @property
    def is_only_slow(self) -> bool:
        return not (self.status or self.hang or self.reset or self.html)


class FaultParts(TypedDict, total=False):
    """The words with which a fault is ordered; see `Fault`."""

    status: int
    description: str
    retry_after: int
    delay: float
    delivered: bool
    hang: bool
    reset: bool
    html: bool
    chat: int


class Faults:
    """Ordered troubles, each used once, first come first served."""

    def __init__(self) -> None:
        self._ordered: deque[tuple[str, Fault]] = deque()

    def next(self, method: str, *, times: int = 1, **parts: Unpack[FaultParts]) -> None:
        """Order trouble for the next calls of a method, `*` for any method."""
        self._ordered.extend([(method.lower(), Fault(**parts))] * times)

    def clear(self) -> None:
        self._ordered.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The trouble due for this call, if any was ordered."""
        for ordered in self._ordered:
            name, fault = ordered
            if name in {"*", method.lower()} and fault.chat in {None, chat}:
                self._ordered.remove(ordered)
                return fault
        return None

    @property
    def left(self) -> int:
        return len(self._ordered)
