"""`/cekin`, `/perkembangan`, and the wish to be asked every day."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.check_ins import check_in_answers
from aftercare.casework.check_ins import check_ins as work
from aftercare.casework.progress import progress
from aftercare.messages import Message, Terms
from aftercare.records import check_ins, clients, consents, conversations
from aftercare.rules import rhythm
from bot.filters import Deed, From, command
from bot.flows import turns
from bot.flows.playing import Stage, Turn


async def check_in(_heard: Heard, turn: Turn, stage: Stage) -> None:
    """Today's, by hand: the weekly or monthly one on its day, the daily one on every other."""
    client = await clients.get(turn.db, turn.person.id)
    given = await consents.current(turn.db, turn.person.id)
    if not given.get("check_ins"):
        turn.say(Message("check_in.client.not_agreed"))
        return
    today = rhythm.local_day(turn.now, turn.person.time_zone)
    kind = await work.kind_today(turn.db, client, turn.now)
    done = await check_ins.on_day(turn.db, client.id, kind, today)
    if await _is_open(turn, work.FLOWS[kind]):
        await turns.resume(stage, turn)
    elif done and done.answered_at:
        turn.say(Message("check_in.client.already"))
    else:
        await turns.begin(stage, turn, work.FLOWS[kind], **work.opening_of(client, kind, today))


async def _is_open(turn: Turn, flow: str) -> bool:
    live = await conversations.live(turn.db, turn.person.id)
    return live is not None and live.flow == flow


async def keep_daily(_tap: CallbackQuery, turn: Turn) -> None:
    client = await clients.get(turn.db, turn.person.id)
    check_in_answers.keep_rhythm(turn.db, client, "daily", turn.now)
    turn.say(Message("check_in.client.kept_daily"), Terms(edits=turn.tapped))


async def show_progress(_heard: Heard, turn: Turn) -> None:
    turn.say(await progress.message(turn.db, turn.person, turn.now))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(check_in, command("cekin"), From("client"))
    router.message.register(show_progress, command("perkembangan"), From("client"))
    router.callback_query.register(keep_daily, Deed("check_in_daily"), From("client"))
    return router
