"""Taps and words that belong to the open question."""

from __future__ import annotations

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


class AnswerTap(BaseFilter):
    """A button of a conversation: `a:conversation:revision:choice`."""

    async def __call__(self, tap: CallbackQuery) -> bool | dict[str, Any]:
        found = taps.unpack(tap.data or "")
        return {"answer": found} if found else False


class OpenQuestion(BaseFilter):
    """Words that answer the open question, or that nobody else would make sense of."""

    async def __call__(self, heard: Heard, turn: Turn, stage: Stage) -> bool | dict[str, Any]:
        if not heard.text:
            return False
        live = await conversations.live(turn.db, turn.person.id)
        if live is None or not turns.hears(stage, live):
            return False
        if not await turns.would_take(stage, turn, live, heard.text):
            return {"live": live} if not await free_words.are_read(heard, turn) else False
        return {"live": live}


async def tapped(_tap: CallbackQuery, answer: Tap, turn: Turn, stage: Stage) -> None:
    await turns.answer(stage, turn, answer)


async def said(heard: Heard, live: ConversationRow, turn: Turn, stage: Stage) -> None:
    await turns.hear(stage, turn, live, events.Answer(heard.text or "", None, words=True))


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(tapped, AnswerTap())
    router.message.register(said, OpenQuestion())
    return router
