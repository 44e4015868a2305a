"""`/berhenti`: one tap between this conversation and everything; a relative stops at once.

A partner is asked once, because activities that people have joined go on without the messages.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.family import families
from aftercare.casework.staff import partners
from aftercare.casework.taking_part import consents, leaving
from aftercare.casework.taking_part import welcome as work
from aftercare.messages import Button, Message
from aftercare.records import clients, conversations
from bot.filters import Deed, Done, From, command
from bot.flows import turns
from bot.flows.playing import Stage, Turn
from bot.handlers import menu

#: A button that ends everything is good for a day: months later it must not.
GOOD_FOR: Final = timedelta(days=1)


async def ask(_heard: Heard, turn: Turn) -> None:
    live = await conversations.live(turn.db, turn.person.id)
    moment = str(int(turn.now.timestamp()))
    everything = Button("all", f"d:leave:{moment}:all")
    stay = Button("stay", f"d:leave:{moment}:stay")
    if live is None or await work.is_outside(turn.db, turn.person):
        rows = ((everything,), (menu.button("jeda", "rest"), stay))
        turn.say(Message("control.client.stop_all", {}, rows))
        return
    this = Button("this", f"d:stop_this:{live.id}")
    turn.say(Message("control.client.stop_which", {}, ((this,), (everything,), (stay,))))


async def stop_this(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    live = await conversations.live(turn.db, turn.person.id)
    if live is None or live.id != deed.about:
        await turns.say_passed(stage, turn, live)
        return
    await turns.stop(stage, turn)
    turn.say(Message("control.client.stopped_this"))


async def decide(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    live = await conversations.live(turn.db, turn.person.id)
    if _is_old(deed, turn):
        await turns.say_passed(stage, turn, live)
    elif deed.how == "all":
        await leaving.leave(turn.db, await clients.get(turn.db, turn.person.id), turn.now)
        turn.say(Message("control.client.left"))
    else:
        turn.say(Message("control.client.stays"))
        await turns.ask_again(stage, turn)


def _is_old(deed: Done, turn: Turn) -> bool:
    return turn.now.timestamp() - deed.about > GOOD_FOR.total_seconds()


async def partner_asks(_heard: Heard, turn: Turn) -> None:
    if turn.person.left_at is not None:
        turn.say(Message("welcome.partner.not_yet"))
        return
    moment = str(int(turn.now.timestamp()))
    rows = ((Button("all", f"d:leave:{moment}:all"), Button("stay", f"d:leave:{moment}:stay")),)
    count = await partners.ahead(turn.db, turn.person, turn.now)
    which = "stop_with_activities" if count else "stop"
    turn.say(Message(f"control.partner.{which}", {"count": count}, rows))


async def partner_decides(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if _is_old(deed, turn):
        await turns.say_passed(stage, turn, await conversations.live(turn.db, turn.person.id))
    elif deed.how == "all":
        await partners.leave(turn.db, turn.person, turn.now)
        turn.say(Message("control.partner.left"))
    else:
        turn.say(Message("control.partner.stays"))
        await turns.ask_again(stage, turn)


async def family_stops(_heard: Heard, turn: Turn) -> None:
    await families.end_all_of_person(turn.db, turn.person, turn.now)
    await consents.withdraw_all(turn.db, turn.person, turn.now)
    await conversations.end_all(turn.db, turn.person.id, "left", turn.now)
    turn.say(Message("control.family.left"))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(ask, command("berhenti"), From("client"))
    router.message.register(family_stops, command("berhenti"), From("family"))
    router.message.register(partner_asks, command("berhenti"), From("partner"))
    router.callback_query.register(stop_this, Deed("stop_this"), From("client"))
    router.callback_query.register(decide, Deed("leave"), From("client"))
    router.callback_query.register(partner_decides, Deed("leave"), From("partner"))
    return router
