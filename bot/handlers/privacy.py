"""`/privasi`: who sees what, who has looked, a copy of it all, and erasing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.casework.family import families
from aftercare.casework.rights import data_copy, erasing, sight
from aftercare.messages import Button, Media, Message
from aftercare.records import audit, clients, consents, conversations, people, relatives
from aftercare.records.audit import Look
from bot.filters import Deed, Done, From, command
from bot.flows import playing, turns
from bot.flows.playing import Stage, Turn
from bot.handlers import menu

_FLOWS: Final = ("sharing", "settings")
_LOOKS: Final = (
    "alert", "client_card", "weekly_answers", "officer_message", "officer_message_sent",
    "crisis_words",
)  # fmt: skip
_SHOWN: Final = 8
#: A button that erases everything is good for an hour.
_GOOD_FOR: Final = timedelta(hours=1)


async def show(_heard: Heard, turn: Turn) -> None:
    client = await clients.get(turn.db, turn.person.id)
    turn.say(await sight.seen(turn.db, client))
    rows = (
        (Button("sharing", "d:settings:0:sharing"),),
        (Button("settings", "d:settings:0:settings"),),
        (menu.button("siapa", "looked"), menu.button("data")),
        (menu.button("hapus"),),
    )
    lines = {"lines": await _consents(turn)}
    turn.say(Message("privacy.client.consents", lines, rows))


async def _consents(turn: Turn) -> list[Message]:
    newest = await consents.newest(turn.db, turn.person.id)
    lines = [
        Message(f"privacy.client.{'given' if one.given else 'refused'}_{kind}", {"at": one.at})
        for kind in (*consents.KINDS, *consents.LATER)
        if (one := newest.get(kind))
    ]
    return lines or [Message("privacy.client.no_consents")]


async def change(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if deed.how not in _FLOWS:
        turn.say(playing.PASSED)
        return
    await turns.begin(stage, turn, deed.how)


async def who_looked(_heard: Heard, turn: Turn) -> None:
    """Staff only: what the client did does not belong here."""
    looks = await audit.of_client(turn.db, turn.person.id)
    found = [look for look in looks if look.by_id != turn.person.id][-_SHOWN:]
    if not found:
        turn.say(Message("privacy.client.nobody_looked"))
        return
    who = await people.by_ids(turn.db, [look.by_id for look in found])
    lines = [_look(look, who[look.by_id].called) for look in reversed(found)]
    turn.say(Message("privacy.client.looked", {"lines": lines}))


def _look(look: Look, who: str) -> Message:
    known = (one for one in _LOOKS if look.what in (one, f"{one}_{look.what.rpartition('_')[2]}"))
    what = max(known, key=len, default="other")
    values = {"at": look.at, "who": who, "what": Message(f"privacy.client.what_{what}")}
    return Message("privacy.client.look", values)


async def ask_for_copy(_heard: Heard, turn: Turn) -> None:
    row = (Button("send", "d:data:0:send"), Button("later", "d:data:0:later"))
    turn.say(Message("privacy.client.copy_ask", {}, (row,)))


async def send_copy(_tap: CallbackQuery, deed: Done, turn: Turn) -> None:
    if deed.how == "send":
        _copy(turn, "privacy.client.copy")
    else:
        turn.say(Message("privacy.client.copy_later"))


async def send_copy_to_family(_heard: Heard, turn: Turn) -> None:
    _copy(turn, "privacy.family.copy")


def _copy(turn: Turn, key: str) -> None:
    media = Media(data_copy.PRODUCER, {"person": turn.person.id})
    turn.say(Message(key, media=media))


async def ask_to_erase(_heard: Heard, turn: Turn) -> None:
    moment = int(turn.now.timestamp())
    row = (Button("erase", f"d:erase:{moment}:erase"), Button("keep", f"d:erase:{moment}:keep"))
    turn.say(Message("privacy.client.erase_ask", {}, (row,)))


async def ask_to_erase_relative(_heard: Heard, turn: Turn) -> None:
    moment = int(turn.now.timestamp())
    row = (Button("erase", f"d:erase:{moment}:erase"), Button("keep", f"d:erase:{moment}:keep"))
    turn.say(Message("privacy.family.erase_ask", {}, (row,)))


async def erase_relative(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if turn.now.timestamp() - deed.about > _GOOD_FOR.total_seconds():
        live = await conversations.live(turn.db, turn.person.id)
        await turns.say_passed(stage, turn, live)
    elif deed.how == "erase":
        await erasing.erase_relative(turn.db, turn.person, turn.now)
        turn.say(Message("privacy.family.erased"), erasing.goodbye(turn.person))
    else:
        turn.say(Message("privacy.family.erase_kept"))


async def erase(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    if turn.now.timestamp() - deed.about > _GOOD_FOR.total_seconds():
        live = await conversations.live(turn.db, turn.person.id)
        await turns.say_passed(stage, turn, live)
    elif deed.how == "erase":
        client = await clients.get(turn.db, turn.person.id)
        await erasing.erase(turn.db, client, turn.now)
        turn.say(Message("privacy.client.erased"), erasing.goodbye(client))
    else:
        turn.say(Message("privacy.client.erase_kept"))


async def show_family(_heard: Heard, turn: Turn) -> None:
    active = [one for one in await relatives.of_person(turn.db, turn.person.id) if one.is_active]
    lines = [line for one in active for line in families.scope_lines(one, "family")]
    values = {"lines": lines or [Message("privacy.family.nothing")]}
    turn.say(Message("privacy.family.seen", values, menu.row("data", "hapus")))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(show, command("privasi"), From("client"))
    router.message.register(show_family, command("privasi"), From("family"))
    router.message.register(who_looked, command("siapa"), From("client"))
    router.message.register(ask_for_copy, command("data"), From("client"))
    router.message.register(send_copy_to_family, command("data"), From("family"))
    router.message.register(ask_to_erase, command("hapus"), From("client"))
    router.callback_query.register(change, Deed("settings"), From("client"))
    router.callback_query.register(send_copy, Deed("data"), From("client"))
    router.message.register(ask_to_erase_relative, command("hapus"), From("family"))
    router.callback_query.register(erase, Deed("erase"), From("client"))
    router.callback_query.register(erase_relative, Deed("erase"), From("family"))
    return router
