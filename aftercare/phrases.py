"""Reads content/<language>/messages: every text by its key, with everything wrong named at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from aftercare import strict_yaml
from aftercare.messages import GROUPS
from aftercare.records.people import AUDIENCES
from aftercare.strict_yaml import ContentErrors, Node, Problem
from aftercare.words import CONTENT, Text

_READERS: Final = frozenset(AUDIENCES) | GROUPS.keys()


def load(folder: Path = CONTENT / "id" / "messages") -> dict[str, Text]:
    """Every message under this folder.

    Raises:
        ContentErrors: everything that is wrong with every file.
    """
    problems: list[Problem] = []
    texts: dict[str, Text] = {}
    for file in sorted(folder.glob("*.yaml")):
        for key, text in _texts(strict_yaml.read(file, problems), str(file), problems):
            if key in texts:
                problems.append(Problem(str(file), 1, f"The key {key} stands in two files."))
            texts[key] = text
    if problems:
        raise ContentErrors(problems)
    return texts


def _texts(page: Node, file: str, problems: list[Problem]) -> list[tuple[str, Text]]:
    if not isinstance(page.value, dict):
        problems.append(Problem(file, page.line, "A file of messages is a mapping of keys."))
        return []
    found = []
    for key, node in page.value.items():
        if wrong := _wrong(key, node.plain):
            problems.append(Problem(file, node.line, wrong))
        else:
            found.append((key, Text(node.plain["text"], node.plain.get("buttons") or {})))
    return found


def _wrong(key: str, plain: Any) -> str | None:
    parts = key.split(".")
    if len(parts) < 3 or parts[1] not in _READERS:
        known = ", ".join(sorted(_READERS))
        return f"{key} is not feature.audience.moment with an audience of {known}."
    if not isinstance(plain, dict) or not isinstance(plain.get("text"), str):
        return f"{key} needs a text."
    if unknown := plain.keys() - {"text", "buttons"}:
        return f"{key} does not take {', '.join(sorted(unknown))}."
    buttons = plain.get("buttons") or {}
    if not isinstance(buttons, dict) or not all(isinstance(one, str) for one in buttons.values()):
        return f"{key}: buttons are a mapping of id to label."
    return None


def menus(file: Path = CONTENT / "id" / "commands.yaml") -> dict[str, list[tuple[str, str]]]:
    """The commands that each audience finds in its menu, as (name, description).

    Raises:
        ContentErrors: the file is not a mapping of audiences to mappings of commands.
    """
    page = strict_yaml.load(file)
    try:
        return {who: list(commands.items()) for who, commands in page.plain.items()}
    except AttributeError:
        wrong = "takes audiences, each with a mapping of command to description."
        raise ContentErrors([Problem(str(file), page.line, wrong)]) from None
