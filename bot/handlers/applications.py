"""`/lamaran`: where the client applied and what came of it; nobody else reads the words."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.work import applications as work
from aftercare.messages import Message, Terms
from aftercare.records import applications, opportunities
from bot.filters import Deed, Done, From, command
from bot.flows import turns
from bot.flows.playing import PASSED, Stage, Turn

LOG: Final = work.FLOW


async def show(_heard: Heard, turn: Turn) -> None:
    turn.say(await work.message(turn.db, turn.person))


async def note_new(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    """With the number of an opportunity that this client was shown, or 0 for anywhere."""
    shown = await opportunities.showing(turn.db, turn.person.id, deed.about)
    subject = f"opportunity:{deed.about}" if shown else None
    await turns.begin(stage, turn, LOG, subject=subject)


async def note_news(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    one = await applications.find(turn.db, turn.person.id, deed.about)
    if one is None:
        turn.say(PASSED)
        return
    await turns.begin(stage, turn, LOG, subject=one.about)


async def list_to_forget(_tap: CallbackQuery, turn: Turn) -> None:
    turn.say(await work.removal(turn.db, turn.person))


async def forget(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Somebody else's, or one that is gone, is not there to be found."""
    await work.forget(turn.db, turn.person.id, deed.about)
    turn.say(Message("application.client.forgotten"), Terms(edits=turn.tapped))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("lamaran"), From("client"))
    router.callback_query.register(note_new, Deed("application_new"), From("client"))
    router.callback_query.register(note_news, Deed("application"), From("client"))
    router.callback_query.register(list_to_forget, Deed("application_remove"), From("client"))
    router.callback_query.register(forget, Deed("application_forget"), From("client"))
    return router
