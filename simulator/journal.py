"""Everything that happened at the server, in order, so that nothing need be believed."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from simulator.wire import Json, encode

DELIVERED, EDITED, DELETED = "delivered", "edited", "deleted"


@dataclass(frozen=True, slots=True)
class Entry:
    """One call of a method, or one message that reached a chat."""

    number: int
    at: datetime
    kind: str
    method: str
    chat_id: int | None
    detail: Json

    def as_json(self) -> Json:
        return asdict(self) | {"at": self.at.isoformat()}


class Journal:
    """Kept in memory, and line by line in a file that survives the process."""

    def __init__(self, now: Callable[[], datetime], file: Path | None = None) -> None:
        self._now = now
        self._file = file.open("a", encoding="utf-8", buffering=1) if file else None
        self.entries: list[Entry] = []

    def note(
        self, kind: str, method: str, *, chat_id: int | None = None, detail: Json | None = None
    ) -> None:
        number = len(self.entries) + 1
        entry = Entry(number, self._now(), kind, method, chat_id, detail or {})
        self.entries.append(entry)
        if self._file:
            self._file.write(encode(entry.as_json()) + "\n")

    def calls(self, method: str | None = None) -> list[Entry]:
        """The calls of one method, or all, in the order in which they were answered."""
        return [
            entry
            for entry in self.entries
            if entry.kind == "call" and method in {None, entry.method}
        ]

    def delivered(self, chat_id: int | None = None) -> list[Entry]:
        """The messages that reached a chat, or any chat, also where the answer was lost."""
        return [
            entry
            for entry in self.entries
            if entry.kind == DELIVERED and chat_id in {None, entry.chat_id}
        ]

    def close(self) -> None:
        if self._file:
            self._file.close()
