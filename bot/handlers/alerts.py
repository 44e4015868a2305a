"""What staff do with an alert: take it, say it is being handled, close it with a reason."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework import alerts as work
from aftercare.messages import Button, Message, Terms
from aftercare.records import alerts, audit
from aftercare.records.alerts import Alert
from bot.filters import Deed, Done, From, command
from bot.flows.turns import PASSED, Turn

SHOWN = 10


async def list_open(_heard: Heard, turn: Turn) -> None:
    """`/peringatan`: what is open, most urgent first."""
    if turn.person.audience == "head":
        found = await alerts.unclosed(turn.db, turn.person.office_id or 0)
    else:
        found = await alerts.of_staff(turn.db, turn.person.id)
    if not found:
        turn.say(Message("alert.staff.none"))
        return
    lines = [_line(alert) for alert in found[:SHOWN]]
    rows = tuple((_show(alert),) for alert in found[:SHOWN])
    turn.say(Message("alert.staff.list", {"count": len(found), "lines": lines}, rows))


def _line(alert: Alert) -> Message:
    values = {
        "client": alert.client.person.name,
        "title": Message(f"alert.staff.title_{alert.kind}"),
        "since": alert.opened_at,
    }
    return Message(f"alert.staff.line_{alert.level}", values)


def _show(alert: Alert) -> Button:
    return Button("show", f"d:alert_show:{alert.id}", {"client": alert.client.person.name})


async def show(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if alert := await _allowed(turn, deed):
        audit.note(turn.db, alert.client_id, by_id=turn.person.id, what="alert", now=turn.now)
        turn.say(work.card(alert))


async def take(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if alert := await _allowed(turn, deed):
        if (
            not work.take(turn.db, alert, turn.person, turn.now)
            and alert.taken_by != turn.person.id
        ):
            turn.say(Message("alert.staff.somebody_was_faster"))
        _redraw(turn, alert)


async def contacted(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if alert := await _allowed(turn, deed):
        work.contacted(turn.db, alert, turn.person, turn.now)
        _redraw(turn, alert)


async def close(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """The first tap asks for a reason, the second gives it."""
    alert = await _allowed(turn, deed)
    if alert is None:
        return
    if not deed.how:
        turn.say(
            Message("alert.staff.why_close", {"client": alert.client.person.name}, _reasons(alert))
        )
    elif work.close(turn.db, alert, deed.how, by=turn.person, now=turn.now):
        turn.say(Message("alert.staff.closed", {"client": alert.client.person.name}))


def _reasons(alert: Alert) -> tuple[tuple[Button, ...], ...]:
    return tuple(
        (Button(reason, f"d:alert_close:{alert.id}:{reason}"),) for reason in work.CLOSE_REASONS
    )


async def _allowed(turn: Turn, deed: Done) -> Alert | None:
    """The alert, where this person may act on it; a button of somebody else's changes nothing."""
    alert = await alerts.get(turn.db, deed.about)
    if alert is None or not await work.may_act(turn.db, alert, turn.person):
        turn.say(PASSED)
        return None
    return alert


def _redraw(turn: Turn, alert: Alert) -> None:
    turn.say(work.card(alert), Terms(edits=turn.tapped))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_open, command("peringatan"), From("officer", "head"))
    router.callback_query.register(show, Deed("alert_show"))
    router.callback_query.register(take, Deed("alert_take"))
    router.callback_query.register(contacted, Deed("alert_contacted"))
    router.callback_query.register(close, Deed("alert_close"))
    return router
