"""Everything that nobody else understood: a kind answer, never silence and never a crash."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery, ChatMemberUpdated
from aiogram.types import Message as Heard

from aftercare.casework import reach
from aftercare.messages import Message
from aftercare.records import conversations
from aftercare.records.people import Person
from bot.filters import From
from bot.flows import turns
from bot.flows.playing import Stage, Turn
from bot.handlers import menu

_OUT: Final = ("kicked", "left")
_SPEAKS: Final = {"officer": "staff", "head": "staff"}


async def not_understood(heard: Heard, turn: Turn, stage: Stage) -> None:
    """The open question once more, or what can be done here. We read words and taps only."""
    audience = turn.person.audience
    if heard.text:
        turn.say(Message(f"fallback.{_SPEAKS.get(audience, audience)}.not_understood"))
    else:
        turn.say(Message("fallback.anyone.only_words"))
    if not await turns.ask_again(stage, turn):
        turn.say(menu.overview(audience))


async def edited(_heard: Heard, turn: Turn) -> None:
    """The answer given first counts; danger in an edited message was heard before this."""
    turn.say(Message("fallback.anyone.edited"))


async def passed_over(_heard: Heard) -> None:
    """A stranger's correction."""


async def unknown_button(_tap: CallbackQuery, turn: Turn, stage: Stage) -> None:
    live = await conversations.live(turn.db, turn.person.id)
    await turns.say_passed(stage, turn, live)


async def membership(update: ChatMemberUpdated, person: Person, turn: Turn) -> None:
    """Blocked or unblocked."""
    if update.new_chat_member.status in _OUT:
        await reach.lost(turn.db, person, turn.now)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(not_understood)
    router.edited_message.register(passed_over, From("stranger"))
    router.edited_message.register(edited)
    router.callback_query.register(unknown_button)
    router.my_chat_member.register(membership)
    return router
