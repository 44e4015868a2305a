"""Words that nobody asked for: read, answered, and then the open question asked again."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework import welcome
from aftercare.messages import Button, Message
from aftercare.records import conversations, outbox
from aftercare.records.conversations import ConversationRow
from bot import menus
from bot.answers import doubt, relatives, table
from bot.answers.visit import Visit
from bot.filters import Deed, Done, From
from bot.flows import events, turns
from bot.flows.playing import PASSED, Stage, Turn
from bot.handlers import help as help_card
from bot.opinions import Second, Unread
from bot.understanding import evading, meaning, nods, reading, senders

_READ: Final = ("client", "family")


async def are_read(heard: Heard, turn: Turn) -> bool:
    """Of clients and relatives who take part; a command is never guessed at."""
    if turn.person.audience not in _READ or not heard.text or heard.text.startswith("/"):
        return False
    return not await welcome.is_outside(turn.db, turn.person)


class FreeWords(BaseFilter):
    async def __call__(self, heard: Heard, turn: Turn) -> bool:
        return await are_read(heard, turn)


async def of_client(heard: Heard, turn: Turn, stage: Stage, second: Second) -> None:
    """A question that is open stays open; it gives way only to what is surely meant."""
    words = heard.text or ""
    live = await _asking(turn, stage)
    if live is None and nods.is_one(words):
        turn.say(Message("understood.client.nod"))
        return
    if second.possible and not evading.is_asked(words):
        second.wanted = Unread(words, senders.pseudonym(turn.person.id))
        return
    read = meaning.read(words, second.opinion)
    if live is not None and (not read.sure or read.name == reading.NOTHING):
        await turns.hear(stage, turn, live, events.Answer(words, None, words=True))
        return
    await _give(Visit(turn, stage, read, words), live)


async def _asking(turn: Turn, stage: Stage) -> ConversationRow | None:
    """The conversation whose question is open; a wait in one goes on by itself."""
    live = await conversations.live(turn.db, turn.person.id)
    return live if live is not None and turns.hears(stage, live) else None


async def _give(visit: Visit, live: ConversationRow | None) -> None:
    await table.give(visit)
    if live is not None and not visit.has_begun:
        await turns.ask_again(visit.stage, visit.turn)


async def meant(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    """One of the buttons under "what is it about?"."""
    read = doubt.meant(deed.how, deed.about, turn.now)
    if read is None or deed.how not in (doubt.NONE_OF_THEM, *table.ANSWERS):
        turn.say(PASSED)
        return
    _leave_alone(turn, deed)
    if deed.how == doubt.NONE_OF_THEM:
        turn.say(Message("understood.client.not_that"))
        turn.say(menus.overview("client"))
        return
    await _give(Visit(turn, stage, read), await _asking(turn, stage))


def _leave_alone(turn: Turn, deed: Done) -> None:
    """Only what was tapped stays under the question; a second tap changes nothing."""
    if turn.tapped is not None:
        alone = Button(deed.how, f"d:meant:0:{deed.how}", picked=True)
        chosen = Message("understood.client.which", {}, ((alone,),))
        outbox.rebutton(turn.db, chosen, turn.tapped, to=turn.person, because=turn.because())


async def not_now(_tap: CallbackQuery, turn: Turn, stage: Stage) -> None:
    turn.say(Message("understood.client.not_now"))
    if await _asking(turn, stage):
        await turns.ask_again(stage, turn)


async def of_relative(heard: Heard, turn: Turn, stage: Stage) -> None:
    words = heard.text or ""
    read = reading.read(words)
    live = await _asking(turn, stage)
    if read.sure and read.name == "violence_at_home":
        await help_card.to_family(turn)
    elif said := relatives.answer(read):
        turn.say(said)
    elif live is not None:
        await turns.hear(stage, turn, live, events.Answer(words, None, words=True))
        return
    else:
        turn.say(Message("fallback.family.not_understood"))
        turn.say(menus.overview("family"))
    if live is not None:
        await turns.ask_again(stage, turn)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(of_client, From("client"), FreeWords())
    router.message.register(of_relative, From("family"), FreeWords())
    router.callback_query.register(meant, Deed("meant"), From("client"))
    router.callback_query.register(not_now, Deed("not_now"), From("client"))
    return router
