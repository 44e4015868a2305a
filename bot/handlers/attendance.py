"""Recording who was there, by the officer's taps and by the code that a client gives."""

from __future__ import annotations

import re
from typing import Any, Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.attendance import arrivals, attendance, attendance_sheets
from aftercare.messages import Message, Terms
from aftercare.records import attendance as records
from aftercare.records import sessions
from aftercare.records.sessions import Participant, Session
from aftercare.rules import absences
from aftercare.rules import attendance as rule
from bot.filters import Deed, Done, From, command
from bot.flows import turns
from bot.flows.playing import PASSED, Stage, Turn

_I: Final = r"(?:(?:aku|saya|sy|gue|gw|gua|abdi)\s+)?"
_DONE: Final = r"(?:sudah|udah|udh|uda|sdh|dah|tos|atos)"
_HERE: Final = r"(?:sampai|sampe|nyampai|nyampe|smpe|tiba|di\s+lokasi|di\s+tempat|dugi)"
_ARRIVED: Final = re.compile(
    rf"\W*{_I}(?:{_DONE}\s+(?:ada\s+)?)?{_HERE}(?:\s+(?:nih|ya|kak|pak|bu|di\s+(?:sini|tempat|lokasi)))*\W*",
    re.IGNORECASE,
)


class Arrived(BaseFilter):
    """ "Saya sudah sampai", in the ways in which people write it."""

    async def __call__(self, heard: Heard) -> bool | dict[str, Any]:
        return bool(_ARRIVED.fullmatch(heard.text or ""))


async def record(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """A tap on an outcome; the sheet is redrawn in place."""
    one = await _participant(turn, deed)
    if one is None:
        return
    if deed.how not in rule.OUTCOMES or rule.too_early(deed.how, one.session.starts_at, turn.now):
        turn.say(Message("attendance.staff.too_early", {"starts_at": one.session.starts_at}))
        return
    await attendance.record(turn.db, one, deed.how, by=turn.person, now=turn.now)
    await _redraw(turn, one.session_id)


async def more(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    one = await _participant(turn, deed)
    if one is not None:
        await _redraw(turn, one.session_id, changing=one.attendance is not None, opened=one.id)


async def show_sheet(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Opens the sheet, or with `all` gives the recorded ones their buttons back."""
    session = await records.session(turn.db, deed.about)
    if session is None or not await _may(turn, session):
        turn.say(PASSED)
    elif deed.how:
        await _redraw(turn, session.id, changing=True)
    else:
        turn.say(attendance_sheets.sheet(session, turn.person))


async def _redraw(turn: Turn, number: int, *, changing: bool = False, opened: int = 0) -> None:
    session = await records.session(turn.db, number)
    if session is not None:
        sheet = attendance_sheets.sheet(session, turn.person, changing=changing, opened=opened)
        turn.say(sheet, Terms(edits=turn.tapped))


async def _participant(turn: Turn, deed: Done) -> Participant | None:
    """The participant, where this person may record; a button of somebody else's does nothing."""
    one = await sessions.participant(turn.db, deed.about)
    if one is None or not await _may(turn, one.session):
        turn.say(PASSED)
        return None
    return one


async def _may(turn: Turn, session: Session) -> bool:
    return session.state == "booked" and await attendance.may_record(turn.db, session, turn.person)


async def arrived(_heard: Heard, turn: Turn, stage: Stage) -> None:
    """`/sampai`, or the words."""
    await _ask_for_the_code(turn, stage, await arrivals.here_for(turn.db, turn.person.id, turn.now))


async def arrived_tap(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    """The button of a reminder, which says which session is meant."""
    one = await sessions.participant(turn.db, deed.about)
    mine = one is not None and one.client_id == turn.person.id
    here = one if one and mine and arrivals.is_open(one, turn.now) else None
    await _ask_for_the_code(turn, stage, here)


async def _ask_for_the_code(turn: Turn, stage: Stage, one: Participant | None) -> None:
    if one is None:
        turn.say(Message("attendance.client.no_session_now"))
    elif one.attendance in absences.PRESENT:
        turn.say(Message("attendance.client.already_here"))
    elif one.code_tries >= rule.TRIES:
        turn.say(Message("attendance.client.tell_the_officer"))
    else:
        await turns.begin(stage, turn, arrivals.FLOW, subject=one.subject)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(arrived, command("sampai"), From("client"))
    router.message.register(arrived, Arrived(), From("client"))
    router.callback_query.register(arrived_tap, Deed("arrived"), From("client"))
    router.callback_query.register(record, Deed("attend"))
    router.callback_query.register(more, Deed("attend_more"))
    router.callback_query.register(show_sheet, Deed("attendance"))
    return router
