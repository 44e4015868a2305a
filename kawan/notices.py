"""The words an office itself says to whoever missed three sessions in a row under integration."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kawan import finding
from kawan.desk import Desk
from kawan.refusal import Refusal

#: Telegram takes 4,096 characters, and a sentence of ours stands above.
LONGEST: Final = 3000
_PIPED: Final = Path("-")


@dataclass(frozen=True, slots=True)
class Given:
    """One of the three, or none to see what there is."""

    text: str | None
    file: Path | None
    remove: bool

    @property
    def is_nothing(self) -> bool:
        return self.text is None and self.file is None and not self.remove


async def notice(desk: Desk, given: Given, where: str | None) -> dict[str, Any]:
    """Raises Refusal where the words cannot be said; the old ones stay."""
    words = _words(given)
    office = await finding.office(desk.db, where)
    if not given.is_nothing:
        office.missed_notice = words
    return {"id": office.id, "office": office.name, "notice": office.missed_notice}


def _words(given: Given) -> str | None:
    match given:
        case Given(text=None, file=None):
            return None
        case Given(text=str() as text, file=None, remove=False):
            return _checked(text)
        case Given(text=None, file=Path() as file, remove=False):
            return _checked(_read(file))
    raise Refusal("Take one of TEXT, --file and --remove at a time.")


def _read(file: Path) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == _PIPED else file.read_bytes()
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refusal(f"--file takes a text file in UTF-8; {file} cannot be read as one.") from None


def _checked(text: str) -> str:
    lines = [line.rstrip() for line in text.strip().splitlines()]
    if not 0 < len(words := "\n".join(lines)) <= LONGEST or not all(map(str.isprintable, lines)):
        raise Refusal(f"TEXT takes 1 to {LONGEST} characters that can be read on a telephone.")
    return words
