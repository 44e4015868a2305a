"""Reads YAML that means what it looks like: every value keeps its line, nothing changes type."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

_Reader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a writer has to mend, and where."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class ContentErrors(Exception):
    """The content cannot be used; `problems` names everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        found = set(problems)
        self.problems = sorted(found, key=lambda one: (one.file, one.line, one.sentence))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its line; inside a mapping, the line of its key.

    Only `true` and `false` are booleans and only whole numbers are numbers: `19:00`, `19.00`,
    `no`, `on` and `null` stay text. A value left empty is None.
    """

    value: "str | int | bool | list[Node] | dict[str, Node] | None"
    line: int

    @property
    def plain(self) -> Any:
        """The value without its lines."""
        match self.value:
            case dict(entries):
                return {key: node.plain for key, node in entries.items()}
            case list(items):
                return [node.plain for node in items]
        return self.value


_Events: TypeAlias = Iterator[Any]


def load(path: Path) -> Node:
    """The whole file.

    Raises:
        ContentErrors: everything that is wrong with the file.
    """
    problems: list[Problem] = []
    node = read(path, problems)
    if problems:
        raise ContentErrors(problems)
    return node


def read(path: Path, problems: list[Problem]) -> Node:
    """The file as far as it can be read; what is wrong with it is added to `problems`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(str(path), 1, "The file is not UTF-8 text."))
        return Node({}, 1)
    return parse(text, str(path), problems)


def parse(text: str, file: str, problems: list[Problem]) -> Node:
    builder = _Builder(file, problems)
    try:
        return builder.document(iter(yaml.parse(text, Loader=_Reader)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
        line = mark.line + 1 if mark else 1
        problems.append(Problem(file, line, f"This is not YAML: {said}."))
        return Node({}, 1)


class _Builder:
    def __init__(self, file: str, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems

    def document(self, events: _Events) -> Node:
        node = Node({}, 1)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._wrong(event, "One file holds one document; take the --- away.")
            elif isinstance(event, yaml.NodeEvent):
                built = self._node(event, events)
                node = built if documents == 1 else node
        return node

    def _node(self, event: Any, events: _Events) -> Node:
        line = event.start_mark.line + 1
        self._refuse_magic(event)
        match event:
            case yaml.MappingStartEvent():
                return Node(self._mapping(events), line)
            case yaml.SequenceStartEvent():
                return Node(self._sequence(events), line)
            case yaml.ScalarEvent():
                return Node(_scalar(event), line)
        return Node(None, line)

    def _mapping(self, events: _Events) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            name = self._key(key, events)
            node = self._node(next(events), events)
            if name in entries:
                first = entries[name].line
                self._wrong(
                    key, f"{name!r} stands here a second time; the first is in line {first}."
                )
            else:
                entries[name] = Node(node.value, key.start_mark.line + 1)
        return entries

    def _key(self, event: Any, events: _Events) -> str:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_magic(event)
            if event.value == "<<":
                self._wrong(event, "Merging with << is not used here; write the keys out.")
            return str(event.value)
        self._wrong(event, "A key is a single word.")
        self._node(event, events)
        return ""

    def _sequence(self, events: _Events) -> list[Node]:
        items = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events))
        return items

    def _refuse_magic(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._wrong(
                event, f"References such as *{event.anchor} are not used here; write it out."
            )
        elif event.anchor is not None:
            self._wrong(event, f"Marks such as &{event.anchor} are not used here; take it away.")
        if getattr(event, "tag", None) is not None:
            self._wrong(event, f"Types such as {event.tag} are not used here; take it away.")

    def _wrong(self, event: Any, sentence: str) -> None:
        self._problems.append(Problem(self._file, event.start_mark.line + 1, sentence))


def _scalar(event: Any) -> str | int | bool | None:
    text: str = event.value
    if event.style:  # quoted, or a block of text
        return text
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text) and text != "-0":
        return int(text)
    return text or None


def as_mapping(node: Node) -> Mapping[str, Node]:
    """The entries of a mapping; empty for anything else."""
    return node.value if isinstance(node.value, dict) else {}
