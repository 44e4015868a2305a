"""The content as writers know it: loaded, played and shown, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from aftercare import phrases, strict_yaml
from aftercare.casework import deeds, facts, producers
from aftercare.phrases import Texts
from aftercare.rules import wording
from aftercare.strict_yaml import ContentErrors, Problem
from aftercare.words import BASE, CONTENT, OF_READER, Book
from bot.flows import library, overlay, screenplay, transcript
from bot.flows.library import Library
from bot.flows.playing import Stage
from kawan.refusal import Refusal

_ANY_KEY: Final = "menu.client.overview"
_SAMPLES: Final = CONTENT / BASE / "samples.yaml"
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")


def flows() -> Library:
    """Raises ContentErrors: everything that is wrong with the flows, by file and line."""
    return library.load(
        CONTENT / BASE / "flows", deeds.ACTIONS, OF_READER, facts.KNOWN, producers.TABLE
    )


def languages() -> list[str]:
    """Those beside the first one."""
    return sorted(one.name for one in CONTENT.iterdir() if one.is_dir() and one.name != BASE)


def translation(language: str, base: Library, texts: Texts) -> tuple[Library, Texts]:
    """The flows and the messages in this language; raises ContentErrors."""
    folder = CONTENT / language
    other = overlay.load_overlay(folder / "flows", base)
    return other, phrases.load_overlay(folder / "messages", texts)


@cache
def content() -> tuple[Stage, Book]:
    """The flows with their actions, and every text; read once, a restart reads them anew.

    Raises:
        ContentErrors: everything that is wrong with the content, by file and line.
    """
    found, texts = flows(), phrases.load()
    if twice := said_twice(texts, found):
        raise ContentErrors(twice)
    others = {one: translation(one, found, texts) for one in languages()}
    stage = Stage(found, deeds.ACTIONS, {one: told for one, (told, _) in others.items()})
    told = {one: {**said, **other.texts()} for one, (other, said) in others.items()}
    return stage, Book({**texts, **found.texts()}, told)


def said_twice(texts: Texts, flows: Library) -> list[Problem]:
    """Messages whose key is also that of a step: one of the two would never be said."""
    sentence = "is also the key of a step; give the message another name."
    both = texts.keys() & flows.texts().keys()
    return [texts.problem(key, f"{key} {sentence}") for key in sorted(both)]


@cache
def samples() -> Mapping[str, Any]:
    """What stands for a value where a writer reads a text; moments are in Bandung's time."""
    entries = strict_yaml.as_mapping(strict_yaml.load(_SAMPLES))
    return {name: _sample(str(one.plain)) for name, one in entries.items()}


def _sample(text: str) -> str | datetime:
    if not _MOMENT.fullmatch(text):
        return text
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Jakarta"))


def filled(text: str, language: str = BASE) -> str:
    """The text as a client called Budi would read it, whose officer is Bu Sari."""
    return transcript.fill(text, samples(), language)


def preview(key: str, language: str = BASE) -> str:
    """The text of this key with its buttons, as Budi would read it.

    Raises:
        Refusal: there is no such key, or no such language.
    """
    _, book = content()
    if key not in book:
        feature = key.partition(".")[0]
        near = sorted(one for one in book.keys() if one.startswith(feature))[:5]  # noqa: SIM118
        raise Refusal(f"KEY takes the key of a text, such as {', '.join(near) or _ANY_KEY}.")
    text = book.text(key, _known(language))
    buttons = [f"[{filled(label, language)}]" for label in text.labels.values()]
    size = f"({len(wording.visible(text.body))} characters)"
    return "\n".join([filled(text.body, language), *buttons, size])


def play(name: str, answers: Iterable[str], language: str = BASE) -> str:
    """The conversation with these answers.

    Raises:
        Refusal: there is no such flow, or no such language.
    """
    stage, _ = content()
    known = stage.told(_known(language))
    if name not in known:
        raise Refusal(f"FLOW takes one of {', '.join(sorted(known))}.")
    flow = known[name]
    shown = {**samples(), **screenplay.samples_of(flow, samples())}
    values = {one: shown.get(one, f"[{one}]") for one in flow.values}
    return transcript.play(flow, answers, values={**shown, **values})


def _known(language: str) -> str:
    found = [BASE, *languages()]
    if language not in found:
        raise Refusal(f"--language takes one of {', '.join(found)}.")
    return language
