"""How long we ask about an application: kindly, weekly, and not for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

WEEK: Final = timedelta(days=7)
#: Only these still wait for an answer of somebody else.
WAITING: Final = frozenset({"sent", "called"})
MOST_ASKED: Final = 6
#: Two questions without an answer are an answer.
MOST_UNANSWERED: Final = 2


def asks_again(state: str, asked: int, unanswered: int) -> bool:
    """Whether another question in a week would be kind."""
    return state in WAITING and asked < MOST_ASKED and unanswered < MOST_UNANSWERED
