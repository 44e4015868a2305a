"""`/bantuan`: numbers to call, people who are safe, and a human on request."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework import hotlines
from aftercare.casework.alerts import calls
from aftercare.messages import Button, Message
from aftercare.records import clients, module_runs
from bot.filters import Deed, From, command
from bot.flows import turns
from bot.flows.playing import Stage, Turn
from bot.handlers import menu

BREATHING: Final = "napas"
_SHOWN: Final = 5
_SAFE_PEOPLE: Final = 2


async def show(_heard: Heard, turn: Turn) -> None:
    match turn.person.audience:
        case "client":
            await _to_client(turn)
        case "family":
            await to_family(turn)
        case "partner":
            await _say(turn, "control.partner.help", "help")
        case _:
            await _say(turn, "control.staff.help", "help")


async def _to_client(turn: Turn) -> None:
    rows = (
        (Button("call_me", "d:call_me:0"),),
        (Button("breathe", "d:breathe:0"), menu.button("lanjut", "go_on")),
    )
    near = await module_runs.artefacts(turn.db, turn.person.id, "safe_person")
    safe = [
        Message("crisis.client.safe_person", {"person": one.words}) for one in near[:_SAFE_PEOPLE]
    ]
    numbers = await _numbers(turn, "help")
    turn.say(Message("control.client.help", {"numbers": [*safe, *numbers]}, rows))


async def to_family(turn: Turn) -> None:
    """What families meet most: somebody threatens, or somebody does not wake up."""
    rows = (
        (
            Button("violence", "d:danger:0:violence"),
            Button("unconscious", "d:danger:0:unconscious"),
        ),
        (menu.button("khawatir", "worry"),),
    )
    numbers = await _numbers(turn, "violence")
    turn.say(Message("control.family.help", {"numbers": numbers}, rows))


async def _say(turn: Turn, key: str, card: str) -> None:
    turn.say(Message(key, {"numbers": await _numbers(turn, card)}))


async def _numbers(turn: Turn, card: str) -> list[Message]:
    office = turn.person.office_id
    return await hotlines.lines(turn.db, office, card, turn.now, at_most=_SHOWN)


async def call_me(_tap: CallbackQuery, turn: Turn) -> None:
    """Also for somebody who has left: whoever asks for a human gets one."""
    client = await clients.get(turn.db, turn.person.id)
    outcome = await calls.ask(turn.db, client, turn.now)
    turn.say(Message(f"control.client.call_{outcome}"))


async def breathe(_tap: CallbackQuery, turn: Turn, stage: Stage) -> None:
    await turns.begin(stage, turn, BREATHING)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("bantuan"))
    router.callback_query.register(call_me, Deed("call_me"), From("client"))
    router.callback_query.register(breathe, Deed("breathe"), From("client"))
    return router
