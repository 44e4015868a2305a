"""Loads every flow of a language, or says everything that is wrong with them at once."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aftercare import strict_yaml
from aftercare.strict_yaml import ContentErrors, Problem
from aftercare.words import Text
from bot.flows import crossings, manuscript, texts
from bot.flows.actions import Registered
from bot.flows.draft import Draft, Surroundings
from bot.flows.model import NOTHING, Flow
from bot.flows.page import Page

SYNONYMS: Final = "synonyms.yaml"  # beside the folder of flows: choice id -> words people type
LISTS: Final = "lists"  # beside it too: choices that several questions share, a file each


@dataclass(frozen=True, slots=True)
class Library(Mapping[str, Flow]):
    """Every flow by its name."""

    flows: Mapping[str, Flow]
    #: what a writer should look at, although it works
    warnings: tuple[Problem, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    #: of every flow, the line in which each step stands
    lines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Flow:
        return self.flows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.flows)

    def __len__(self) -> int:
        return len(self.flows)

    def texts(self) -> dict[str, Text]:
        """Every text of every flow by its key, with the labels of its buttons.

        The title of a module has a key of its own, so that other texts can name it.
        """
        said = {key: text for flow in self.values() for key, text in texts.of(flow).items()}
        return said | texts.titles(self.values())

    def problem(self, flow: str, step: str, sentence: str) -> Problem:
        """What is wrong with a step of a flow, or with the flow where `step` is empty."""
        line = self.lines.get(flow, {}).get(step, 1)
        return Problem(str(self.files.get(flow, flow)), line, sentence)

    def holds(self, flow: str, step: str) -> bool:
        """Whether a conversation that stands there can go on with this content."""
        there = self.flows.get(flow)
        return there is not None and there.renamed.get(step, step) in there.steps

    def modules(self) -> dict[str, Flow]:
        """The flows that are modules, by the id of the module."""
        return {str(flow.module["id"]): flow for flow in self.values() if flow.module}


def load(
    folder: Path,
    actions: Mapping[str, Registered] = NOTHING,
    known_values: Collection[str] = (),
    facts: Mapping[str, type | tuple[str, ...]] = NOTHING,
    media: Collection[str] | None = None,
) -> Library:
    """All flows in the folder and below it.

    Args:
        actions: what `do` may name.
        known_values: placeholders every text may use, filled where it is worded.
        facts: what predicates may look at: a type, or the values the fact can have.
        media: the producers a `media` may name; unchecked when None.

    Raises:
        ContentErrors: everything that is wrong, in every file.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    synonyms = _synonyms(folder.parent / SYNONYMS, problems)
    lists = {
        file.stem: strict_yaml.read(file, problems)
        for file in sorted((folder.parent / LISTS).glob("*.yaml"))
    }
    around = Surroundings(actions, frozenset(known_values), facts, synonyms, media, lists)
    drafts, flows = [], {}
    files: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.yaml")):
        draft = Draft(Page(str(path), problems, warnings), around, path.stem)
        flow = manuscript.read(draft, strict_yaml.read(path, problems))
        if flow is None:
            continue
        if flow.name in files:
            draft.page.wrong(1, f"{flow.name!r} is already the flow of {files[flow.name]}.")
        flows[flow.name], files[flow.name] = flow, path
        drafts.append(draft)
    crossings.check(drafts, flows)
    if problems:
        raise ContentErrors(problems)
    lines = {draft.name: draft.lines for draft in drafts}
    return Library(flows, tuple(warnings), files, lines)


def _synonyms(path: Path, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    if not path.exists():
        return {}
    page = Page(str(path), problems, [])
    entries = page.mapping(strict_yaml.read(path, problems), "The file of synonyms")
    return {
        choice: tuple(page.text(one, "A synonym") for one in page.items(node, f"{choice!r}"))
        for choice, node in entries.items()
    }
