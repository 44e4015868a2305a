"""What a client answers after a missed session, or after one that nobody recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery

from aftercare.casework.attendance import attendance_sheets, no_shows
from aftercare.messages import Message, Terms
from aftercare.records import sessions
from aftercare.records.sessions import Participant
from aftercare.rules import absences
from bot.filters import Deed, Done, From
from bot.flows import turns
from bot.flows.playing import PASSED, Stage, Turn

FLOW: Final = "missed_session"
#: An answer may come late; after this the officer has long had a better one.
_OPEN_FOR: Final = timedelta(days=14)


async def answered(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    """A reason, or a way back: what follows is a short conversation."""
    one = await _mine(turn, deed)
    if one is None:
        return
    if one.attendance is None:
        await _has_trouble(turn, one, deed.how)
    elif one.attendance != absences.ABSENT or deed.how not in (*no_shows.REASONS, *no_shows.THIRD):
        turn.say(PASSED)
    else:
        await no_shows.give_reason(turn.db, one, deed.how, turn.now)
        values = {"reason": deed.how, "moment": await no_shows.moment_of(turn.db, one)}
        await turns.begin(stage, turn, FLOW, values=values, subject=one.subject)


async def came(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Nobody recorded it, and the client was there: the officer hears it, nothing is counted."""
    one = await _unrecorded(turn, deed)
    if one is None:
        return
    one.says = "came"
    turn.say(Message("attendance.client.thanks_for_coming"))
    await attendance_sheets.pass_on_what_was_said(turn.db, one, turn.because())


async def trouble(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    one = await _unrecorded(turn, deed)
    if one is None:
        return
    rows = no_shows.rows(one, no_shows.REASONS)
    message = Message(
        "attendance.client.what_trouble", {}, rows, labels_of="no_show.client.reasons"
    )
    turn.say(message, Terms(edits=None))


async def _unrecorded(turn: Turn, deed: Done) -> Participant | None:
    """The client's own participation while nobody has recorded it."""
    one = await _mine(turn, deed)
    if one is None or one.attendance is None:
        return one
    turn.say(PASSED)
    return None


async def _has_trouble(turn: Turn, one: Participant, reason: str) -> None:
    if reason not in no_shows.REASONS:
        turn.say(PASSED)
        return
    one.says, one.reason = "trouble", reason
    turn.say(Message("attendance.client.thanks_for_saying"))
    await attendance_sheets.pass_on_what_was_said(turn.db, one, turn.because())


async def _mine(turn: Turn, deed: Done) -> Participant | None:
    """The client's own participation, not long ago; any other button changes nothing."""
    one = await sessions.participant(turn.db, deed.about)
    late = one is not None and turn.now - one.session.ends_at > _OPEN_FOR
    if one is None or one.client_id != turn.person.id or one.session.state != "booked" or late:
        turn.say(PASSED)
        return None
    return one


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(answered, Deed("missed"), From("client"))
    router.callback_query.register(came, Deed("came"), From("client"))
    router.callback_query.register(trouble, Deed("trouble"), From("client"))
    return router
