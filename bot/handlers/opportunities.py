"""`/peluang`: what fits a client, one card at a time; for staff, what stands in the directory."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.work import interests, work_search
from aftercare.casework.work import opportunities as work
from aftercare.messages import Button, Message, Rows, Terms
from aftercare.records import clients, offices, opportunities, work_profiles
from aftercare.records.clients import Client
from aftercare.records.opportunities import Opportunity, Showing
from bot.filters import Deed, Done, From, command
from bot.flows import turns
from bot.flows.playing import PASSED, Stage, Turn

SEARCH: Final = "opportunity"
BELOW: Final = "below"
_A_PAGE: Final = 8


async def show(_heard: Heard, turn: Turn) -> None:
    """The best one not shown yet. Whoever did not agree to being searched for is asked first."""
    if await work_profiles.find(turn.db, turn.person.id) is None:
        row = (Button("begin", "d:opportunity_search:0"),)
        turn.say(Message("opportunity.client.first", {}, (row,)))
        return
    await _say_next(turn, Terms())


async def _say_next(turn: Turn, terms: Terms) -> None:
    client = await clients.get(turn.db, turn.person.id)
    found = await work.next_card(turn.db, client, turn.now)
    turn.say(found or await work.nothing_new(turn.db, client, turn.now), terms)


async def search(_tap: CallbackQuery, turn: Turn, stage: Stage) -> None:
    await turns.begin(stage, turn, SEARCH)


async def again(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    client = await clients.get(turn.db, turn.person.id)
    found = await work.card_again(turn.db, client, deed.about, turn.now)
    turn.say(found or Message("opportunity.client.over"))


async def next_one(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """In place of the card that was passed over; below whatever holds a contact."""
    await _say_next(turn, Terms() if deed.how == BELOW else Terms(edits=turn.tapped))


async def not_for_me(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    found = await _shown(turn, deed)
    if found is None:
        return
    _, shown, _ = found
    if shown.answer is None:
        shown.answer, shown.answered_at = "not_for_me", turn.now
    await turn.db.flush()
    await _say_next(turn, Terms(edits=turn.tapped))


async def interested(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Now, and not before, the officer hears of it."""
    found = await _shown(turn, deed)
    if found is None:
        return
    client, shown, one = found
    if not work.is_open(one, work.today_of(client, turn.now)):
        turn.say(Message("opportunity.client.over"), Terms(edits=turn.tapped))
        return
    await interests.tell(turn.db, client, shown, one, turn.now)
    values = {"title": one.title, "contact": one.contact, "note": _note(one)}
    rows = (
        (Button("applied", f"d:application_new:{one.id}"),),
        (Button("more", f"d:opportunity_next:{one.id}:{BELOW}"),),
        (Button("undo", f"d:interest_undo:{one.id}"),),
    )
    turn.say(Message("opportunity.client.noted", values, rows), Terms(edits=turn.tapped))


def _note(one: Opportunity) -> Message | None:
    return Message("opportunity.client.note", {"note": one.note}) if one.note else None


async def undo(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    found = await _shown(turn, deed)
    if found is None:
        return
    client, shown, one = found
    holder = await interests.take_back(turn.db, client, shown, one, turn.now)
    values = {"title": one.title, "staff": holder.called if holder else ""}
    moment = "too_late" if holder else "taken_back"
    turn.say(Message(f"opportunity.client.{moment}", values), Terms(edits=turn.tapped))


async def _shown(turn: Turn, deed: Done) -> tuple[Client, Showing, Opportunity] | None:
    """What this client was shown; a button of somebody else's changes nothing."""
    shown = await opportunities.showing(turn.db, turn.person.id, deed.about)
    one = await opportunities.get(turn.db, deed.about)
    if shown is None or one is None:
        turn.say(PASSED)
        return None
    return await clients.get(turn.db, turn.person.id), shown, one


async def news(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    wanted = deed.about == 1
    client = await clients.get(turn.db, turn.person.id)
    await work_search.set_news(turn.db, client, turn.now, wanted=wanted)
    moment = "loud" if wanted else "quiet"
    turn.say(Message(f"opportunity.client.{moment}"), Terms(edits=turn.tapped))


async def list_all(_heard: Heard, turn: Turn) -> None:
    await _say_page(turn, 0, Terms())


async def page(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    await _say_page(turn, deed.about, Terms(edits=turn.tapped))


async def _say_page(turn: Turn, number: int, terms: Terms) -> None:
    """What is open today, newest first."""
    office = await offices.get(turn.db, turn.person.office_id or 0)
    today = turn.now.astimezone(ZoneInfo(office.time_zone)).date()
    found = [
        one
        for one in reversed(await opportunities.of_office(turn.db, office.id))
        if work.is_open(one, today)
    ]
    if not found:
        turn.say(Message("opportunity.staff.none"), terms)
        return
    number = min(number, (len(found) - 1) // _A_PAGE)
    shown = found[number * _A_PAGE : (number + 1) * _A_PAGE]
    values = {"count": len(found), "lines": [_line(one) for one in shown]}
    rows = _steps(number, len(found))
    turn.say(Message("opportunity.staff.list", values, rows), terms)


def _line(one: Opportunity) -> Message:
    where = "online" if one.online else one.district or one.place or "–"
    values = {"title": one.title, "organiser": one.organiser, "where": where}
    if one.closes_on is None:
        return Message("opportunity.staff.line", values)
    return Message("opportunity.staff.line_closes", {**values, "closes_on": one.closes_on})


def _steps(number: int, count: int) -> Rows:
    steps = []
    if number > 0:
        steps.append(Button("earlier", f"d:opportunity_page:{number - 1}"))
    if (number + 1) * _A_PAGE < count:
        steps.append(Button("later", f"d:opportunity_page:{number + 1}"))
    return (tuple(steps),) if steps else ()


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("peluang"), From("client"))
    router.message.register(list_all, command("peluang"), From("officer", "head"))
    router.callback_query.register(page, Deed("opportunity_page"), From("officer", "head"))
    router.callback_query.register(search, Deed("opportunity_search"), From("client"))
    router.callback_query.register(again, Deed("opportunity"), From("client"))
    router.callback_query.register(interested, Deed("opportunity_yes"), From("client"))
    router.callback_query.register(not_for_me, Deed("opportunity_no"), From("client"))
    router.callback_query.register(next_one, Deed("opportunity_next"), From("client"))
    router.callback_query.register(undo, Deed("interest_undo"), From("client"))
    router.callback_query.register(news, Deed("opportunity_news"), From("client"))
    return router
