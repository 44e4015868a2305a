"""`/kegiatan` of a client: what is coming, joined and left by a tap, and how it was."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.community import activity_cards, activity_news, community, joinings
from aftercare.messages import Message, Terms
from aftercare.records import clients
from aftercare.records import joinings as records
from aftercare.records.joinings import Joining
from bot.filters import Deed, Done, From, command
from bot.flows import turns
from bot.flows.playing import PASSED, Stage, Turn


async def show(_heard: Heard, turn: Turn) -> None:
    client = await clients.get(turn.db, turn.person.id)
    turn.say(await community.card(turn.db, client, 1, turn.now))


async def page(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    client = await clients.get(turn.db, turn.person.id)
    message = await community.card(turn.db, client, deed.about, turn.now)
    turn.say(message, Terms(edits=turn.tapped))


async def settings(_tap: CallbackQuery, turn: Turn, stage: Stage) -> None:
    await turns.begin(stage, turn, community.FLOW)


async def join(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """One tap is enough; the name is a question of its own."""
    client = await clients.get(turn.db, turn.person.id)
    one = await joinings.join(turn.db, deed.about, client, turn.now)
    if one is None:
        turn.say(Message("community.client.passed"))
        return
    turn.say(await joinings.joined_message(turn.db, one, turn.now))
    if one.named_at is None:
        turn.say(joinings.name_question(one))


async def leave(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Without a why: it is voluntary."""
    if (one := await _mine(turn, deed)) is None:
        return
    if one.came_at is not None or not one.activity.is_ahead(turn.now):
        turn.say(Message("community.client.passed"))
        return
    values = activity_cards.values(one.activity)
    await joinings.let_go(turn.db, one, turn.now)
    turn.say(Message("community.client.left", values))


async def name(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if one := await _mine(turn, deed):
        agreed = deed.how == "yes"
        one.named_at = turn.now if agreed else None
        moment = "named" if agreed else "unnamed"
        turn.say(Message(f"community.client.{moment}"), Terms(edits=turn.tapped))


async def came(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """ "Aku datang", by the client's own word."""
    if (one := await _mine(turn, deed)) is None:
        return
    if joinings.is_too_early(one, turn.now):
        turn.say(Message("community.client.too_early"))
        return
    if not joinings.can_come(one, turn.now):
        turn.say(Message("community.client.passed"))
        return
    turn.say(await joinings.came(turn.db, one, by=turn.person, now=turn.now))


async def stayed(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Nothing is written down of it."""
    if await _mine(turn, deed):
        turn.say(Message("community.client.stayed"))


async def mood(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    one = await _mine(turn, deed)
    if one is None:
        return
    if one.came_at is None or deed.how not in activity_cards.MOODS:
        turn.say(PASSED)
        return
    turn.say(joinings.felt(one, int(deed.how)))


async def no_news(_tap: CallbackQuery, turn: Turn) -> None:
    client = await clients.get(turn.db, turn.person.id)
    await activity_news.set_news(turn.db, client, wanted=False, now=turn.now)
    turn.say(Message("community.client.no_news"))


async def _mine(turn: Turn, deed: Done) -> Joining | None:
    """The client's own; after leaving it, its buttons have passed."""
    one = await records.get(turn.db, deed.about)
    if one is None or one.client_id != turn.person.id:
        turn.say(Message("community.client.passed"))
        return None
    return one


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("kegiatan"), From("client"))
    router.callback_query.register(page, Deed("activities"), From("client"))
    router.callback_query.register(settings, Deed("community_settings"), From("client"))
    router.callback_query.register(join, Deed("activity_join"), From("client"))
    router.callback_query.register(leave, Deed("activity_leave"), From("client"))
    router.callback_query.register(name, Deed("activity_name"), From("client"))
    router.callback_query.register(came, Deed("activity_came"), From("client"))
    router.callback_query.register(stayed, Deed("activity_stayed"), From("client"))
    router.callback_query.register(mood, Deed("activity_mood"), From("client"))
    router.callback_query.register(no_news, Deed("activity_news"), From("client"))
    return router
