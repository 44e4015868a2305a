"""`/latihan`: the exercises by need; `/jeda` in the middle of one, until `/lanjut`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery
from aiogram.types import Message as Heard

from aftercare.messages import Button, Message, Rows
from aftercare.records import conversations, module_runs
from aftercare.words import BASE
from bot.filters import Deed, Done, From, command
from bot.flows import playing, turns
from bot.flows.model import Flow
from bot.flows.playing import Stage, Turn

_Modules: TypeAlias = list[tuple[Flow, dict[str, Any]]]
_A_PAGE: Final = 5
_WITH_REASONS: Final = 3


class InModule(BaseFilter):
    """The live conversation is an exercise."""

    async def __call__(self, _heard: Heard, turn: Turn, stage: Stage) -> bool:
        live = await conversations.live(turn.db, turn.person.id)
        flow = stage.flows.get(live.flow) if live else None
        return flow is not None and flow.module is not None


def _modules(stage: Stage, language: str = BASE) -> _Modules:
    """Every exercise with what its flow says about it, shortest first."""
    flows = stage.told(language).values()
    found = [(flow, dict(flow.module)) for flow in flows if flow.module]
    return sorted(found, key=lambda one: (one[1]["minutes"], str(one[1]["id"])))


async def list_needs(_heard: Heard, turn: Turn, stage: Stage) -> None:
    """What would help now? Where every exercise for a need is known, the need has a tick."""
    done = await _done(turn)
    found = _modules(stage)
    needs = list(dict.fromkeys(str(about["need"]) for _, about in found))
    left = {str(about["need"]) for _, about in found if str(about["id"]) not in done}
    buttons = [Button(one, f"d:module_need:1:{one}", picked=one not in left) for one in needs]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    turn.say(Message("module.client.needs", {"so_far": _so_far(stage, done)}, rows))


async def _done(turn: Turn) -> dict[str, int]:
    """How often this client has lived through each exercise."""
    return await module_runs.finished(turn.db, turn.person.id)


def _so_far(stage: Stage, done: Mapping[str, int]) -> Message:
    offered = {str(about["id"]) for _, about in _modules(stage)}
    known = offered & done.keys()
    if not known:
        return Message("module.client.so_far_none")
    return Message("module.client.so_far", {"done": len(known), "all": len(offered)})


async def list_modules(_tap: CallbackQuery, deed: Done, turn: Turn, stage: Stage) -> None:
    """The exercises for a need, a page at a time; the number of the button is the page, from 1."""
    known = _modules(stage, turn.person.language)
    found = [(flow, about) for flow, about in known if about["need"] == deed.how]
    if not found:
        turn.say(playing.PASSED)
        return
    pages = -(-len(found) // _A_PAGE)
    page = min(max(deed.about, 1), pages)
    done = await _done(turn)
    shown = found[(page - 1) * _A_PAGE : page * _A_PAGE]
    rows = [(_start_button(turn, flow, about, done),) for flow, about in shown]
    if pages > 1:
        rows.append((Button("more", f"d:module_need:{page % pages + 1}:{deed.how}"),))
    turn.say(_list(shown, done, tuple(rows)))


def _start_button(turn: Turn, flow: Flow, about: dict[str, Any], done: Mapping[str, int]) -> Button:
    picked = str(about["id"]) in done
    return Button("start", f"d:module:{turn.person.id}:{flow.name}", about, picked=picked)


def _list(shown: _Modules, done: Mapping[str, int], rows: Rows) -> Message:
    """Few say why they help; many would be too much to read."""
    if len(shown) > _WITH_REASONS:
        known = sum(str(about["id"]) in done for _, about in shown)
        values = {"count": len(shown), "done": known}
        return Message("module.client.list_many", values, rows, labels_of="module.client.list")
    lines = [_line(about, done.get(str(about["id"]), 0)) for _, about in shown]
    return Message("module.client.list", {"lines": lines}, rows)


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
