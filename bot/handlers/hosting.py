"""`/kegiatan` of a partner or an officer: publish, see how many join, move, cancel, thank."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.community import activities, activity_cards, joinings, publishing
from aftercare.messages import Button, Message, Terms
from aftercare.records import activities as records
from aftercare.records import joinings as joining_records
from aftercare.records.activities import Activity
from bot.filters import Deed, Done, From, command
from bot.flows.playing import PASSED, Stage, Turn
from bot.flows.turns import begin

HOSTS: Final = ("officer", "partner")
SHOWN: Final = 6
_NEW: Final = "baru"


async def show(_heard: Heard, command: CommandObject, turn: Turn, stage: Stage) -> None:
    """`/kegiatan`, or `/kegiatan baru senam Sabtu jam 7 di lapangan` in one sentence."""
    first, _, rest = (command.args or "").strip().partition(" ")
    if first.casefold() == _NEW:
        await _publish(turn, stage, rest)
        return
    await _list(turn)


async def new(_heard: Heard, command: CommandObject, turn: Turn, stage: Stage) -> None:
    """`/kegiatan_baru`: step by step, also from the menu."""
    await _publish(turn, stage, command.args or "")


async def _publish(turn: Turn, stage: Stage, request: str) -> None:
    await begin(stage, turn, "activity_new", values={"request": request})


async def _list(turn: Turn) -> None:
    """A partner's own; an officer also sees what partners of the office have published."""
    office = turn.person.office_id or 0
    found = await records.of_publisher(turn.db, turn.person.id, turn.now)
    if turn.person.audience == "officer":
        found = await records.coming(turn.db, [office], turn.now)
    counted = await joining_records.counts(turn.db, [one.id for one in found])
    shown = activity_cards.one_of_each(found)[:SHOWN]
    lines = [activity_cards.host_line(one, counted[one.id]) for one in shown]
    rows = [(_open(one),) for one in shown]
    rows.append((Button("new", "d:menu:0:kegiatan_baru"),))
    if not shown:
        turn.say(Message("community.host.none", {}, tuple(rows)))
        return
    turn.say(Message("community.host.list", {"lines": lines}, tuple(rows)))


def _open(one: Activity) -> Button:
    return Button("open", f"d:activity:{one.id}", {"name": one.name, "at": one.starts_at})


async def open_(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    activity = await records.get(turn.db, deed.about)
    if activity is None or not activities.may_lead(activity, turn.person):
        turn.say(PASSED)
        return
    turn.say(await publishing.host_card(turn.db, activity, turn.person))


async def move(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if activity := await _led(turn, deed):
        known = activity_cards.values(activity)
        values = {**known, "needed": Message("community.host.no_moment")}
        about = f"{activity.subject}@{activity.version}"
        await begin(stage, turn, "activity_move", values=values, subject=about)


async def cancel(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """The first tap asks, the second one counts."""
    if activity := await _led(turn, deed):
        await _really(turn, activity, "one")


async def cancel_rest(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if activity := await _led(turn, deed):
        await _really(turn, activity, "rest")


async def _really(turn: Turn, activity: Activity, which: str) -> None:
    how = f"d:activity_off_{which}:{activity.id}:{activity.version}"
    values = activity_cards.values(activity)
    rows = ((Button("yes", how),),)
    turn.say(Message(f"community.host.really_{which}", values, rows))


async def cancel_now(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if activity := await _led(turn, deed):
        await activities.cancel(turn.db, [activity], by=turn.person, now=turn.now)
        turn.say(Message("community.host.cancelled", activity_cards.values(activity)))


async def cancel_rest_now(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if activity := await _led(turn, deed):
        ending = await records.rest_of_series(turn.db, activity)
        await activities.cancel(turn.db, ending, by=turn.person, now=turn.now)
        values = {**activity_cards.values(activity), "count": len(ending)}
        turn.say(Message("community.host.cancelled_rest", values))


async def _led(turn: Turn, deed: Done) -> Activity | None:
    """The activity at the time the button was about, still ahead, led by this person."""
    activity = await records.get(turn.db, deed.about)
    if activity is None or not activities.may_lead(activity, turn.person):
        turn.say(PASSED)
        return None
    if not activity.is_ahead(turn.now):
        turn.say(Message("community.host.refused_not_open"))
        return None
    if deed.how != str(activity.version):
        turn.say(PASSED)
        return None
    return activity


async def came(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """A name that may be known was tapped after the end."""
    one = await joining_records.get(turn.db, deed.about)
    if one is None or one.named_at is None or not _is_closed_by(one.activity, turn):
        turn.say(PASSED)
        return
    await joinings.came_by_host(turn.db, one, turn.person, turn.now)
    await _sheet(turn, one.activity)


async def others(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """How many of those without a name came: a number, and nobody's."""
    activity = await records.get(turn.db, deed.about)
    if activity is None or not deed.how.isdecimal() or not _is_closed_by(activity, turn):
        turn.say(PASSED)
        return
    activity.others_came = int(deed.how)
    await _sheet(turn, activity)


def _is_closed_by(activity: Activity, turn: Turn) -> bool:
    """Its own publisher, once it is over and while anybody still remembers."""
    late = turn.now - activity.ends_at > timedelta(days=7)
    is_over = activity.state == "open" and activity_cards.is_over(activity, turn.now)
    return activity.publisher_id == turn.person.id and is_over and not late


async def _sheet(turn: Turn, activity: Activity) -> None:
    everybody = await joining_records.of_activities(turn.db, [activity.id])
    joined = [one for one in everybody if one.state == "joined"]
    turn.say(activity_cards.sheet(activity, joined), Terms(edits=turn.tapped))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("kegiatan"), From(*HOSTS))
    router.message.register(new, command("kegiatan_baru"), From(*HOSTS))
    router.callback_query.register(open_, Deed("activity"), From(*HOSTS))
    router.callback_query.register(move, Deed("activity_move"), From(*HOSTS))
    router.callback_query.register(cancel, Deed("activity_cancel"), From(*HOSTS))
    router.callback_query.register(cancel_rest, Deed("activity_cancel_rest"), From(*HOSTS))
    router.callback_query.register(cancel_now, Deed("activity_off_one"), From(*HOSTS))
    router.callback_query.register(cancel_rest_now, Deed("activity_off_rest"), From(*HOSTS))
    router.callback_query.register(came, Deed("activity_came_by"), From(*HOSTS))
    router.callback_query.register(others, Deed("activity_others"), From(*HOSTS))
    return router
