"""The skills a person may have brought along, from content: ids, labels, what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from aftercare import strict_yaml
from aftercare.words import CONTENT

FILE: Final = CONTENT / "id" / "lists" / "skills.yaml"


@dataclass(frozen=True, slots=True)
class Skill:
    id: str
    label: str
    words: tuple[str, ...]

    @property
    def names(self) -> set[str]:
        return {self.id, *(one.casefold() for one in (self.label, *self.words))}


@cache
def table() -> Mapping[str, Skill]:
    """Every skill by its id, in the order of the picker."""
    entries = strict_yaml.as_mapping(strict_yaml.load(FILE))
    return {
        name: Skill(name, str(entry.plain["label"]), tuple(entry.plain.get("words", ())))
        for name, entry in entries.items()
    }


def known(ids: Iterable[str]) -> list[str]:
    """Those of these ids that content still has, in the order of the picker."""
    wanted = set(ids)
    return [name for name in table() if name in wanted]


def labels(ids: Iterable[str]) -> str:
    """ "Menjahit, Las dan bubut"."""
    return ", ".join(table()[name].label for name in known(ids))


def read(word: str) -> str | None:
    """The id of the skill that goes by this name."""
    said = " ".join(word.casefold().split())
    return next((name for name, skill in table().items() if said in skill.names), None)
