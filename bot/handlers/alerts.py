"""What staff do with an alert: take it, speak to the client, book anew, close it with a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.alerts import alert_cards
from aftercare.casework.alerts import alerts as work
from aftercare.casework.attendance import missed_sessions
from aftercare.casework.danger import crisis_pages
from aftercare.casework.danger.crisis_pages import FALSE_ALARM, How
from aftercare.casework.work import interests
from aftercare.messages import Button, Message, Rows, Terms
from aftercare.records import alerts, audit, sessions
from aftercare.records.alerts import Alert
from aftercare.records.sessions import Participant
from bot.filters import Deed, Done, From, command
from bot.flows.playing import PASSED, Turn

SHOWN: Final = 10


async def list_open(_heard: Heard, turn: Turn) -> None:
    """`/peringatan`: what is open, most urgent first."""
    await _say_page(turn, 0, Terms())


async def page(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    await _say_page(turn, deed.about, Terms(edits=turn.tapped))


async def _say_page(turn: Turn, number: int, terms: Terms) -> None:
    found = await open_for(turn)
    if not found:
        turn.say(Message("alert.staff.none"), terms)
        return
    number = min(number, (len(found) - 1) // SHOWN)
    shown = found[number * SHOWN : (number + 1) * SHOWN]
    values = {"count": len(found), "lines": [alert_cards.line(alert) for alert in shown]}
    rows = (*((_show(alert),) for alert in shown), *_steps(number, len(found)))
    turn.say(Message("alert.staff.list", values, rows), terms)


async def open_for(turn: Turn) -> list[Alert]:
    """All of the office for its head; what they were told of for everybody else."""
    if turn.person.audience == "head":
        return await alerts.unclosed(turn.db, turn.person.office_id or 0)
    return await alerts.of_staff(turn.db, turn.person.id)


def _show(alert: Alert) -> Button:
    return Button("show", f"d:alert_show:{alert.id}", {"client": alert.client.person.name})


def _steps(number: int, count: int) -> Rows:
    steps = []
    if number > 0:
        steps.append(Button("earlier", f"d:alert_page:{number - 1}"))
    if (number + 1) * SHOWN < count:
        steps.append(Button("later", f"d:alert_page:{number + 1}"))
    return (tuple(steps),) if steps else ()


async def show(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if alert := await _allowed(turn, deed):
        audit.note(turn.db, alert.client_id, by_id=turn.person.id, what="alert", now=turn.now)
        turn.say(work.card(alert))


async def take(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    alert = await _allowed(turn, deed)
    if alert is None:
        return
    if alert.taken_by not in (None, turn.person.id):
        turn.say(Message("alert.staff.somebody_was_faster"))
    await _taken(turn, alert)
    _redraw(turn, alert)


async def _taken(turn: Turn, alert: Alert, how: How = "takes") -> list[Alert]:
    """Whoever takes one missed session of a client has them all; others read who has it.

    Returns what is in this hand by now: the alert, and what the same call settles.
    """
    found = [alert, *await work.together(turn.db, alert)]
    if how != FALSE_ALARM:
        found += await crisis_pages.lesser(turn.db, alert, turn.person)
    for one in found:
        if work.take(turn.db, one, turn.person, turn.now):
            await crisis_pages.answered(turn.db, one, turn.person, turn.now, how)
            await interests.taken(turn.db, one, turn.person, turn.now)
            redrawn = turn.person if one is alert else None  # by what was tapped itself
            await work.show_again(turn.db, one, turn.now, but=redrawn)
    return found


async def contacted(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    alert = await _allowed(turn, deed)
    if alert is None:
        return
    for one in await _taken(turn, alert, "has_dealt"):
        if work.contacted(turn.db, one, turn.person, turn.now):
            redrawn = turn.person if one is alert else None
            await work.show_again(turn.db, one, turn.now, but=redrawn)
    _redraw(turn, alert)


async def close(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """The first tap asks for a reason, the second gives it."""
    alert = await _allowed(turn, deed)
    if alert is None:
        return
    if alert.state == "closed" or alert.kind == alert_cards.UNRECORDED:
        turn.say(PASSED)
    elif not deed.how:
        values = {"client": alert.client.person.name}
        turn.say(Message("alert.staff.why_close", values, _reasons(alert)))
    elif deed.how in work.CLOSE_REASONS:
        await _close(turn, alert, deed.how)


def _reasons(alert: Alert) -> Rows:
    fitting = [one for one in work.CLOSE_REASONS if not _is_out_of_place(one, alert)]
    return tuple((Button(reason, f"d:alert_close:{alert.id}:{reason}"),) for reason in fitting)


def _is_out_of_place(reason: str, alert: Alert) -> bool:
    """No session was missed and nothing was alarming: a client is interested, or wishes."""
    return alert.kind in alert_cards.CALM and reason in ("rebooked", "false_alarm")


async def _close(turn: Turn, alert: Alert, reason: str) -> None:
    for one in await _taken(turn, alert, FALSE_ALARM if reason == FALSE_ALARM else "has_dealt"):
        work.close(turn.db, one, reason, by=turn.person, now=turn.now)
        await crisis_pages.closed(turn.db, one)
        await interests.closed(turn.db, one, turn.person, turn.now)
        await work.show_again(turn.db, one, turn.now)
    values = {"client": alert.client.person.name}
    turn.say(Message("alert.staff.closed", values), Terms(edits=turn.tapped))


async def rebook(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """The first tap offers hours, the second books one and tells the client."""
    alert = await _allowed(turn, deed)
    if alert is None:
        return
    like = await _like(turn, alert)
    if alert.state == "closed":
        turn.say(PASSED)
    elif like is None:
        turn.say(Message("alert.staff.nothing_to_rebook"))
    elif deed.how:
        await _book(turn, alert, like, deed.how)
    else:
        await _offer(turn, alert, like)


async def _like(turn: Turn, alert: Alert) -> Participant | None:
    """The session to make another one of: the missed one, or else the client's newest."""
    if alert.subject.startswith("participant:"):
        return await sessions.participant(turn.db, alert.subject_id)
    past = await sessions.past_of_client(turn.db, alert.client_id, before=turn.now)
    return past[-1] if past else None


async def _offer(turn: Turn, alert: Alert, like: Participant) -> None:
    found = await missed_sessions.free_hours(turn.db, like, turn.now)
    rows = tuple(
        (Button("hour", f"d:alert_rebook:{alert.id}:{at.timestamp():.0f}", {"at": at}),)
        for at in found
    )
    moment = "pick_hour" if rows else "no_hour"
    turn.say(Message(f"alert.staff.{moment}", {"client": alert.client.person.name}, rows))


async def _book(turn: Turn, alert: Alert, like: Participant, stamp: str) -> None:
    found = await missed_sessions.free_hours(turn.db, like, turn.now)
    at = datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() else turn.now
    if at not in found:
        turn.say(Message("alert.staff.hour_taken"))
        return
    await _taken(turn, alert)
    await missed_sessions.book_for(turn.db, like, at, turn.now)
    values = {"client": alert.client.person.name, "at": at}
    turn.say(Message("alert.staff.rebooked", values), Terms(edits=turn.tapped))


async def _allowed(turn: Turn, deed: Done) -> Alert | None:
    """The alert, where this person may act on it; a button of somebody else's changes nothing."""
    alert = await alerts.held(turn.db, deed.about)
    if alert is None or not await work.may_act(turn.db, alert, turn.person):
        turn.say(PASSED)
        return None
    return alert


def _redraw(turn: Turn, alert: Alert) -> None:
    turn.say(work.card(alert), Terms(edits=turn.tapped))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_open, command("peringatan"), From("officer", "head"))
    router.callback_query.register(page, Deed("alert_page"), From("officer", "head"))
    router.callback_query.register(show, Deed("alert_show"))
    router.callback_query.register(take, Deed("alert_take"))
    router.callback_query.register(contacted, Deed("alert_contacted"))
    router.callback_query.register(rebook, Deed("alert_rebook"))
    router.callback_query.register(close, Deed("alert_close"))
    return router
