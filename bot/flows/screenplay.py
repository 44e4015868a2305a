"""A whole flow as text for reviewers: a few conversations in which every step is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.flows import scenes, transcript
from bot.flows.actions import Registered
from bot.flows.model import Flow
from bot.flows.samples import SOMETHING
from bot.flows.scenes import Facts, Scene

_FIRST: Final = "Jalan utama"


@dataclass(frozen=True, slots=True)
class _Played:
    scene: Scene
    turns: tuple[tuple[str, ...], ...]  # the lines of each move


def write(
    flow: Flow,
    actions: Mapping[str, Registered],
    facts: Facts,
    samples: Mapping[str, Any],
) -> str:
    """Every step of the flow, in as few conversations as show it; the same for the same flow.

    A later conversation is told from where it leaves an earlier one.
    """
    own = samples_of(flow, samples)
    played: list[_Played] = []
    pages = []
    for scene in scenes.of(flow, actions, facts, words=own):
        one = _Played(scene, _turns(flow, scene, {**samples, **own}))
        pages.append("\n".join([*_head(one, len(played)), *_told(one, played)]))
        played.append(one)
    return "\n\n".join(pages) + "\n"


def samples_of(flow: Flow, samples: Mapping[str, Any]) -> dict[str, Any]:
    """Those of its readers (`family.name`) and its own (`flow.name`), by the name alone."""
    own: dict[str, Any] = {}
    for start in (f"{flow.audience}.", f"{flow.name}."):
        own |= {name[len(start) :]: one for name, one in samples.items() if name.startswith(start)}
    return own


def _turns(flow: Flow, scene: Scene, samples: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    telling = transcript.Telling(flow, scene.values, scene.facts, samples)
    return tuple(tuple(telling.of(move)) for move in scene.moves)


def _head(one: _Played, number: int) -> list[str]:
    what = _FIRST if number == 0 else ", ".join(one.scene.seen)
    known = {**one.scene.facts, **one.scene.values}
    told = [f"{name}: {value}" for name, value in known.items() if value not in (None, SOMETHING)]
    return [f"=== {number + 1}. {what}", *([f"({', '.join(told)})"] if told else [])]


def _told(one: _Played, played: list[_Played]) -> list[str]:
    """All of it, or what stands between the words it shares with earlier conversations."""
    begun = [_in_common(one.turns, earlier.turns) for earlier in played]
    start = max(begun, default=0)
    ended = [_in_common(one.turns[:start:-1], earlier.turns[::-1]) for earlier in played]
    end = max(ended, default=0)
    lines = [line for turn in one.turns[start : len(one.turns) - end] for line in turn]
    if start:
        lines = [f"  (seperti {begun.index(start) + 1}, sampai:)", *_last_words(one, start), *lines]
    return [*lines, *([f"  (lalu seperti {ended.index(end) + 1})"] if end else [])]


def _last_words(one: _Played, before: int) -> list[str]:
    """What Kawan said last before this move, with its buttons."""
    lines = [line for turn in one.turns[:before] for line in turn]
    said = [at for at, line in enumerate(lines) if line.startswith(transcript.BOT)]
    return lines[said[-1] :] if said else []


def _in_common(some: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]) -> int:
    """How many turns are the same from the beginning of both."""
    pairs = zip(some, others, strict=False)
    fewest = min(len(some), len(others))
    return next((at for at, (one, other) in enumerate(pairs) if one != other), fewest)
