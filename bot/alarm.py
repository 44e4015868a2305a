"""What happens when danger was heard in somebody's words, whoever brought them to us."""

from __future__ import annotations

from typing import cast

from aftercare.casework.danger import crises
from aftercare.messages import Lane
from aftercare.records import conversations
from aftercare.rules import crisis as rule
from bot.flows import playing, turns
from bot.flows.playing import Stage, Turn
from bot.understanding.danger import Danger
from bot.understanding.rules import Tier


def is_heard(found: Danger) -> bool:
    return found.soft or found.tier is not Tier.NONE


async def raise_(stage: Stage, turn: Turn, found: Danger, words: str) -> None:
    """Help first, then whoever has to come, then at most three questions."""
    told = _told(found, words)
    response = await crises.hear(turn.db, turn.person, told, turn.because())
    if response.ask and turn.person.audience == "client":
        turn.lane = Lane.URGENT
        tier = await _in_place_of_the_open_ones(turn, told.tier)
        await turns.begin(stage, turn, crises.CHECK, values={"tier": tier})


async def _in_place_of_the_open_ones(turn: Turn, tier: rule.Tier) -> rule.Tier:
    """One check at a time: what is still being asked of the same sort is asked anew, not twice.

    Returns the graver of what was heard, for whoever writes less the second time.
    """
    for row in await conversations.unfinished(turn.db, turn.person.id, crises.CHECK):
        asked: rule.Tier = row.content["values"].get("tier", tier)
        if _question_of(asked) == _question_of(tier):
            playing.end(turn, row, "stopped")
            tier = max(asked, tier, key=rule.RANK.__getitem__)
    return tier


def _question_of(tier: rule.Tier) -> str:
    """Overdose and violence have one question of their own in that flow; the rest share theirs."""
    return tier if tier in ("overdose", "violence") else "safe"


def _told(found: Danger, words: str) -> crises.Heard:
    tier = "T1" if found.tier is Tier.NONE else found.tier.value
    who: rule.Who = "other" if found.who == "other" else "self"
    side = cast(rule.Side, found.side)
    return crises.Heard(cast(rule.Tier, tier), who, found.because, found.soft, words, side)
