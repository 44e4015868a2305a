"""The day of an officer: today's sessions, the caseload, a card, leave; and the head's week."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.alerts import absent_staff
from aftercare.casework.staff import caseloads, officer_messages, summaries
from aftercare.messages import Button, Message, Rows, Terms
from aftercare.records import attendance, clients, mornings, offices, staff
from aftercare.records.sessions import Session
from aftercare.rules import days
from aftercare.rules import mornings as rule
from bot.filters import Deed, Done, From, command
from bot.flows.playing import PASSED, Turn

SHOWN: Final = 8
#: Days of leave to tap; 0 is being back.
LEAVES: Final = (1, 3, 7, 14)
_LONGEST_LEAVE: Final = timedelta(days=190)


async def today(_heard: Heard, turn: Turn) -> None:
    """`/hari_ini`: today's sessions and those that still want an outcome, each a button."""
    office = await offices.get(turn.db, turn.person.office_id or 0)
    ids = await _answers_for(turn)
    start, end = rule.day_of(turn.now, office.time_zone)
    held = await attendance.between(turn.db, ids, start, end)
    older = [
        one for one in await mornings.unrecorded(turn.db, ids, turn.now) if one.starts_at < start
    ]
    shown = [*older[:SHOWN], *held][: 2 * SHOWN]
    if not shown:
        turn.say(Message("officer.staff.free_day"))
        return
    lines = [_line(one, turn.now) for one in shown]
    turn.say(Message("officer.staff.today", {"lines": lines}, tuple(map(_open, shown))))


async def _answers_for(turn: Turn) -> set[int]:
    """Oneself and whom one stands in for; the head answers for everybody."""
    if turn.person.audience == "head":
        return {one.id for one in await staff.officers(turn.db, turn.person.office_id or 0)}
    away = await staff.away_covered_by(turn.db, [turn.person.id], turn.now)
    return {turn.person.id, *(one.id for one in away)}


def _line(session: Session, now: datetime) -> Message:
    missing = any(one.attendance is None for one in session.participants)
    state = "open" if missing and session.ends_at <= now else "ahead" if missing else "done"
    values = {"starts_at": session.starts_at, "kind": session.kind, "who": _names(session)}
    return Message(f"officer.staff.session_{state}", values)


def _names(session: Session) -> str:
    return ", ".join(one.client.person.called for one in session.participants)


def _open(session: Session) -> tuple[Button, ...]:
    values = {"starts_at": session.starts_at, "who": _names(session)}
    return (Button("record", f"d:attendance:{session.id}", values),)


async def caseload(_heard: Heard, turn: Turn) -> None:
    """`/klien`: everybody with the one thing worth knowing first."""
    await _say_caseload(turn, 0, Terms())


async def caseload_page(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    await _say_caseload(turn, deed.about, Terms(edits=turn.tapped))


async def _say_caseload(turn: Turn, page: int, terms: Terms) -> None:
    found = await caseloads.of(turn.db, turn.person, turn.now)
    if not found:
        turn.say(Message("officer.staff.no_clients"), terms)
        return
    page = min(page, (len(found) - 1) // SHOWN)
    shown = await caseloads.lines(turn.db, found[page * SHOWN : (page + 1) * SHOWN], turn.now)
    lines = [
        Message("officer.staff.client", {"client": one.client.person.name, "status": one.status})
        for one in shown
    ]
    people = tuple(
        (Button("client", f"d:client:{one.client.id}", {"client": one.client.person.name}),)
        for one in shown
    )
    message = Message(
        "officer.staff.caseload",
        {"count": len(found), "lines": lines},
        (*people, *_steps(page, len(found))),
    )
    turn.say(message, terms)


def _steps(page: int, count: int) -> Rows:
    steps = []
    if page > 0:
        steps.append(Button("earlier", f"d:clients:{page - 1}"))
    if (page + 1) * SHOWN < count:
        steps.append(Button("later", f"d:clients:{page + 1}"))
    return (tuple(steps),) if steps else ()


async def client(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """A client's card; reading it is written down."""
    found = await clients.find(turn.db, deed.about)
    if found is None or not await caseloads.may_see(turn.db, found, turn.person):
        turn.say(PASSED)
        return
    turn.say(await caseloads.card(turn.db, found, turn.person, turn.now))


async def leave(_heard: Heard, command: CommandObject, turn: Turn) -> None:
    """`/cuti`, or `/cuti 12 Desember`."""
    found = days.read(command.args, await _today(turn)) if command.args else None
    if found is not None and found.day is not None:
        await _leave_until(turn, found.day)
    elif found is not None:
        turn.say(Message("officer.officer.which_day"))
    else:
        turn.say(Message("officer.officer.how_long", {}, await _leaves(turn)))


async def _leaves(turn: Turn) -> Rows:
    until = [await _today(turn) + timedelta(days=one - 1) for one in LEAVES]
    rows = tuple(
        (Button("until", f"d:leave:{one}", {"until": day}),)
        for one, day in zip(LEAVES, until, strict=True)
    )
    return (*rows, (Button("back", "d:leave:0"),))


async def leave_tap(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if deed.about == 0:
        await absent_staff.come_back(turn.db, turn.person)
        turn.say(Message("officer.officer.back"), Terms(edits=turn.tapped))
    elif deed.about in LEAVES:
        await _leave_until(turn, await _today(turn) + timedelta(days=deed.about - 1))
    else:
        turn.say(PASSED)


async def _leave_until(turn: Turn, until: date) -> None:
    if until - await _today(turn) > _LONGEST_LEAVE:
        turn.say(Message("officer.officer.too_long"))
        return
    cover = await absent_staff.leave(turn.db, turn.person, until, turn.because())
    await officer_messages.hand_on(turn.db, turn.person, turn.now)
    values = {"until": until, "cover": cover.called if cover else ""}
    moment = "away_covered" if cover else "away_alone"
    turn.say(Message(f"officer.officer.{moment}", values), Terms(edits=turn.tapped))


async def _today(turn: Turn) -> date:
    office = await offices.get(turn.db, turn.person.office_id or 0)
    return turn.now.astimezone(ZoneInfo(office.time_zone)).date()


async def week(_heard: Heard, turn: Turn) -> None:
    """`/ringkasan`: the last seven days in numbers."""
    turn.say(await summaries.of_week(turn.db, turn.person.office_id or 0, turn.now))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(today, command("hari_ini"), From("officer", "head"))
    router.message.register(caseload, command("klien"), From("officer"))
    router.message.register(leave, command("cuti"), From("officer"))
    router.message.register(week, command("ringkasan"), From("head"))
    router.callback_query.register(caseload_page, Deed("clients"), From("officer"))
    router.callback_query.register(client, Deed("client"))
    router.callback_query.register(leave_tap, Deed("leave"), From("officer"))
    return router
