"""`/latihan`: the exercises by need; `/jeda` in the middle of one, until `/lanjut`."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.messages import Button, Message
from aftercare.records import conversations, module_runs
from bot.filters import Deed, Done, From, command
from bot.flows import playing, turns
from bot.flows.model import Flow
from bot.flows.playing import Stage, Turn


class InModule(BaseFilter):
    """The live conversation is an exercise."""

    async def __call__(self, _heard: Heard, turn: Turn, stage: Stage) -> bool:
        live = await conversations.live(turn.db, turn.person.id)
        flow = stage.flows.get(live.flow) if live else None
        return flow is not None and flow.module is not None


def _modules(stage: Stage) -> list[tuple[Flow, dict[str, Any]]]:
    """Every exercise with what its flow says about it, shortest first."""
    found = [(flow, dict(flow.module)) for flow in stage.flows.values() if flow.module]
    return sorted(found, key=lambda one: (one[1]["minutes"], str(one[1]["id"])))


async def list_needs(_heard: Heard, turn: Turn, stage: Stage) -> None:
    """What would help now? With one answer there is nothing to ask."""
    needs = list(dict.fromkeys(str(about["need"]) for _, about in _modules(stage)))
    if len(needs) == 1:
        await _say_list(turn, stage, needs[0])
        return
    rows = tuple((Button(need, f"d:module_need:{turn.person.id}:{need}"),) for need in needs)
    turn.say(Message("module.client.needs", {"so_far": await _so_far(turn, stage)}, rows))


async def _so_far(turn: Turn, stage: Stage) -> Message:
    """How many different exercises this client has lived through."""
    offered = {str(about["id"]) for _, about in _modules(stage)}
    done = offered & (await module_runs.finished(turn.db, turn.person.id)).keys()
    if not done:
        return Message("module.client.so_far_none")
    return Message("module.client.so_far", {"done": len(done), "all": len(offered)})


async def list_modules(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    await _say_list(turn, stage, deed.how)


async def _say_list(turn: Turn, stage: Stage, need: str) -> None:
    found = [(flow, about) for flow, about in _modules(stage) if about["need"] == need]
    if not found:
        turn.say(playing.PASSED)
        return
    times = await module_runs.finished(turn.db, turn.person.id)
    lines = [_line(about, times.get(str(about["id"]), 0)) for _, about in found]
    rows = tuple(
        (Button("start", f"d:module:{turn.person.id}:{flow.name}", about),) for flow, about in found
    )
    turn.say(Message("module.client.list", {"lines": lines}, rows))


def _line(about: dict[str, Any], times: int) -> Message:
    if times:
        return Message("module.client.line_done", {**about, "times": times})
    return Message("module.client.line", about)


async def start(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    flow = stage.flows.get(deed.how)
    if flow is None or flow.module is None:
        turn.say(playing.PASSED)
        return
    await turns.begin(stage, turn, flow.name)


async def pause(_heard: Heard, turn: Turn) -> None:
    await turns.pause(turn)
    turn.say(Message("module.client.paused"))


def router() -> Router:
    router = Router(name=__name__)
    router.message.register(list_needs, command("latihan"), From("client"))
    router.callback_query.register(list_modules, Deed("module_need"), From("client"))
    router.callback_query.register(start, Deed("module"), From("client"))
    router.message.register(pause, command("jeda"), InModule())
    return router
