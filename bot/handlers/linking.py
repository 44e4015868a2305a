"""`/start`, with a one-time link or without one; and what a stranger hears."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.taking_part import linking
from aftercare.casework.taking_part.linking import Link
from aftercare.messages import Message
from aftercare.records import said
from bot.filters import From, command
from bot.flows.playing import Stage, Turn
from bot.handlers import welcome

_HELLO: Final = Message("stranger.stranger.hello")
_ONCE_IN: Final = timedelta(hours=1)


async def start(_heard: Heard, command: CommandObject, turn: Turn, stage: Stage) -> None:
    code = (command.args or "").strip()
    if not code:
        await _greet(turn, stage)
        return
    link, turn.person = await linking.open_(turn.db, code, turn.person, turn.now)
    match link:
        case Link.OPENED:
            await welcome.open_(turn, stage)
        case Link.AGAIN:
            await _greet(turn, stage)
        case _:
            turn.say(Message(f"link.anyone.{link.name.lower()}"))


async def _greet(turn: Turn, stage: Stage) -> None:
    if turn.person.audience == "stranger":
        await _meet(turn)
        return
    await welcome.greet(turn, stage)


async def stranger_writes(_heard: Heard, turn: Turn) -> None:
    await _meet(turn)


async def stranger_taps(_tap: CallbackQuery, turn: Turn) -> None:
    await _meet(turn)


async def _meet(turn: Turn) -> None:
    """The same words once an hour; whoever goes on writing is not answered again and again."""
    since = turn.now - _ONCE_IN
    if not await said.given_out_since(turn.db, turn.person.id, _HELLO.key, since):
        turn.say(_HELLO)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(start, command("start"))
    router.message.register(stranger_writes, From("stranger"))
    router.callback_query.register(stranger_taps, From("stranger"))
    return router
