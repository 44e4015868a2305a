"""`/menu`: what can be done, as buttons. A button of the menu is the command of its name, typed."""

from __future__ import annotations

from typing import Any, Final

from aiogram import Router
from aiogram.types import CallbackQuery, Chat
from aiogram.types import Message as Heard

from aftercare.casework import welcome
from aftercare.messages import Message
from bot import menus
from bot.filters import Deed, Done, command
from bot.flows.playing import Turn

overview, button, row = menus.overview, menus.button, menus.row
#: What belongs to the tap and must not travel with the command.
_OF_THE_TAP: Final = ("deed", "event_router", "handler")


async def show(_heard: Heard, turn: Turn) -> None:
    if await welcome.is_outside(turn.db, turn.person):
        turn.say(Message(f"welcome.{turn.person.audience}.not_yet"))
        return
    turn.say(overview(turn.person.audience))


async def tapped(tap: CallbackQuery, deed: Done, turn: Turn, event_router: Router, **data: Any):  # type: ignore[no-untyped-def]
    """Heard again as the command, by everybody from the first router on."""
    turn.tapped = None
    typed = Heard(
        message_id=0,
        date=turn.now,
        chat=Chat(id=tap.from_user.id, type="private"),
        from_user=tap.from_user,
        text=f"/{deed.how}",
    )
    carried = {name: value for name, value in data.items() if name not in _OF_THE_TAP}
    await _first(event_router).propagate_event("message", typed, turn=turn, **carried)


def _first(router: Router) -> Router:
    return _first(router.parent_router) if router.parent_router else router


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("menu"))
    router.callback_query.register(tapped, Deed("menu"))
    return router
