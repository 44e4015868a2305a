"""The door of the house: who has just come in, who comes back, and who has not said yes."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.family import families
from aftercare.casework.staff import digests, partners
from aftercare.casework.taking_part import welcome as work
from aftercare.messages import Message
from aftercare.records import clients, conversations, outbox, people
from aftercare.records.relatives import Relative
from bot.flows import taps, turns
from bot.flows.playing import Stage, Turn
from bot.handlers import menu

#: The office may invite a relative for whom the client has not ticked anything yet.
_NOTHING_YET: Final = Message("privacy.family.nothing")


async def open_(turn: Turn, stage: Stage) -> None:
    """A one-time link was opened: the menu of the role, then the first words."""
    outbox.show_menu(turn.db, to=turn.person, because=turn.because())
    if turn.person.audience not in ("client", "family"):
        await digests.arm(turn.db, turn.person, turn.now)
        turn.say(Message(f"welcome.{turn.person.audience}.hello"))
    elif await work.is_outside(turn.db, turn.person) or await _is_asked(turn):
        await _begin(turn, stage)
    else:
        turn.say(Message(f"link.{turn.person.audience}.back"))
        await _go_on(turn, stage)


async def greet(turn: Turn, stage: Stage) -> None:
    """`/start` of somebody known: the open question again, the welcome, or the menu."""
    if await turns.resume(stage, turn):
        return
    if await work.is_outside(turn.db, turn.person) or await _is_asked(turn):
        await _begin(turn, stage)
        return
    turn.say(menu.overview(turn.person.audience))


async def _go_on(turn: Turn, stage: Stage) -> None:
    if not await turns.resume(stage, turn):
        turn.say(menu.overview(turn.person.audience))


async def _is_asked(turn: Turn) -> bool:
    return (
        turn.person.audience == "family"
        and await families.open_invitation(turn.db, turn.person) is not None
    )


async def _begin(turn: Turn, stage: Stage) -> None:
    if turn.person.audience == "client":
        await turns.begin(stage, turn, "welcome")
        return
    if turn.person.audience == "partner":
        partners.come_back(turn.person)
        turn.say(Message("control.partner.back"))
        turn.say(menu.overview("partner"))
        return
    relative = await families.open_invitation(turn.db, turn.person)
    if relative is None:
        turn.say(Message("welcome.family.not_yet"))
        return
    values = await _invitation(turn, relative)
    await turns.begin(stage, turn, "family_welcome", values=values, subject=relative.subject)


async def _invitation(turn: Turn, relative: Relative) -> dict[str, object]:
    client = await clients.get(turn.db, relative.client_id)
    officer = await people.get(turn.db, client.officer_id)
    return {
        "client": families.known_as(client),
        "scopes": families.scope_lines(relative, "family") or [_NOTHING_YET],
        "office_officer": officer.called,
    }


class Outside(BaseFilter):
    """Not part of it yet, or not any more; answers to an open conversation still go through."""

    async def __call__(self, event: Heard | CallbackQuery, turn: Turn) -> bool:
        return await work.is_outside(turn.db, turn.person) and not await _answers(event, turn)


async def _answers(event: Heard | CallbackQuery, turn: Turn) -> bool:
    if isinstance(event, CallbackQuery):
        return taps.unpack(event.data) is not None
    if (event.text or "").startswith("/"):
        return False
    return await conversations.live(turn.db, turn.person.id) is not None


async def not_yet(_event: Heard | CallbackQuery, turn: Turn) -> None:
    turn.say(Message(f"welcome.{turn.person.audience}.not_yet"))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(not_yet, Outside())
    router.callback_query.register(not_yet, Outside())
    return router
