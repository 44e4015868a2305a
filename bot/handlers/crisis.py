"""The crisis door: before every other handler, in every state, on every kind of words."""

from __future__ import annotations

from typing import Any, cast

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework import crises
from aftercare.messages import Lane, Message, Terms
from aftercare.rules import crisis as rule
from bot.filters import Deed
from bot.flows import turns
from bot.flows.playing import Stage, Turn
from bot.understanding import danger
from bot.understanding.danger import Danger
from bot.understanding.rules import Tier

CHECK = "crisis_check"


class HearsDanger(BaseFilter):
    """Words, captions, polls and contacts' names are all read; a voice note cannot be."""

    async def __call__(self, heard: Heard) -> bool | dict[str, Any]:
        readings = [danger.read(one) for words in _written(heard) for one in _ways(words)]
        found = min(readings, key=_gravity, default=danger.read(""))
        return {"found": found} if _is_heard(found) else False


def _written(heard: Heard) -> list[str]:
    """Whatever somebody can write into a message."""
    parts = [heard.text, heard.caption]
    if heard.poll:
        parts += [heard.poll.question, *(one.text for one in heard.poll.options)]
    if heard.contact:
        parts += [heard.contact.first_name, heard.contact.last_name]
    return [part for part in parts if part]


def _ways(words: str) -> tuple[str, ...]:
    """Also without the command: in "/berhenti pengen mati" nothing is denied."""
    return (words, words.partition(" ")[2]) if words.startswith("/") else (words,)


def _gravity(found: Danger) -> tuple[bool, bool, int]:
    order = (*danger.GRAVEST_FIRST, Tier.NONE)
    return not _is_heard(found), found.soft, order.index(found.tier)


def _is_heard(found: Danger) -> bool:
    return found.soft or found.tier is not Tier.NONE


async def answer(heard: Heard, found: Danger, turn: Turn, stage: Stage) -> None:
    words = "\n".join(_written(heard))
    told = _told(found, words)
    response = await crises.hear(turn.db, turn.person, told, turn.because())
    if response.ask and turn.person.audience == "client":
        turn.lane = Lane.URGENT
        await turns.begin(stage, turn, CHECK, values={"tier": told.tier})


def _told(found: Danger, words: str) -> crises.Heard:
    tier = "T1" if found.soft else found.tier.value
    who: rule.Who = "other" if found.who == "other" else "self"
    return crises.Heard(cast(rule.Tier, tier), who, found.because, found.soft, words)


async def call_me(_tap: CallbackQuery, turn: Turn) -> None:
    paged = await crises.asks_for_a_call(turn.db, turn.person, turn.because())
    moment = "call_is_asked" if paged else "nobody_to_call"
    turn.say(Message(f"crisis.anyone.{moment}"), Terms(Lane.URGENT))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(answer, HearsDanger())
    router.edited_message.register(answer, HearsDanger())
    router.callback_query.register(call_me, Deed("crisis_call"))
    return router
