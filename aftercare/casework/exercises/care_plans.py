"""A client's own plan for hard hours, put together from what the exercises left in their hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from aftercare import content
from aftercare.casework.exercises.keepsakes import ArtefactKind
from aftercare.messages import Button, Media, Message, Rows
from aftercare.pictures import Drawing, Picture
from aftercare.records import module_runs
from aftercare.records.database import Db
from aftercare.records.module_runs import Artefact
from aftercare.records.people import Person
from aftercare.rules import excerpts

PRODUCER: Final = "care_plan"
#: The file's own name says nothing to somebody who looks over a shoulder.
FILE_NAME: Final = "catatan.png"
#: Each section of the plan is a kind of artefact, with the module that fills it.
SECTIONS: Final[Mapping[ArtefactKind, str]] = {
    "reason": "RENCANA",
    "safe_person": "AMAN",
    "warning_sign": "TANDA",
    "trigger": "PEMICU",
    "coping": "GERAK",
    "place": "TEMPAT",
    "plan": "MASALAH",
    "promise": "KELUARGA2",
}
#: The two to begin with while there is nothing at all.
_FIRST: Final = ("rencana", "aman")
_A_SECTION: Final = 3
_LONGEST: Final = 120
_ON_A_BUTTON: Final = 30
_A_PAGE: Final = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What is kept in each section, newest first; sections without anything stand, too."""

    sections: Mapping[str, tuple[Artefact, ...]]

    @property
    def filled(self) -> dict[str, tuple[Artefact, ...]]:
        return {name: kept for name, kept in self.sections.items() if kept}

    @property
    def empty(self) -> list[str]:
        return [name for name, kept in self.sections.items() if not kept]

    @property
    def entries(self) -> list[Artefact]:
        return [one for kept in self.sections.values() for one in kept]


async def read(db: Db, client_id: int) -> Plan:
    kept = list(reversed(await module_runs.artefacts(db, client_id)))
    return Plan({name: tuple(one for one in kept if one.kind == name) for name in SECTIONS})


async def message(db: Db, person: Person) -> Message:
    """The plan as text: what is there, and a way to fill each section that is empty."""
    plan = await read(db, person.id)
    if not plan.entries:
        row = tuple(Button(flow, f"d:module:{person.id}:{flow}") for flow in _FIRST)
        return Message("plan.client.empty", {}, (row,))
    sections = [_section(name, kept) for name, kept in plan.filled.items()]
    missing = Message("plan.client.missing") if plan.empty else Message("plan.client.whole")
    rows = (*_ways_to_fill(person, plan), (Button("picture", "d:plan_picture:0"),))
    rows = (*rows, (Button("remove", "d:plan_remove:1"),))
    return Message("plan.client.card", {"sections": sections, "missing": missing}, rows)


def _section(name: str, kept: Sequence[Artefact]) -> Message:
    lines = [
        Message("plan.client.entry", {"words": excerpts.line(one.words, _LONGEST)})
        for one in kept[:_A_SECTION]
    ]
    values = {"title": Message(f"plan.client.section_{name}"), "lines": lines}
    return Message("plan.client.section", values)


def _ways_to_fill(person: Person, plan: Plan) -> Rows:
    buttons = [
        Button(f"fill_{name}", f"d:module:{person.id}:{content.flow_of(module)}")
        for name, module in SECTIONS.items()
        if name in plan.empty
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


async def removal(db: Db, person: Person, page: int) -> Message:
    """Every entry as a button, some at a time; `page` counts from 1."""
    entries = (await read(db, person.id)).entries
    pages = max(1, -(-len(entries) // _A_PAGE))
    page = min(max(page, 1), pages)
    shown = entries[(page - 1) * _A_PAGE : page * _A_PAGE]
    rows = [(_entry_button(one),) for one in shown]
    if pages > 1:
        rows.append((Button("more", f"d:plan_remove:{page % pages + 1}"),))
    if not entries:
        return Message("plan.client.nothing_left")
    return Message("plan.client.remove", {}, tuple(rows))


def _entry_button(one: Artefact) -> Button:
    words = {"words": excerpts.line(one.words, _ON_A_BUTTON)}
    return Button("entry", f"d:plan_entry:{one.id}", words)


async def entry(db: Db, person: Person, artefact_id: int) -> Artefact | None:
    """One entry of this person's own plan."""
    kept = (await read(db, person.id)).entries
    return next((one for one in kept if one.id == artefact_id), None)


async def picture(db: Db, arguments: Mapping[str, Any], _now: datetime) -> Drawing:
    """Read now, drawn later in a thread; importing the painter takes a second."""
    plan = await read(db, arguments["of"])
    page = {
        name: [excerpts.line(one.words, _LONGEST) for one in kept[:_A_SECTION]]
        for name, kept in plan.filled.items()
    }

    def draw() -> Picture:
        from aftercare.casework.exercises import care_plan_picture

        return Picture("photo", FILE_NAME, care_plan_picture.draw(page))

    return draw


def picture_message(person: Person) -> Message:
    """Nobody else gets it: whose plan it shows is who reads it."""
    return Message("plan.client.picture", {}, media=Media(PRODUCER, {"of": person.id}))
