"""Taps and words that belong to the open question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.records import conversations
from aftercare.records.conversations import ConversationRow
from bot.flows import events, taps, turns
from bot.flows.playing import Stage, Turn
from bot.flows.taps import Tap
from bot.handlers import free_words
from bot.opinions import Second


class AnswerTap(BaseFilter):
    """A button of a conversation: `a:conversation:revision:choice`."""

    async def __call__(self, tap: CallbackQuery) -> bool | dict[str, Any]:
        found = taps.unpack(tap.data or "")
        return {"answer": found} if found else False


@dataclass(frozen=True, slots=True)
class Found:
    """What was typed, what is live, and for whom free words are read; None where they are not.

    It also holds these rows for the length of the turn, so that they are read once.
    """

    words: str
    live: ConversationRow | None
    reads_for: object | None


class Words(BaseFilter):
    """Words for the open question, or free ones of somebody who takes part."""

    async def __call__(self, heard: Heard, turn: Turn, stage: Stage) -> bool | dict[str, Any]:
        if not heard.text:
            return False
        live = await conversations.live(turn.db, turn.person.id)
        asks = live is not None and turns.hears(stage, live)
        if live is not None and asks and await turns.would_take(stage, turn, live, heard.text):
            return {"found": Found(heard.text, live, None)}
        found = Found(heard.text, live, await free_words.whom(turn, heard.text))
        # What would be read for nobody gets the question's own hint.
        return {"found": found} if asks or found.reads_for else False


async def tapped(_tap: CallbackQuery, answer: Tap, turn: Turn, stage: Stage) -> None:
    await turns.answer(stage, turn, answer)


async def said(_heard: Heard, found: Found, turn: Turn, stage: Stage, second: Second) -> None:
    live = found.live
    if live is not None and found.reads_for is None:
        await turns.hear(stage, turn, live, events.Answer(found.words, None, words=True))
    elif turn.person.audience == "client":
        await free_words.of_client(found.words, live, turn, stage, second)
    else:
        await free_words.of_relative(found.words, live, turn, stage)


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(tapped, AnswerTap())
    router.message.register(said, Words())
    return router
