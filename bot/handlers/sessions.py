"""Booking, readiness, changes and trouble: what clients and officers tap and type of sessions."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.sessions import agenda, changes, invitations, plans, reminders, sessions
from aftercare.casework.sessions.plans import BookingError
from aftercare.messages import Button, Message
from aftercare.records import people
from aftercare.records import sessions as records
from aftercare.records.sessions import ChangeRequest, Participant
from bot.filters import Deed, Done, From, command
from bot.flows.playing import PASSED, Stage, Turn
from bot.flows.turns import begin


async def show_agenda(_heard: Heard, turn: Turn) -> None:
    """`/jadwal` of a client."""
    turn.say(await agenda.card(turn.db, turn.person.id, turn.now))


async def schedule(_heard: Heard, command: CommandObject, turn: Turn, stage: Stage) -> None:
    """`/jadwalkan Budi besok jam 9 konseling di ruang 2`, or step by step without the rest."""
    await begin(stage, turn, "session_booking", values={"request": command.args or ""})


async def calendar(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    one = await records.participant(turn.db, deed.about)
    if one is None or one.client_id != turn.person.id or not reminders.is_ahead(one, turn.now):
        turn.say(PASSED)
        return
    turn.say(agenda.file(one))


async def ready(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if one := await _mine(turn, deed):
        one.readiness = "ready"
        host = await people.get(turn.db, one.session.officer_id)
        turn.say(invitations.card("ready", one, host))


async def change(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    await _begin(turn, deed, stage, "session_change")


async def trouble(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    await _begin(turn, deed, stage, "session_trouble")


async def _begin(turn: Turn, deed: Done, stage: Stage, flow: str) -> None:
    if one := await _mine(turn, deed):
        host = await people.get(turn.db, one.session.officer_id)
        known = invitations.values(one, host)
        await begin(stage, turn, flow, values=known, subject=invitations.about(one))


async def _mine(turn: Turn, deed: Done) -> Participant | None:
    """The client's own session at the time the button was about; else it has passed."""
    one = await records.participant(turn.db, deed.about)
    if one is None or one.client_id != turn.person.id or not reminders.is_ahead(one, turn.now):
        turn.say(PASSED)
        return None
    if deed.how != str(one.session.version):
        host = await people.get(turn.db, one.session.officer_id)
        turn.say(invitations.card("old_button", one, host, "ready", "change", "trouble"))
        return None
    return one


async def show_wish(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """From the card of an alert: the wish once more, with its three answers."""
    if wish := await _answerable(turn, deed):
        turn.say(await changes.card_for(turn.db, wish, turn.person))


async def agree(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if wish := await _answerable(turn, deed):
        try:
            await changes.accept(turn.db, wish, by=turn.person, now=turn.now)
        except BookingError as refused:
            turn.say(Message(f"session.staff.refused_{refused.code}"))
            return
        turn.say(_told("change_accepted", wish))


async def decline(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if wish := await _answerable(turn, deed):
        await changes.refuse(turn.db, wish, by=turn.person, now=turn.now)
        turn.say(_told("change_refused", wish))


async def offer_another(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """ "Usul lain": hours at which both are free, one tap each; then the client is asked."""
    if (wish := await _answerable(turn, deed)) is None:
        return
    if proposed := changes.from_stamp(deed.how):
        await _propose(turn, wish, proposed)
        return
    officer = await people.get(turn.db, wish.participant.session.officer_id)
    found = await changes.free_slots(turn.db, wish.participant, officer, turn.now)
    rows = tuple(
        (Button("slot", f"d:change_other:{wish.id}:{changes.stamp(at)}", {"at": at}),)
        for at in found
    )
    moment = "pick_slot" if rows else "no_slot"
    turn.say(Message(f"session.staff.{moment}", _told(moment, wish).values, rows))


async def _propose(turn: Turn, wish: ChangeRequest, at: datetime) -> None:
    try:
        await changes.propose(turn.db, wish, at, by=turn.person, now=turn.now)
    except BookingError as refused:
        turn.say(Message(f"session.staff.refused_{refused.code}"))
        return
    told = _told("proposed", wish)
    turn.say(Message(told.key, {**told.values, "proposed_at": at}))


def _told(moment: str, wish: ChangeRequest) -> Message:
    one = wish.participant
    values = {"client": one.client.person.name or one.client.code, "wished_at": wish.wished_at}
    return Message(f"session.staff.{moment}", {**values, "starts_at": one.session.starts_at})


async def _answerable(turn: Turn, deed: Done) -> ChangeRequest | None:
    """An open wish that this member of staff may answer; every other button has passed."""
    wish = await records.change(turn.db, deed.about)
    if wish is None or not await changes.may_answer(turn.db, wish, turn.person):
        turn.say(PASSED)
        return None
    if not changes.is_open(wish, turn.now) or wish.proposed_at is not None:
        turn.say(_told("already_answered", wish))
        return None
    return wish


async def accept_proposal(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    await _answer_proposal(turn, deed, yes=True)


async def decline_proposal(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    await _answer_proposal(turn, deed, yes=False)


async def _answer_proposal(turn: Turn, deed: Done, *, yes: bool) -> None:
    wish = await records.change(turn.db, deed.about)
    mine = wish is not None and wish.participant.client_id == turn.person.id
    if wish is None or not mine or not changes.is_open(wish, turn.now):
        turn.say(PASSED)
        return
    if wish.proposed_at is None or changes.stamp(wish.proposed_at) != deed.how:
        turn.say(PASSED)
        return
    try:
        await changes.answer_proposal(turn.db, wish, yes=yes, now=turn.now)
    except BookingError:
        turn.say(PASSED)
        return
    moment = "proposal_taken" if yes else "proposal_left"
    turn.say(Message(f"session.client.{moment}", {"at": wish.proposed_at}))


async def go_online(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """The officer lets a client meet on a screen instead."""
    one = await records.participant(turn.db, deed.about)
    if one is None or not await changes.may_lead(turn.db, one.session, turn.person):
        turn.say(PASSED)
        return
    try:
        plans.check_open(one.session, turn.now)
    except BookingError as refused:
        turn.say(Message(f"session.staff.refused_{refused.code}"))
        return
    if one.session.mode == "in_person" and deed.how == str(one.session.version):
        await sessions.go_online(turn.db, one, now=turn.now)
    turn.say(Message("session.staff.online_now", {"client": one.client.person.name}))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show_agenda, command("jadwal"), From("client"))
    router.message.register(schedule, command("jadwalkan"), From("officer"))
    router.callback_query.register(calendar, Deed("session_calendar"))
    router.callback_query.register(ready, Deed("session_ready"), From("client"))
    router.callback_query.register(change, Deed("session_change"), From("client"))
    router.callback_query.register(trouble, Deed("session_trouble"), From("client"))
    router.callback_query.register(show_wish, Deed("change_show"))
    router.callback_query.register(agree, Deed("change_yes"))
    router.callback_query.register(decline, Deed("change_no"))
    router.callback_query.register(offer_another, Deed("change_other"))
    router.callback_query.register(accept_proposal, Deed("proposal_yes"))
    router.callback_query.register(decline_proposal, Deed("proposal_no"))
    router.callback_query.register(go_online, Deed("go_online"))
    return router
