"""What an officer does with a session that is booked: move it, or call it off."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from aftercare.casework.sessions import changes, plans, sessions
from aftercare.casework.sessions.plans import BookingError
from aftercare.messages import Button, Message
from aftercare.records import sessions as records
from aftercare.records.sessions import Session
from bot.filters import Deed, Done, From
from bot.flows.playing import PASSED, Stage, Turn
from bot.flows.turns import begin


async def move(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if session := await _led(turn, deed):
        known = {**plans.values(session), "needed": Message("session.staff.no_moment")}
        about = f"session:{session.id}@{session.version}"
        await begin(stage, turn, "session_move", values=known, subject=about)


async def cancel(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """The first tap asks, the second one counts."""
    if session := await _led(turn, deed):
        how = f"{session.id}:{session.version}"
        rows = ((Button("yes", f"d:session_cancel_yes:{how}"),),)
        turn.say(Message("session.staff.really_cancel", plans.values(session), rows))


async def cancel_now(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if session := await _led(turn, deed):
        await sessions.cancel(turn.db, session, by=turn.person, now=turn.now)
        turn.say(Message("session.staff.cancelled", plans.values(session)))


async def _led(turn: Turn, deed: Done) -> Session | None:
    """The session at the time the button was about, where this person leads it."""
    session = await records.get(turn.db, deed.about)
    if session is None or not await changes.may_lead(turn.db, session, turn.person):
        turn.say(PASSED)
        return None
    try:
        plans.check_open(session, turn.now)
    except BookingError as refused:
        turn.say(Message(f"session.staff.refused_{refused.code}"))
        return None
    if deed.how != str(session.version):
        turn.say(PASSED)
        return None
    return session


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(move, Deed("session_move"), From("officer"))
    router.callback_query.register(cancel, Deed("session_cancel"), From("officer"))
    router.callback_query.register(cancel_now, Deed("session_cancel_yes"), From("officer"))
    return router
