"""What the command cannot do, in the one sentence that its user reads."""

from __future__ import annotations


class Refusal(Exception):
    """The words name the flag or variable and say what it takes; nothing has been done."""
