"""`/pesan` and `/balas`: words between a client and the officer."""

from __future__ import annotations

from typing import Final

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.staff import caseloads
from aftercare.casework.staff import officer_messages as work
from aftercare.messages import Button, Message, Terms
from aftercare.records import clients, officer_messages
from aftercare.records.clients import Client
from aftercare.records.officer_messages import Note
from aftercare.rules import names
from aftercare.rules.names import Known
from bot.filters import Deed, Done, From, command
from bot.flows import turns
from bot.flows.playing import PASSED, Stage, Turn

SHOWN: Final = 8
_LONGEST_NAME: Final = 4


async def leave(_heard: Heard, command: CommandObject, turn: Turn, stage: Stage) -> None:
    """`/pesan` of a client, also with the words behind it."""
    values = {"words": command.args} if command.args else {}
    await turns.begin(stage, turn, "officer_message", values=values)


async def write(_heard: Heard, command: CommandObject, turn: Turn, stage: Stage) -> None:
    """`/pesan Budi besok jam 9, ya` of an officer; a name that is not clear is asked."""
    caseload = {one.id: one for one in await caseloads.of(turn.db, turn.person, turn.now)}
    words = (command.args or "").split()
    who, size = _named(words, caseload)
    if len(who) == 1:
        rest = (command.args or "").split(maxsplit=size)[size:]
        await _begin(turn, stage, caseload[who[0]], rest[0] if rest else "")
        return
    near = who or names.guess(words[0] if words else "", _known(caseload)) or tuple(caseload)
    rows = tuple((_to(caseload[one]),) for one in near[:SHOWN])
    turn.say(Message("officer_message.officer.to_whom", {}, rows))


def _named(words: list[str], caseload: dict[int, Client]) -> tuple[tuple[int, ...], int]:
    """Whoever the first words name, and how many words the name has."""
    known = _known(caseload)
    for size in range(min(_LONGEST_NAME, len(words)), 0, -1):
        found, left = names.find(words[:size], known)
        if not left and (found.candidates or len(found.ids) == 1):
            return found.candidates or found.ids, size
    return (), 0


def _known(caseload: dict[int, Client]) -> list[Known]:
    return [Known(n, one.person.name or "", one.person.called) for n, one in caseload.items()]


def _to(client: Client) -> Button:
    return Button("to", f"d:note_to:{client.id}", {"client": client.person.called})


async def write_to(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    client = await clients.find(turn.db, deed.about)
    if client is None or not await caseloads.may_see(turn.db, client, turn.person):
        turn.say(PASSED)
        return
    await _begin(turn, stage, client, "")


async def _begin(
    turn: Turn, stage: Stage, client: Client, words: str, note: Note | None = None
) -> None:
    values = {"client": client.person.called, **({"words": words} if words else {})}
    subject = note.subject if note else f"client:{client.id}"
    await turns.begin(stage, turn, "officer_reply", values=values, subject=subject)


async def choose(_heard: Heard, turn: Turn, stage: Stage) -> None:
    """`/balas`: the only one at once, or a button for each."""
    found = await officer_messages.unanswered_by(turn.db, turn.person.id, at_most=SHOWN)
    if not found:
        turn.say(Message("officer_message.officer.all_answered"))
        return
    whose = await clients.by_ids(turn.db, [one.client_id for one in found])
    if len(found) == 1:
        await _begin(turn, stage, whose[found[0].client_id], "", found[0])
        return
    rows = tuple((_reply_to(one, whose[one.client_id]),) for one in found)
    turn.say(Message("officer_message.officer.to_answer", {}, rows))


def _reply_to(note: Note, client: Client) -> Button:
    values = {"client": client.person.called, "at": note.written_at}
    return Button("reply", f"d:note_reply:{note.id}", values)


async def reply(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if note := await _allowed(turn, deed):
        await _begin(turn, stage, await clients.get(turn.db, note.client_id), "", note)


async def read(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if note := await _allowed(turn, deed):
        await work.read(turn.db, note, turn.person, turn.now)
        shown = work.card(note, await clients.get(turn.db, note.client_id))
        turn.say(shown, Terms(edits=turn.tapped, subject=note.subject))


async def _allowed(turn: Turn, deed: Done) -> Note | None:
    note = await officer_messages.get(turn.db, deed.about)
    if note is None or not await work.may_answer(turn.db, note, turn.person):
        turn.say(PASSED)
        return None
    return note


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(leave, command("pesan"), From("client"))
    router.message.register(write, command("pesan"), From("officer"))
    router.message.register(choose, command("balas"), From("officer"))
    router.callback_query.register(write_to, Deed("note_to"), From("officer"))
    router.callback_query.register(reply, Deed("note_reply"), From("officer"))
    router.callback_query.register(read, Deed("note_read"), From("officer"))
    return router
