"""`/latihan`: the exercises by need; `/jeda` and `/lanjut` in the middle of one."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.messages import Button, Message
from aftercare.records import conversations
from aftercare.records.conversations import State
from bot.filters import Deed, Done, From, command
from bot.flows import turns
from bot.flows.model import Flow
from bot.flows.turns import Stage, Turn


class InModule(BaseFilter):
    """The person's conversation in this state is an exercise."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def __call__(self, _heard: Heard, turn: Turn, stage: Stage) -> bool:
        row = await conversations.oldest(turn.db, turn.person.id, self.state)
        flow = stage.flows.get(row.flow) if row and row.expires_at > turn.now else None
        return flow is not None and flow.module is not None


def _modules(stage: Stage) -> list[tuple[Flow, dict[str, Any]]]:
    """Those that help with the same need stand together."""
    found = [(flow, dict(flow.module)) for flow in stage.flows.values() if flow.module]
    return sorted(found, key=lambda one: (str(one[1]["need"]), str(one[1]["id"])))


async def list_modules(_heard: Heard, turn: Turn, stage: Stage) -> None:
    found = _modules(stage)
    lines = [Message(f"module.client.line_{about['need']}", about) for _, about in found]
    rows = tuple(
        (Button("start", f"d:module:{turn.person.id}:{flow.name}", about),) for flow, about in found
    )
    turn.say(Message("module.client.list", {"lines": lines}, rows))


async def start(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    flow = stage.flows.get(deed.how)
    if flow is None or flow.module is None:
        turn.say(turns.PASSED)
        return
    await turns.begin(stage, turn, flow.name)


async def pause(_heard: Heard, turn: Turn) -> None:
    await turns.pause(turn)
    turn.say(Message("module.client.paused"))


async def resume(_heard: Heard, turn: Turn, stage: Stage) -> None:
    """Also ends a pause from our messages: who takes up an exercise is here again."""
    turn.person.paused_until = None
    turn.say(Message("module.client.resumed"))
    await turns.resume(stage, turn)


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_modules, command("latihan"), From("client"))
    router.callback_query.register(start, Deed("module"), From("client"))
    router.message.register(pause, command("jeda"), InModule("live"))
    router.message.register(resume, command("lanjut"), InModule("paused"))
    return router
