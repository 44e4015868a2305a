"""`/rencana`: the client's own plan as text or picture; entries go when their owner wants it."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.exercises import care_plans
from aftercare.messages import Button, Message, Terms
from aftercare.records import module_runs
from bot.filters import Deed, Done, From, command
from bot.flows.playing import Turn


async def show(_heard: Heard, turn: Turn) -> None:
    turn.say(await care_plans.message(turn.db, turn.person))


async def send_picture(_tap: CallbackQuery, turn: Turn) -> None:
    """A button of an old message may be tapped when nothing is left to draw."""
    plan = await care_plans.read(turn.db, turn.person.id)
    left = care_plans.picture_message(turn.person)
    turn.say(left if plan.entries else Message("plan.client.nothing_left"))


async def list_entries(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    turn.say(await care_plans.removal(turn.db, turn.person, deed.about))


async def ask(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    found = await care_plans.entry(turn.db, turn.person, deed.about)
    if found is None:
        turn.say(Message("plan.client.forgotten"), Terms(edits=turn.tapped))
        return
    row = (Button("forget", f"d:plan_forget:{found.id}"), Button("keep", f"d:plan_keep:{found.id}"))
    shown = Message("plan.client.sure", {"words": found.words}, (row,))
    turn.say(shown, Terms(edits=turn.tapped))


async def forget(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Somebody else's entry, or one that is gone, is not there to be found."""
    found = await care_plans.entry(turn.db, turn.person, deed.about)
    if found is not None:
        await module_runs.forget_words(turn.db, found)
    turn.say(Message("plan.client.forgotten"), Terms(edits=turn.tapped))


async def keep(_tap: CallbackQuery, turn: Turn) -> None:
    turn.say(Message("plan.client.kept"), Terms(edits=turn.tapped))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("rencana"), From("client"))
    router.callback_query.register(send_picture, Deed("plan_picture"), From("client"))
    router.callback_query.register(list_entries, Deed("plan_remove"), From("client"))
    router.callback_query.register(ask, Deed("plan_entry"), From("client"))
    router.callback_query.register(forget, Deed("plan_forget"), From("client"))
    router.callback_query.register(keep, Deed("plan_keep"), From("client"))
    return router
