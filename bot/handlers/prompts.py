"""Answers to the prompts of the family programme, and beginning or ending it, for both readers."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery

from aftercare.casework import hotlines
from aftercare.casework.family import family_programmes as programme
from aftercare.casework.family import family_safety
from aftercare.casework.family import prompts as work
from aftercare.messages import Button, Message
from aftercare.records.family_programmes import Way
from aftercare.records.prompts import Prompt
from bot.filters import Deed, Done, From
from bot.flows import playing, turns
from bot.flows.playing import Stage, Turn
from bot.handlers import menu

PROGRAMME: Final = "family_programme"
NOT_MINE: Final = "family_week"
#: In how many ways a yes is welcomed, one week after the other.
_WAYS: Final = 3
_SHOWN: Final = 4


async def begin(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if deed.how == "off":
        await programme.choose(turn.db, turn.person, "off", None, turn.now)
        turn.say(Message("prompt.client.off"))
        return
    await turns.begin(stage, turn, PROGRAMME)


async def _answered(deed: Done, turn: Turn) -> Prompt | None:
    """The prompt, with its answer kept; None when this button is no longer of use, and said so."""
    one = await work.of(turn.db, turn.person, deed.about, deed.how)
    if one is None:
        turn.say(playing.PASSED)
        return None
    work.answer(turn.db, one, turn.person, deed.how, turn.now)
    return one


async def client_answers(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    """ "Akan kulakukan" is asked about later; what does not fit is asked about now."""
    one = await _answered(deed, turn)
    if one is None:
        return
    match deed.how:
        case "did":
            turn.say(Message(f"prompt.client.did_{one.id % _WAYS + 1}"))
        case "later":
            turn.say(Message("prompt.client.later"))
        case "not_mine":
            await turns.begin(stage, turn, NOT_MINE)
        case "again" | "enough":
            await _go_on(turn, stage, again=deed.how == "again")
        case exercise:
            await _start(stage, turn, exercise)


async def _start(stage: Stage, turn: Turn, exercise: str) -> None:
    flow = stage.flows.get(exercise)
    if flow is None or flow.module is None:
        turn.say(playing.PASSED)
        return
    await turns.begin(stage, turn, exercise)


async def _go_on(turn: Turn, stage: Stage, *, again: bool) -> None:
    """After the twelfth week: from the beginning, in the way it was, or no more of it.

    A client who stopped meanwhile is asked first whether home is safe.
    """
    way = await family_safety.way_of(turn.db, turn.person.id)
    if again and way in ("off", "asked") and turn.person.audience == "client":
        await turns.begin(stage, turn, PROGRAMME)
        return
    kept: Way = "trusted" if way == "trusted" and turn.person.audience == "client" else "family"
    chosen: Way = kept if again else "off"
    await programme.choose(turn.db, turn.person, chosen, None, turn.now)
    turn.say(Message(f"prompt.{turn.person.audience}.{'again' if again else 'enough'}"))


async def came_of_it(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    one = await work.came_of_it(turn.db, turn.person, deed.about, deed.how)
    turn.say(Message(f"prompt.client.came_{one.outcome}") if one else playing.PASSED)


async def relative_answers(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    """For the relative alone: neither the client nor staff ever see it."""
    if await _answered(deed, turn) is None:
        return
    match deed.how:
        case "did":
            turn.say(Message("prompt.family.did"))
        case "hard":
            row = (menu.button("khawatir", "worry"), DANGER)
            turn.say(Message("prompt.family.hard", {}, ((menu.button("belajar", "learn"),), row)))
        case "again" | "enough":
            await _go_on(turn, stage, again=deed.how == "again")
        case _:
            show_danger(turn)


#: The way to help that stands under everything relatives get.
DANGER: Final = Button("danger", "d:danger:0:ask")


def show_danger(turn: Turn) -> None:
    rows = (
        (Button("violence", "d:danger:0:violence"),),
        (Button("unconscious", "d:danger:0:unconscious"),),
        (menu.button("khawatir", "worry"),),
    )
    turn.say(Message("prompt.family.danger", {}, rows))


async def danger(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """Threats or violence, or somebody who does not wake up: whom to call, and never alone."""
    if deed.how not in ("violence", "unconscious"):
        show_danger(turn)
        return
    card = "violence" if deed.how == "violence" else "overdose"
    office = turn.person.office_id
    numbers = await hotlines.lines(turn.db, office, card, turn.now, at_most=_SHOWN)
    rows = ((Button("call_me", "d:crisis_call:0"),), (menu.button("khawatir", "worry"),))
    turn.say(Message(f"prompt.family.{deed.how}", {"numbers": numbers}, rows))


async def weekly(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    """A relative stops the weekly message, or wants it again."""
    wants = deed.how == "on"
    await programme.choose(turn.db, turn.person, "family" if wants else "off", None, turn.now)
    turn.say(Message(f"prompt.family.{'wanted' if wants else 'enough'}"))


def router() -> Router:
    router = Router(name=__name__)
    router.callback_query.register(begin, Deed(PROGRAMME), From("client"))
    router.callback_query.register(client_answers, Deed("prompt"), From("client"))
    router.callback_query.register(relative_answers, Deed("prompt"), From("family"))
    router.callback_query.register(came_of_it, Deed("prompt_done"), From("client"))
    router.callback_query.register(danger, Deed("danger"), From("family"))
    router.callback_query.register(weekly, Deed("weekly"), From("family"))
    return router
