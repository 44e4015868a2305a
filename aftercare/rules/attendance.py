"""When an outcome may be recorded, and when a client may say "Saya sudah sampai"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from aftercare.rules.absences import ABSENT, PRESENT

ARRIVES_FROM: Final = timedelta(minutes=60)
TRIES: Final = 3
#: In the order in which they are offered; the first three at once, the others under "Lainnya".
USUAL: Final = ("present", "excused", "absent")
OTHERS: Final = ("late_excuse", "cancelled_by_office")
OUTCOMES: Final = (*USUAL, *OTHERS, "present_online")


def too_early(outcome: str, starts_at: datetime, now: datetime) -> bool:
    """Nobody has missed what has not begun, or been there an hour before it."""
    if outcome == ABSENT:
        return now < starts_at
    return outcome in PRESENT and now < starts_at - ARRIVES_FROM


def can_arrive(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    return starts_at - ARRIVES_FROM <= now <= ends_at


def as_held(outcome: str, mode: str) -> str:
    """Being there means being there online where the session was held online."""
    return "present_online" if outcome == "present" and mode == "online" else outcome
