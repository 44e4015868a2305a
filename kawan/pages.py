"""The content as writers know it: loaded, checked, played and shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from aftercare import phrases
from aftercare.casework import deeds, facts, producers
from aftercare.rules import wording
from aftercare.strict_yaml import ContentErrors
from aftercare.words import CONTENT, OF_READER, Book, Text
from bot.flows import library, transcript, walk
from bot.flows.library import Library
from bot.flows.playing import Stage
from kawan.refusal import Refusal

_ANY_KEY: Final = "menu.client.overview"
_READER: Final = {"nickname": "Budi", "officer": "Bu Sari", "office": "Bapas Bandung"}


def flows() -> Library:
    """Raises ContentErrors: everything that is wrong with the flows, by file and line."""
    return library.load(
        CONTENT / "id" / "flows", deeds.ACTIONS, OF_READER, facts.KNOWN, producers.TABLE
    )


@cache
def content() -> tuple[Stage, Book]:
    """The flows with their actions, and every text; read once, a restart reads them anew.

    Raises:
        ContentErrors: everything that is wrong with the content, by file and line.
    """
    found = flows()
    return Stage(found, deeds.ACTIONS), Book({**phrases.load(), **found.texts()})


def problems() -> list[str]:
    """Everything that must be mended before these words go out; a line each."""
    try:
        found, texts = flows(), phrases.load()
        phrases.menus()
    except ContentErrors as error:
        return [str(one) for one in error.problems]
    lost = [
        f"{found.files[name]}: {sentence}"
        for name, flow in found.flows.items()
        for sentence in walk.every_path(flow, deeds.ACTIONS, facts.KNOWN).problems
    ]
    return lost + [f"{key}: {said}" for key, text in texts.items() for said in _breaches(text)]


def blemishes() -> list[str]:
    """What works, and would read better otherwise."""
    heavy = [
        f"{key}: {said}"
        for key, text in phrases.load().items()
        for said in wording.blemishes(text.body)
    ]
    return [str(one) for one in flows().warnings] + heavy


def _breaches(text: Text) -> Iterator[str]:
    yield from wording.breaches(text.body)
    for label in text.labels.values():
        yield from wording.label_problems(label)


def preview(key: str) -> str:
    """The text of this key with its buttons, as Budi would read it.

    Raises:
        Refusal: there is no such key.
    """
    _, book = content()
    if key not in book:
        feature = key.partition(".")[0]
        near = sorted(one for one in book.keys() if one.startswith(feature))[:5]  # noqa: SIM118
        raise Refusal(f"KEY takes the key of a text, such as {', '.join(near) or _ANY_KEY}.")
    text = book.text(key)
    buttons = [f"[{transcript.fill(label, _READER)}]" for label in text.labels.values()]
    size = f"({len(wording.visible(text.body))} characters)"
    return "\n".join([transcript.fill(text.body, _READER), *buttons, size])


def play(name: str, answers: Iterable[str]) -> str:
    """The conversation with these answers.

    Raises:
        Refusal: there is no such flow.
    """
    known = flows()
    if name not in known:
        raise Refusal(f"FLOW takes one of {', '.join(sorted(known))}.")
    flow = known[name]
    values = {one: f"[{one}]" for one in flow.values}
    return transcript.play(flow, answers, values={**_READER, **values})
