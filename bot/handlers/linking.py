"""`/start`, with a one-time link or without one."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message as Heard

from aftercare.casework import linking
from aftercare.casework.linking import Link
from aftercare.messages import Message
from aftercare.records import outbox
from aftercare.records.people import Person
from bot.filters import From, command
from bot.flows import turns
from bot.flows.turns import Stage, Turn

#: The flow that greets each audience after its link has been opened.
WELCOME: Final = {"client": "welcome", "family": "family_welcome"}


async def start(
    _heard: Heard, command: CommandObject, person: Person, turn: Turn, stage: Stage
) -> None:
    if not command.args:
        await _greet(turn, stage)
        return
    link, linked = await linking.open_(turn.db, command.args.strip(), person, turn.now)
    if link is not Link.OPENED:
        turn.say(Message(f"link.anyone.{link.name.lower()}"))
        return
    turn.person = linked
    await welcome(turn, stage)


async def welcome(turn: Turn, stage: Stage) -> None:
    outbox.show_menu(turn.db, to=turn.person, because=turn.because())
    if flow := WELCOME.get(turn.person.audience):
        await turns.begin(stage, turn, flow)
        return
    turn.say(Message(f"welcome.{turn.person.audience}.hello"))


async def _greet(turn: Turn, stage: Stage) -> None:
    """`/start` of somebody known: the open question again, or the menu."""
    if await turns.resume(stage, turn):
        return
    turn.say(Message(f"menu.{turn.person.audience}.overview"))


async def meet_stranger(_heard: Heard, turn: Turn) -> None:
    turn.say(Message("stranger.stranger.hello"))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(meet_stranger, From("stranger"), ~command("start"))
    router.message.register(start, command("start"))
    return router
