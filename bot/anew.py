"""Lets something be heard once more as what it means, by everybody from the first router on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiogram import Router
from aiogram.types import CallbackQuery, Chat, User
from aiogram.types import Message as Heard

from bot.flows.playing import Turn

#: What belongs to the first hearing and must not travel with the second one.
_OF_THE_FIRST: Final = ("deed", "button", "event_router", "handler")


async def as_command(name: str, by: User, turn: Turn, data: Mapping[str, Any]) -> None:
    """A button that stands for a command: heard as the command, typed."""
    turn.tapped = None
    chat = Chat(id=by.id, type="private")
    typed = Heard(message_id=0, date=turn.now, chat=chat, from_user=by, text=f"/{name}")
    await _hear("message", typed, turn, data)


async def as_tap(
    button: str, under: int | None, by: User, turn: Turn, data: Mapping[str, Any]
) -> None:
    """Words that stand for a button: heard as a tap on it; `under` is its message's number."""
    turn.tapped = under
    tap = CallbackQuery(id="typed", from_user=by, chat_instance="typed", data=button)
    await _hear("callback_query", tap, turn, data)


async def _hear(kind: str, event: Any, turn: Turn, data: Mapping[str, Any]) -> None:
    carried = {name: value for name, value in data.items() if name not in _OF_THE_FIRST}
    await _first(data["event_router"]).propagate_event(kind, event, turn=turn, **carried)


def _first(router: Router) -> Router:
    return _first(router.parent_router) if router.parent_router else router
