"""Which buttons each prompt of the family programme carries: what content/id/messages says."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from aftercare import phrases
from aftercare.phrases import Texts
from aftercare.records.prompts import Prompt

#: Answers that every client's prompt has; any other button of one is the name of an exercise.
CLIENT: Final = ("did", "not_mine", "later")
#: The same for a relative.
RELATIVE: Final = ("did", "hard", "danger")


@cache
def _texts() -> Texts:
    return phrases.load()


@cache
def _buttons() -> Mapping[str, tuple[str, ...]]:
    found = _texts().items()
    return {key: tuple(text.labels) for key, text in found if key.startswith("prompt.")}


def key(audience: str, theme: str, way: str) -> str:
    """Where home is not safe or not there, the same theme has words about a person of trust."""
    return f"prompt.{audience}.{theme}{'_trusted' if way == 'trusted' else ''}"


def buttons(audience: str, prompt: Prompt) -> tuple[str, ...]:
    """The ids under this prompt in the order of the content; none where it has gone from it."""
    return _buttons().get(key(audience, prompt.theme, prompt.way), ())


@cache
def lessons() -> tuple[str, ...]:
    """The flows of the lessons for relatives, in the order in which the content lists them."""
    labels = _texts()["lesson.family.list"].labels
    return tuple(one for one in labels if one.startswith("lesson_"))
