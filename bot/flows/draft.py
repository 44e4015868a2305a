"""A flow while it is being read: its steps, and in which line each of its claims stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from aftercare.rules import wording
from aftercare.strict_yaml import Node
from bot.flows.actions import Registered
from bot.flows.model import END, Audience, DoStep, Score, Step, Wording
from bot.flows.page import Page
from bot.flows.predicates import Test


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the loader knows before it opens a flow."""

    actions: Mapping[str, Registered]
    known_values: Collection[str]
    facts: Mapping[str, type | tuple[str, ...]]
    synonyms: Mapping[str, tuple[str, ...]]
    media: Collection[str] | None = None
    #: choices that several questions share, by the name of their file
    lists: Mapping[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """A text or label, for the check of its placeholders."""

    text: str
    line: int
    fixed: tuple[str, ...] = ()
    is_label: bool = False


@dataclass(slots=True)
class Draft:
    page: Page
    around: Surroundings
    name: str
    audience: Audience = "client"
    scores: dict[str, Score] = field(default_factory=dict)
    #: every id a step may be named by, and the step it means (a repeated step: its first round)
    targets: dict[str, str] = field(default_factory=dict)
    following: dict[str, str] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    tests: list[tuple[Test, int]] = field(default_factory=list)
    acts: list[tuple[DoStep, Mapping[str, int], int]] = field(default_factory=list)
    lost: bool = False  # some `next` leads nowhere, so reachability would only confuse

    def text_limit(self) -> int:
        return wording.LIMIT if self.audience in ("client", "family") else 3 * wording.LIMIT

    def wording(self, node: Node, key: str, *, fixed: Sequence[str] = ()) -> Wording:
        text = self.page.text(node, "The text")
        if text:
            self.page.wording(node, text, limit=self.text_limit())
        self.said.append(Said(text, node.line, tuple(fixed)))
        return Wording(f"{self.name}.{self.audience}.{key}", text, self.needs(text))

    def label(self, node: Node | None) -> tuple[str, tuple[str, ...]]:
        if node is None:  # already named as missing
            return "", ()
        label = self.page.text(node, "The label")
        if label:
            self.page.label(node, label)
        self.said.append(Said(label, node.line, is_label=True))
        return label, self.needs(label)

    def needs(self, text: str) -> tuple[str, ...]:
        """The placeholders the engine fills; the others are known where the text is worded."""
        known = self.around.known_values
        return tuple(name for name in wording.placeholders(text) if name not in known)

    def target(self, node: Node) -> str:
        wanted = self.page.text(node, "The next step")
        if wanted == END or not wanted:
            return END
        if wanted not in self.targets:
            self.lost = True
            self.page.wrong(node, f"There is no step {wanted!r} to go to.")
            return END
        return self.targets[wanted]

    def place(self, step: Step, line: int) -> None:
        self.steps[step.id] = step
        self.lines[step.id] = line
