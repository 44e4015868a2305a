"""Words that nobody asked for: read, answered, and then the open question asked again."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from aftercare.casework.taking_part import welcome
from aftercare.messages import Button, Message
from aftercare.records import clients, conversations, outbox
from aftercare.records import relatives as records
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


async def whom(turn: Turn, words: str) -> object | None:
    """The client or the relatives that free words are read for: who takes part, and nobody else.

    A command is never guessed at.
    """
    if words.startswith("/"):
        return None
    match turn.person.audience:
        case "client":
            client = await clients.get(turn.db, turn.person.id)
            return client if welcome.takes_part(client) else None
        case "family":
            known = await records.of_person(turn.db, turn.person.id)
            return [one for one in known if one.is_active] or None
    return None


async def of_client(
    words: str, live: ConversationRow | None, turn: Turn, stage: Stage, second: Second
) -> None:
    """A question that is open stays open; it gives way only to what is surely meant."""
    asks = _asks(live, stage)
    if not asks and nods.is_one(words):
        turn.say(Message("understood.client.nod"))
        return
    if second.possible and not evading.is_asked(words):
        second.wanted = Unread(words, senders.pseudonym(turn.person.id))
        return
    read = meaning.read(words, second.opinion)
    if live is not None and asks and (not read.sure or read.name == reading.NOTHING):
        await turns.hear(stage, turn, live, events.Answer(words, None, words=True))
        return
    await _give(Visit(turn, stage, read, words, live), live)


def _asks(live: ConversationRow | None, stage: Stage) -> bool:
    """Whether a question is open; a wait in a conversation goes on by itself."""
    return live is not None and turns.hears(stage, live)


async def _give(visit: Visit, live: ConversationRow | None) -> None:
    await table.give(visit)
    if _asks(live, visit.stage) and not visit.has_begun:
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
    live = await conversations.live(turn.db, turn.person.id)
    await _give(Visit(turn, stage, read, "", live), live)


def _leave_alone(turn: Turn, deed: Done) -> None:
    """Only what was tapped stays under the question; a second tap changes nothing."""
    if turn.tapped is not None:
        alone = Button(deed.how, f"d:meant:0:{deed.how}", picked=True)
        chosen = Message("understood.client.which", {}, ((alone,),))
        outbox.rebutton(turn.db, chosen, turn.tapped, to=turn.person, because=turn.because())


async def not_now(_tap: CallbackQuery, turn: Turn, stage: Stage) -> None:
    turn.say(Message("understood.client.not_now"))
    if _asks(await conversations.live(turn.db, turn.person.id), stage):
        await turns.ask_again(stage, turn)


async def of_relative(words: str, live: ConversationRow | None, turn: Turn, stage: Stage) -> None:
    read = reading.read(words)
    asks = _asks(live, stage)
    if read.sure and read.name == "violence_at_home":
        await help_card.to_family(turn)
    elif said := relatives.answer(read):
        turn.say(said)
    elif live is not None and asks:
        await turns.hear(stage, turn, live, events.Answer(words, None, words=True))
        return
    else:
        turn.say(Message("fallback.family.not_understood"))
        turn.say(menus.overview("family"))
    if asks:
        await turns.ask_again(stage, turn)


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(meant, Deed("meant"), From("client"))
    router.callback_query.register(not_now, Deed("not_now"), From("client"))
    return router
