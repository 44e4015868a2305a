"""What happens when danger was heard in somebody's words, whoever brought them to us."""

from __future__ import annotations

from typing import Final, cast

from aftercare.casework.danger import crises
from aftercare.messages import Lane
from aftercare.rules import crisis as rule
from bot.flows import turns
from bot.flows.playing import Stage, Turn
from bot.understanding.danger import Danger
from bot.understanding.rules import Tier

CHECK: Final = "crisis_check"


def is_heard(found: Danger) -> bool:
    return found.soft or found.tier is not Tier.NONE


async def raise_(stage: Stage, turn: Turn, found: Danger, words: str) -> None:
    """Help first, then whoever has to come, then at most three questions."""
    told = _told(found, words)
    response = await crises.hear(turn.db, turn.person, told, turn.because())
    if response.ask and turn.person.audience == "client":
        turn.lane = Lane.URGENT
        await turns.begin(stage, turn, CHECK, values={"tier": told.tier})


def _told(found: Danger, words: str) -> crises.Heard:
    tier = "T1" if found.tier is Tier.NONE else found.tier.value
    who: rule.Who = "other" if found.who == "other" else "self"
    side = cast(rule.Side, found.side)
    return crises.Heard(cast(rule.Tier, tier), who, found.because, found.soft, words, side)
