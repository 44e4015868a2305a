"""`/jeda` and `/lanjut`: a rest from what we start, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.messages import Button, Message
from aftercare.records import conversations
from bot.filters import Deed, Done, From, command
from bot.flows import playing, turns
from bot.flows.playing import Stage, Turn

RESTS: Final = {"d1": timedelta(days=1), "d3": timedelta(days=3), "w1": timedelta(weeks=1)}


async def ask(_heard: Heard, turn: Turn) -> None:
    row = tuple(Button(length, f"d:pause:0:{length}") for length in RESTS)
    turn.say(Message("control.client.pause", {}, (row,)))


async def pause(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """An open conversation is set aside too, and taken up again with `/lanjut`."""
    if deed.how not in RESTS:
        turn.say(playing.PASSED)
        return
    turn.person.paused_until = until = turn.now + RESTS[deed.how]
    await turns.pause(turn)
    turn.say(Message("control.client.paused", {"until": until}))


async def resume(_heard: Heard, turn: Turn, stage: Stage) -> None:
    turn.person.paused_until = None
    if not await _has_something_open(turn):
        turn.say(Message("control.client.nothing_open"))
        return
    turn.say(Message("control.client.resumed"))
    await turns.resume(stage, turn)


async def _has_something_open(turn: Turn) -> bool:
    live = await conversations.live(turn.db, turn.person.id)
    row = live or await conversations.newest(turn.db, turn.person.id, "paused")
    return row is not None and row.expires_at > turn.now


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(ask, command("jeda"), From("client"))
    router.message.register(resume, command("lanjut"), From("client"))
    router.callback_query.register(pause, Deed("pause"), From("client"))
    return router
