"""Everything that is wrong with the content, and what would read better: each by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from aftercare import phrases
from aftercare.casework import deeds, facts
from aftercare.phrases import Texts
from aftercare.rules import discretion, wording
from aftercare.strict_yaml import ContentErrors, Problem
from bot.flows import exercises, walk
from bot.flows.library import Library
from bot.flows.model import Ask, Flow, Say
from kawan import pages

#: Lines inside a card, never its first; and cards that staff must understand at a glance.
_BELOW_THE_FIRST_LINE: Final = ("alert.staff.because_", "alert.staff.title_")
_MUST_BE_PLAIN: Final = ("alert.staff.crisis_",)


def problems() -> list[Problem]:
    """What must be mended before these words go out."""
    try:
        return _sorted([*at_a_glance(), *lost_ways()])
    except ContentErrors as error:
        return error.problems


def at_a_glance() -> list[Problem]:
    """All of it but the ways people may get lost on, which take the longest to find.

    Raises:
        ContentErrors: what keeps the content from being loaded at all.
    """
    flows, texts = pages.flows(), phrases.load()
    phrases.menus()
    found = [*_of_flows(flows, texts), *_of_texts(texts)]
    for language in pages.languages():
        other_flows, other_texts = pages.translation(language, flows, texts)
        found += [*_first_lines(other_flows), *_of_texts(other_texts)]
    return _sorted(found)


def lost_ways() -> list[Problem]:
    """Every way through every flow that does not end, or lacks a value."""
    flows = pages.flows()
    return [
        flows.problem(name, "", sentence)
        for name, flow in flows.items()
        for sentence in walk.every_path(flow, deeds.ACTIONS, facts.KNOWN).problems
    ]


def _sorted(found: list[Problem]) -> list[Problem]:
    return sorted(set(found), key=lambda one: (one.file, one.line, one.sentence))


def blemishes() -> list[Problem]:
    """What works, and would read better otherwise; an untranslated text is one."""
    flows, texts = pages.flows(), phrases.load()
    found = list(flows.warnings)
    found += [
        texts.problem(key, f"{key}: {sentence}")
        for key, text in texts.items()
        for sentence in wording.blemishes(text.body)
    ]
    for language in pages.languages():
        other_flows, other_texts = pages.translation(language, flows, texts)
        found += [*other_flows.warnings, *other_texts.warnings]
    return _sorted(found)


def _of_flows(flows: Library, texts: Texts) -> Iterator[Problem]:
    for name, flow in flows.modules().items():
        for step, sentence in exercises.breaches(flow, texts):
            yield flows.problem(flow.name, step, f"{name} {sentence}")
    yield from _first_lines(flows)


def _first_lines(flows: Library) -> Iterator[Problem]:
    """Whatever a flow says may be the newest message on a phone that lies on a table."""
    for name, flow in flows.items():
        for step, text in _said(flow):
            if word := discretion.told(pages.filled(text)):
                yield flows.problem(name, step, _gives_away(step, word))


def _said(flow: Flow) -> Iterator[tuple[str, str]]:
    for step in flow.steps.values():
        if isinstance(step, Say | Ask):
            yield step.id, step.wording.text
        if isinstance(step, Ask):
            spoken = [step.nudge and step.nudge.wording, step.hint]
            yield from ((step.id, one.text) for one in spoken if one)


def _of_texts(texts: Texts) -> Iterator[Problem]:
    for key, text in texts.items():
        for sentence in wording.breaches(text.body):
            yield texts.problem(key, f"{key}: {sentence}")
        for label in text.labels.values():
            for sentence in wording.label_problems(label):
                yield texts.problem(key, f"{key}: {sentence}")
        if key.startswith((*_BELOW_THE_FIRST_LINE, *_MUST_BE_PLAIN)):
            continue
        if word := discretion.told(pages.filled(text.body)):
            yield texts.problem(key, _gives_away(key, word))


def _gives_away(what: str, word: str) -> str:
    return (
        f"{what} says {word!r} in its first {discretion.FIRST_LINE} characters, "
        "which a lock screen shows."
    )
