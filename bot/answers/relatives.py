"""What a relative hears: a worry finds its way, the client's own life is not told."""

from __future__ import annotations

from typing import Final

from aftercare.messages import Message
from bot import menus
from bot.understanding.reading import Intent

_WORRIES: Final = frozenset(
    {
        "craving", "lapse", "offer", "low_mood", "anger", "stress", "family_conflict",
        "family_support", "unmotivated", "talk_to_officer", "cannot_attend", "sleep", "money",
    }
)  # fmt: skip
_CLIENTS_OWN: Final = frozenset({"ask_schedule", "change_schedule", "progress", "privacy"})


def answer(read: Intent) -> Message | None:
    """None where nothing here fits. A worry need not be sure: its answer is only a way to go."""
    if read.name in _WORRIES:
        return Message("understood.family.worried", {}, menus.row("khawatir", "bantuan"))
    match read.name if read.sure else "":
        case "greeting" | "what_is_this":
            rows = menus.rows(("khawatir", "bantuan"), ("privasi",))
            return Message("understood.family.hello", {}, rows)
        case "thanks":
            return Message("understood.family.thanks")
        case "withdraw":
            return Message("understood.family.leave", {}, menus.row("berhenti", "privasi"))
        case name if name in _CLIENTS_OWN:
            return Message("understood.family.not_here", {}, menus.row("privasi"))
    return None
