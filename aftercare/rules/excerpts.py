"""As much of somebody's words as a button, or a line among others, can show."""

from __future__ import annotations

from typing import Final

ON_A_BUTTON: Final = 34


def line(words: str, most: int = ON_A_BUTTON) -> str:
    """On one line, and at most so many characters."""
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
