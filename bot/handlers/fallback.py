"""Everything that nobody else understood: a kind answer, never silence and never a crash."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery, ChatMemberUpdated
from aiogram.types import Message as Heard

from aftercare.casework import reach
from aftercare.messages import Message
from aftercare.records.people import Person
from bot.flows import turns
from bot.flows.turns import Stage, Turn

_OUT: Final = ("kicked", "left")


async def not_understood(heard: Heard, turn: Turn, stage: Stage) -> None:
    """Words get the overview; a sticker, voice note or picture is told that we read words only."""
    moment = "not_understood" if heard.text else "only_words"
    turn.say(Message(f"fallback.anyone.{moment}"))
    if not await turns.resume(stage, turn):
        turn.say(Message(f"menu.{turn.person.audience}.overview"))


async def edited(_heard: Heard) -> None:
    """The answer given first counts; danger in an edited message was heard before this."""


async def unknown_button(_tap: CallbackQuery, turn: Turn) -> None:
    turn.say(turns.PASSED)


async def membership(update: ChatMemberUpdated, person: Person, turn: Turn) -> None:
    """Blocked or unblocked."""
    if update.new_chat_member.status in _OUT:
        await reach.lost(turn.db, person, turn.now)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(not_understood)
    router.edited_message.register(edited)
    router.callback_query.register(unknown_button)
    router.my_chat_member.register(membership)
    return router
