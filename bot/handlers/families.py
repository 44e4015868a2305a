"""`/keluarga` for the client, `/khawatir` for a relative."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.family import families as work
from aftercare.messages import Button, Message, Rows
from aftercare.records import people, relatives
from aftercare.records.people import Person
from aftercare.records.relatives import Relative
from bot.filters import Deed, Done, From, command
from bot.flows import playing, questions, turns
from bot.flows.playing import Stage, Turn
from bot.handlers import help as help_card

MOST: Final = 4
_INVITE: Final = (Button("invite", "d:family:0:invite"),)
_WEEKLY: Final = (Button("weekly", "d:family_programme:0:begin"),)


async def list_(_heard: Heard, turn: Turn) -> None:
    known = await relatives.of_client(turn.db, turn.person.id)
    if not known:
        turn.say(Message("family.client.none", {}, (_INVITE, _WEEKLY)))
        return
    who = await people.by_ids(turn.db, [one.person_id for one in known])
    lines = [_line(one, who[one.person_id]) for one in known]
    rows = tuple(_buttons(one, who[one.person_id]) for one in known)
    invite = (_INVITE,) if len(known) < MOST else ()
    turn.say(Message("family.client.list", {"lines": lines}, (*rows, *invite, _WEEKLY)))


def _line(relative: Relative, person: Person) -> Message:
    values: dict[str, object] = {"name": person.called, **work.relation_of(relative)}
    if not relative.is_active:
        return Message("family.client.line_waiting", values)
    return Message("family.client.line_active", {**values, "scopes": _scopes(relative)})


def _scopes(relative: Relative) -> Message:
    """One line of words, however many were ticked."""
    found = work.scope_lines(relative, "client")
    if not found:
        return Message("family.client.only_told")
    line = found[0]
    for more in found[1:]:
        line = Message("family.client.and", {"first": line, "more": more})
    return line


def _buttons(relative: Relative, person: Person) -> tuple[Button, ...]:
    values = {"name": person.called}
    deed = f"d:relative:{relative.id}"
    return Button("scopes", f"{deed}:scopes", values), Button("remove", f"{deed}:remove", values)


async def invite(_tap: CallbackQuery, turn: Turn, stage: Stage) -> None:
    if len(await relatives.of_client(turn.db, turn.person.id)) >= MOST:
        turn.say(playing.PASSED)
        return
    await turns.begin(stage, turn, "family_invite")


async def change(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    relative = await relatives.get(turn.db, deed.about)
    if relative is None or relative.client_id != turn.person.id or relative.ended_at is not None:
        turn.say(playing.PASSED)
        return
    name = (await people.get(turn.db, relative.person_id)).called
    match deed.how:
        case "scopes":
            values = {"name": name, questions.PICKED: list(relative.scopes)}
            await turns.begin(stage, turn, "family_scopes", values=values, subject=relative.subject)
        case "remove":
            turn.say(Message("family.client.remove_ask", {"name": name}, _sure(relative)))
        case "drop":
            await work.end(turn.db, relative, turn.now)
            turn.say(Message("family.client.removed", {"name": name}))
        case _:
            turn.say(Message("family.client.kept"))


def _sure(relative: Relative) -> Rows:
    deed = f"d:relative:{relative.id}"
    return ((Button("remove", f"{deed}:drop"), Button("keep", f"{deed}:keep")),)


async def worry(_heard: Heard, turn: Turn) -> None:
    active = [one for one in await relatives.of_person(turn.db, turn.person.id) if one.is_active]
    if len(active) == 1:
        await _ask_about(turn, active[0])
        return
    rows = []
    for one in active:
        name = work.known_as(await work.client_of(turn.db, one))
        rows.append((Button("who", f"d:worry:{one.id}:ask", {"client": name}),))
    turn.say(Message("family.family.worry_who", {}, tuple(rows)))


async def _ask_about(turn: Turn, relative: Relative) -> None:
    deed = f"d:worry:{relative.id}"
    rows = (
        (Button("tell", f"{deed}:tell"),),
        (Button("danger", f"{deed}:danger"), Button("keep", f"{deed}:keep")),
    )
    client = work.known_as(await work.client_of(turn.db, relative))
    turn.say(Message("family.family.worry_ask", {"client": client}, rows))


async def worried(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    relative = await relatives.get(turn.db, deed.about)
    if relative is None or relative.person_id != turn.person.id or not relative.is_active:
        turn.say(playing.PASSED)
        return
    match deed.how:
        case "ask":
            await _ask_about(turn, relative)
        case "tell":
            opened = await work.worry(turn.db, relative, turn.now)
            client = work.known_as(await work.client_of(turn.db, relative))
            moment = "told" if opened else "waits"
            turn.say(Message(f"family.family.worry_{moment}", {"client": client}))
        case "danger":
            await help_card.to_family(turn)
        case _:
            turn.say(Message("family.family.worry_kept"))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_, command("keluarga"), From("client"))
    router.message.register(worry, command("khawatir"), From("family"))
    router.callback_query.register(invite, Deed("family"), From("client"))
    router.callback_query.register(change, Deed("relative"), From("client"))
    router.callback_query.register(worried, Deed("worry"), From("family"))
    return router
