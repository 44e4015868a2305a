"""What a writer and a person in a chat need to try a flow out."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from aftercare.content import FlowName, ModuleId
from aftercare.strict_yaml import ContentErrors
from bot.flows import effects, engine, events, library, overlay
from bot.flows.library import Library
from bot.flows.model import NOTHING, Flow


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action as the content check sees it."""

    name: str
    arguments: type[BaseModel]
    outcomes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RaiseAlert(Arguments):
    kind: Literal["urge", "missed", "berat", "ringan"]
    level: int = 1
    note: str | None = None


class Begin(Arguments):
    flow: FlowName


class OfferModule(Arguments):
    module: ModuleId


ACTIONS = {
    "raise_alert": ActionSpec("raise_alert", RaiseAlert),
    "offer_slots": ActionSpec("offer_slots", Arguments, ("some", "none"), ("slot_1", "slot_2")),
    "begin": ActionSpec("begin", Begin),
    "offer_module": ActionSpec("offer_module", OfferModule),
}
FACTS: Mapping[str, Any] = {"regime": ("aftercare", "integration"), "joined": bool, "streak": int}
KNOWN = ("nickname",)
MEDIA = ("lingkaran",)


class Desk:
    def __init__(self, folder: Path) -> None:
        self.flows = folder / "id" / "flows"
        self.flows.mkdir(parents=True)
        self.english = folder / "en" / "flows"
        self.english.mkdir(parents=True)

    def write(self, name: str, text: str) -> None:
        (self.flows / f"{name}.yaml").write_text(textwrap.dedent(text), encoding="utf-8")

    def translate(self, name: str, text: str) -> None:
        (self.english / f"{name}.yaml").write_text(textwrap.dedent(text), encoding="utf-8")

    def load(self) -> Library:
        return library.load(self.flows, ACTIONS, KNOWN, FACTS, MEDIA)

    def load_english(self) -> Library:
        return overlay.load_overlay(self.english, self.load())

    def flow(self, steps: str, head: str = "") -> Flow:
        """One flow called `x` with these steps."""
        lines = ["flow: x", "expires: 2d", *textwrap.dedent(head).strip().splitlines(), "steps:"]
        lines += textwrap.indent(textwrap.dedent(steps).strip("\n"), "  ").splitlines()
        self.write("x", "\n".join(lines) + "\n")
        return self.load()["x"]

    def problems(self) -> list[str]:
        """What the loader says, each as `file:line: sentence` with the bare name of the file."""
        try:
            self.load()
        except ContentErrors as errors:
            return [f"{Path(p.file).name}:{p.line}: {p.sentence}" for p in errors.problems]
        return []

    def problems_in_english(self) -> list[str]:
        try:
            self.load_english()
        except ContentErrors as errors:
            return [f"{Path(p.file).name}:{p.line}: {p.sentence}" for p in errors.problems]
        return []


class Chat:
    """One person in one flow; what the flow does about each event is kept."""

    def __init__(
        self, flow: Flow, values: Mapping[str, Any] = NOTHING, facts: Mapping[str, Any] = NOTHING
    ) -> None:
        self.flow = flow
        self.facts = facts
        self.now = engine.begin(flow, values)
        self.happened: tuple[effects.Effect, ...] = ()
        self.meets(events.Start())

    def meets(self, event: events.Event) -> Chat:
        self.now, self.happened = engine.advance(self.flow, self.now, event, self.facts)
        return self

    def taps(self, choice: str) -> Chat:
        return self.meets(events.Answer(choice, self.now.revision))

    def types(self, text: str) -> Chat:
        return self.meets(events.Answer(text, None, words=True))

    def waits(self) -> Chat:
        return self.meets(events.Waited(self.now.revision))

    def meets_in(self, flow: Flow, event: events.Event) -> Chat:
        """The writer has changed the flow meanwhile."""
        self.flow = flow
        return self.meets(event)

    @property
    def sent(self) -> list[effects.Send]:
        return [one for one in self.happened if isinstance(one, effects.Send)]

    @property
    def heard(self) -> list[str]:
        """The steps whose words were said, and general hints by their whole key."""
        return [one.key.removeprefix(f"{self.flow.name}.client.") for one in self.sent]

    @property
    def done(self) -> list[effects.Do]:
        return [one for one in self.happened if isinstance(one, effects.Do)]

    @property
    def armed(self) -> list[effects.Arm]:
        bare = [one for one in self.happened if isinstance(one, effects.Arm)]
        return bare + [arm for send in self.sent for arm in send.arms]

    @property
    def buttons(self) -> list[str]:
        return [choice.id for choice in self.sent[-1].choices]
