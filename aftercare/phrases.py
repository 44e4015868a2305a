"""Reads content/<language>/messages: every text by its key, with everything wrong named at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from aftercare import strict_yaml
from aftercare.messages import GROUPS
from aftercare.records.people import AUDIENCES
from aftercare.rules import wording
from aftercare.strict_yaml import ContentErrors, Problem
from aftercare.words import CONTENT, Text

_NAMED: Final = 3  # of what is not translated; the rest is counted
_READERS: Final = frozenset(AUDIENCES) | GROUPS.keys()


class Texts(dict[str, Text]):
    """Every text by its key, with where it stands and what a writer should look at."""

    def __init__(
        self,
        texts: Mapping[str, Text],
        places: Mapping[str, tuple[str, int]],
        warnings: Iterable[Problem] = (),
    ) -> None:
        super().__init__(texts)
        self.places = places
        self.warnings = tuple(warnings)

    def problem(self, key: str, sentence: str) -> Problem:
        file, line = self.places.get(key, (key, 1))
        return Problem(file, line, sentence)


def load(folder: Path = CONTENT / "id" / "messages") -> Texts:
    """Every message under this folder.

    Raises:
        ContentErrors: everything that is wrong with every file.
    """
    problems: list[Problem] = []
    texts: dict[str, Text] = {}
    places: dict[str, tuple[str, int]] = {}
    for key, text, file, line in _all(folder, problems):
        if key in texts:
            sentence = f"The key {key} already stands in {places[key][0]}."
            problems.append(Problem(file, line, sentence))
        texts[key], places[key] = text, (file, line)
    if problems:
        raise ContentErrors(problems)
    return Texts(texts, places)


def load_overlay(folder: Path, base: Texts) -> Texts:
    """The messages in another language; what the folder leaves out stays as it is.

    Raises:
        ContentErrors: an unknown key or button, or other values than those of the original.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    texts, places = dict(base), dict(base.places)
    for key, text, file, line in _all(folder, problems):
        wrong = list(_unfit(key, text, base))
        problems += [Problem(file, line, sentence) for sentence in wrong]
        if not wrong:
            texts[key] = Text(text.body, {**base[key].labels, **text.labels})
            places[key] = (file, line)
            missing = sorted(base[key].labels.keys() - text.labels.keys())
            warnings += [Problem(file, line, f"{key}: the button {one!r} is not translated.")
                         for one in missing]  # fmt: skip
    if problems:
        raise ContentErrors(problems)
    return Texts(texts, places, [*warnings, *_left_out(base, texts)])


def _unfit(key: str, text: Text, base: Texts) -> Iterator[str]:
    if key not in base:
        yield f"There is no text {key!r} to translate."
        return
    for button in sorted(text.labels.keys() - base[key].labels.keys()):
        yield f"{key} has no button {button!r}."
    pairs = [(base[key].body, text.body)]
    pairs += [(base[key].labels.get(one, label), label) for one, label in text.labels.items()]
    for original, other in pairs:
        wanted = set(wording.placeholders(original))
        if wanted != set(wording.placeholders(other)):
            named = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
            yield f"{key}: the values have to be those of the original: {named}."


def _left_out(base: Texts, texts: Mapping[str, Text]) -> Iterator[Problem]:
    """What is missing where somebody has begun to translate for a reader."""
    for file in sorted({file for file, _ in base.places.values()}):
        keys = [key for key, (where, _) in base.places.items() if where == file]
        begun = {key.split(".")[1] for key in keys if texts[key] is not base[key]}
        left = [key for key in keys if texts[key] is base[key] and key.split(".")[1] in begun]
        if left:
            more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
            sentence = f"Not translated: {', '.join(left[:_NAMED])}{more}."
            yield Problem(file, base.places[left[0]][1], sentence)


def _all(folder: Path, problems: list[Problem]) -> Iterator[tuple[str, Text, str, int]]:
    for file in sorted(folder.glob("*.yaml")):
        page = strict_yaml.read(file, problems)
        if not isinstance(page.value, dict):
            sentence = "A file of messages is a mapping of keys."
            problems.append(Problem(str(file), page.line, sentence))
            continue
        for key, node in page.value.items():
            if wrong := _wrong(key, node.plain):
                problems.append(Problem(str(file), node.line, wrong))
            else:
                plain = node.plain
                yield key, Text(plain["text"], plain.get("buttons") or {}), str(file), node.line


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
