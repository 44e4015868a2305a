"""`/belajar`: short lessons for relatives, opened at any time; help stands beneath them."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.family import family_programmes as programme
from aftercare.casework.family import prompt_words
from aftercare.messages import Button, Message, Rows
from aftercare.records import conversations
from bot.filters import Deed, Done, From, command
from bot.flows import playing, turns
from bot.flows.playing import Stage, Turn
from bot.handlers import prompts


async def list_(_heard: Heard, turn: Turn) -> None:
    names = prompt_words.lessons()
    done = await conversations.finished(turn.db, turn.person.id, names)
    buttons = [Button(one, f"d:lesson:0:{one}", picked=one in done) for one in names]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    turn.say(Message("lesson.family.list", {}, (*rows, *await _weekly(turn), (prompts.DANGER,))))


async def _weekly(turn: Turn) -> Rows:
    """Only where a client lets this relative have weekly messages at all."""
    if not await programme.wants_more(turn.db, turn.person):
        return ()
    how = "on" if await programme.stops(turn.db, turn.person) else "off"
    return ((Button(f"weekly_{how}", f"d:weekly:0:{how}"),),)


async def start(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if deed.how not in prompt_words.lessons() or deed.how not in stage.flows:
        turn.say(playing.PASSED)
        return
    await turns.begin(stage, turn, deed.how)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_, command("belajar"), From("family"))
    router.callback_query.register(start, Deed("lesson"), From("family"))
    return router
