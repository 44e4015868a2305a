"""Writes and reads what a button carries: conversation, revision, choice; at most 64 bytes."""

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

CHOICE_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,19}")
_DIGITS: Final = string.digits + string.ascii_lowercase
# Ids are 64-bit at most (13 digits in base 36), so "a:" + 13 + ":" + 9 + ":" + 20 is 46 bytes.
_DATA: Final = re.compile(
    r"a:(0|[1-9a-z][0-9a-z]{0,12}):(0|[1-9][0-9]{0,8}):([a-z][a-z0-9_]{0,19})"
)


@dataclass(frozen=True, slots=True)
class Tap:
    conversation: int
    revision: int
    choice: str


def pack(conversation_id: int, revision: int, choice: str) -> str:
    data = f"a:{_base36(conversation_id)}:{revision}:{choice}"
    if not _DATA.fullmatch(data):
        raise ValueError(f"{data!r} cannot be read back as a button.")
    return data


def unpack(data: object) -> Tap | None:
    """The tap, or None for anything we did not write ourselves."""
    found = _DATA.fullmatch(data) if isinstance(data, str) else None
    return Tap(int(found[1], 36), int(found[2]), found[3]) if found else None


@lru_cache(maxsize=1024)  # each button of a question names the same conversation
def _base36(number: int) -> str:
    if number < 0:
        raise ValueError("A conversation's id is not negative.")
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
        if number == 0:
            return digits
