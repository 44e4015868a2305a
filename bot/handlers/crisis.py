"""The crisis door: before every other handler, in every state, on every kind of words."""

from __future__ import annotations

import re
from typing import Any, Final

from aiogram import Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.danger import crisis_calls
from aftercare.messages import Lane, Message, Terms
from aftercare.records import conversations
from bot import alarm
from bot.filters import Deed
from bot.flows import events, turns
from bot.flows.playing import Stage, Turn
from bot.understanding import danger
from bot.understanding.danger import Danger
from bot.understanding.rules import Tier

_NOTHING: Final = Danger(Tier.NONE)
_LINK: Final = re.compile(r"/start(@\w+)? [A-Za-z0-9_-]{24}")
#: Those who answer to danger, and so have to be able to write of it.
_ANSWERS_TO_IT: Final = ("officer", "head", "partner")


class HearsDanger(BaseFilter):
    """Words, captions, polls and contacts' names are all read; a voice note cannot be."""

    async def __call__(self, heard: Heard) -> bool | dict[str, Any]:
        readings = [danger.read(one) for words in _written(heard) for one in _ways(words)]
        found = min(readings, key=_gravity, default=_NOTHING)
        return {"found": found} if alarm.is_heard(found) else False


def _written(heard: Heard) -> list[str]:
    """Whatever somebody can write into a message."""
    parts = [None if _is_a_link(heard.text) else heard.text, heard.caption]
    if heard.quote and heard.external_reply:  # out of another chat, as if it were forwarded
        parts.append(heard.quote.text)
    if heard.poll:
        parts += [heard.poll.question, *(one.text for one in heard.poll.options)]
    if heard.contact:
        parts += [heard.contact.first_name, heard.contact.last_name]
    return [part for part in parts if part]


def _is_a_link(words: str | None) -> bool:
    """A link that was followed: nobody wrote its letters, and "od" or "mati" may be among them."""
    return words is not None and _LINK.fullmatch(words) is not None


def _ways(words: str) -> tuple[str, ...]:
    """Also without the command: in "/berhenti pengen mati" nothing is denied."""
    after = words.partition(" ")[2] if words.startswith("/") else ""
    return (words, after) if after else (words,)


def _gravity(found: Danger) -> tuple[bool, bool, int]:
    order = (*danger.GRAVEST_FIRST, Tier.NONE)
    return not alarm.is_heard(found), found.soft, order.index(found.tier)


async def answer(heard: Heard, found: Danger, turn: Turn, stage: Stage) -> None:
    await alarm.raise_(stage, turn, found, "\n".join(_written(heard)))
    if turn.person.audience not in _ANSWERS_TO_IT or not heard.text or heard.edit_date:
        return
    if heard.text.startswith("/"):
        raise SkipHandler  # "/pesan Budi, kalau ..." is still to be sent
    await _go_on(heard.text, turn, stage)


async def _go_on(words: str, turn: Turn, stage: Stage) -> None:
    """Staff write about danger as part of their work: an open question has its answer."""
    live = await conversations.live(turn.db, turn.person.id)
    if live is not None and await turns.would_take(stage, turn, live, words):
        await turns.hear(stage, turn, live, events.Answer(words, None, words=True))


async def call_me(_tap: CallbackQuery, turn: Turn) -> None:
    paged = await crisis_calls.asks_for_a_call(turn.db, turn.person, turn.because())
    moment = "call_is_asked" if paged else "nobody_to_call"
    turn.say(Message(f"crisis.anyone.{moment}"), Terms(Lane.URGENT))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(answer, HearsDanger())
    router.edited_message.register(answer, HearsDanger())
    router.callback_query.register(call_me, Deed("crisis_call"))
    return router
