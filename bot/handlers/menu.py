"""`/menu`: what can be done, as buttons. A button of the menu is the command of its name, typed."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.taking_part import welcome
from aftercare.messages import Message
from bot import anew, menus
from bot.filters import Deed, Done, command
from bot.flows.playing import Turn

overview, button, row = menus.overview, menus.button, menus.row


async def show(_heard: Heard, turn: Turn) -> None:
    if await welcome.is_outside(turn.db, turn.person):
        turn.say(Message(f"welcome.{turn.person.audience}.not_yet"))
        return
    turn.say(overview(turn.person.audience))


async def tapped(tap: CallbackQuery, deed: Done, turn: Turn, **data: Any) -> None:
    await anew.as_command(deed.how, tap.from_user, turn, data)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("menu"))
    router.callback_query.register(tapped, Deed("menu"))
    return router
