"""Buttons around a family session: whom the client lets be invited, and who of them comes."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from aftercare.casework.family import family_coming, family_safety
from aftercare.casework.family import family_sessions as work
from aftercare.messages import Button, Message
from aftercare.records import family_invitations, people, sessions
from aftercare.records.family_invitations import FamilyInvitation
from bot.filters import Deed, Done, From
from bot.flows import playing
from bot.flows.playing import Turn

_PASSED = Message("family_session.family.passed")


async def invite(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """The client's yes for one relative, or for nobody."""
    one = await sessions.participant(turn.db, deed.about)
    if one is None or one.client_id != turn.person.id:
        turn.say(playing.PASSED)
        return
    if not deed.how.startswith("r"):
        turn.say(Message("family_session.client.nobody"))
        return
    number = deed.how.removeprefix("r")
    made = await work.allow(turn.db, one, int(number), turn.now) if number.isdecimal() else None
    if made is None:
        turn.say(Message("family_session.client.passed"))
        return
    turn.say(Message("family_session.client.invited", {"name": made.person.called}))


async def answer(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    one = await _open(turn, deed.about)
    if one is None:
        turn.say(_PASSED)
    elif deed.how in ("coming", "not_coming"):
        await family_coming.answer(turn.db, one, deed.how, turn.now)
        turn.say(Message(f"family_session.family.{deed.how}"))
    elif deed.how in family_coming.QUESTIONS:
        await family_coming.ask(turn.db, one, deed.how, turn.now)
        turn.say(Message("family_session.family.question_sent"))
    else:
        await _show_questions(turn, one)


async def _show_questions(turn: Turn, one: FamilyInvitation) -> None:
    """A short list instead of own words: nothing about the client can be carried along."""
    host = await people.get(turn.db, one.participant.session.officer_id)
    deed = f"d:family_session:{one.id}"
    rows = tuple((Button(name, f"{deed}:{name}"),) for name in family_coming.QUESTIONS)
    turn.say(Message("family_session.family.pick_question", {"host": host.called}, rows))


async def _open(turn: Turn, number: int) -> FamilyInvitation | None:
    """Their own invitation, while the session lies ahead and the client's scope holds."""
    one = await family_invitations.get(turn.db, number)
    if one is None or one.person_id != turn.person.id or not one.relative.may("invitations"):
        return None
    if await family_safety.why_not_meet(turn.db, one.relative):
        return None
    return one if work.is_open(one.participant, turn.now) else None


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(invite, Deed("family_ask"), From("client"))
    router.callback_query.register(answer, Deed("family_session"), From("family"))
    return router
