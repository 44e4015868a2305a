"""How the texts of a flow read: how long, how hard, how many buttons, and who may look on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from aftercare.rules import discretion, wording
from bot.flows.model import Ask, Flow, Say, Wait

LONGEST_SENTENCE: Final = 20  # one may run on, as speech does; the message stays at 15 on average
HARDEST: Final = 8.0  # of wording.readability: junior high school
#: Scales, and lists to tick, may be longer; own words may stand beside four examples.
_BUTTONS: Final = {"scale": 12, "many": 10, "text": 5}
_FEW_BUTTONS: Final = 4


def texts(flow: Flow) -> Iterator[tuple[str, str]]:
    """Every message of the flow by its step; a repeated one once."""
    said: dict[str, str] = {}
    for step in flow.steps.values():
        if isinstance(step, Say | Ask):
            said.setdefault(step.wording.text, step.id)
    yield from ((step_id, text) for text, step_id in said.items())


def sentences(text: str) -> list[str]:
    parts = re.split(r"[.!?…]+[\s”\")]|\n+|:\s", wording.visible(text) + " ")
    return [part.strip(" .“”") for part in parts if part.strip(" .“”")]


def first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", wording.visible(text))[0]


def words(sentence: str) -> list[str]:
    return re.findall(r"[\w{}.]+(?:-\w+)*", sentence.casefold())


def hardness(flow: Flow) -> float:
    """wording.readability of everything the flow says, as one text."""
    return wording.readability(" ".join(text.replace("\n", " ") for _, text in texts(flow)))


def is_easy_to_read(flow: Flow) -> Iterator[tuple[str, str]]:
    for step_id, text in texts(flow):
        for blemish in wording.blemishes(text):
            yield step_id, f"{step_id}: {blemish}"
        for sentence in sentences(text):
            if len(words(sentence)) > LONGEST_SENTENCE:
                yield step_id, f"{step_id} runs on: {sentence!r}"
    if (fog := hardness(flow)) > HARDEST:
        yield "", f"is hard to read: {fog:.1f}"


def has_few_buttons(flow: Flow) -> Iterator[tuple[str, str]]:
    for ask in flow.steps.values():
        if isinstance(ask, Ask):
            count = len(ask.options) + bool(ask.skip)
            if count > _BUTTONS.get(ask.kind, _FEW_BUTTONS):
                yield ask.id, f"shows {count} buttons at {ask.id!r}"


def tells_a_lock_screen_nothing(flow: Flow) -> Iterator[tuple[str, str]]:
    """What opens an exercise or comes by the clock may light up in company."""
    by_clock = {one.next for one in flow.steps.values() if isinstance(one, Wait)}
    first = next(texts(flow))[0]
    for step_id, text in texts(flow):
        if step_id in by_clock | {first} and (found := discretion.told(text)):
            yield step_id, f"{step_id} shows {found!r} on a lock screen"
    if found := discretion.told(str((flow.module or {}).get("title", ""))):
        yield "", f"has a title that tells: {found!r}"
