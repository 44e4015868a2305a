"""Chooses a few ways through a flow on which every step is seen: the usual one first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final, TypeAlias

from bot.flows import engine, events, moves, samples, walk
from bot.flows.actions import Registered
from bot.flows.model import NOTHING, Ask, Conversation, DoStep, Flow, Ref, Value

LONGEST: Final = 120  # moves of one scene
_WORDS: Final = "kata-kataku sendiri"
_MOST_PLACES: Final = 20_000
_USUAL: Final = {"before": 7, "after": 3}
#: What fits an exercise that ended like this, when the rating before was the usual one.
_RATED: Final = {"calmer": 3, "same": 7, "hard": 9}

Move: TypeAlias = tuple[events.Event, ...]
Facts: TypeAlias = Mapping[str, type | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One conversation from its beginning to its end; `seen` are the steps it adds."""

    values: Mapping[str, Any]
    facts: Mapping[str, Value]
    moves: tuple[Move, ...]
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stand:
    """A place somebody has come to, and how."""

    scene: Scene
    here: Conversation
    passed: frozenset[str] = frozenset()


def of(
    flow: Flow,
    actions: Mapping[str, Registered],
    facts: Facts,
    *,
    words: Mapping[str, Any] = NOTHING,
) -> list[Scene]:
    """Every step that can be reached is seen in one of them.

    Args:
        words: what is typed at a step that asks for own words.
    """
    return _Director(flow, actions, facts, words).scenes()


@dataclass(slots=True)
class _Director:
    flow: Flow
    actions: Mapping[str, Registered]
    facts: Facts
    words: Mapping[str, Any]
    _walker: walk.Walker = field(init=False)
    _covered: set[str] = field(default_factory=set)
    _nudged: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._walker = walk.Walker(self.flow, self.actions)
        self.flow = self._walker.flow

    def scenes(self) -> list[Scene]:
        openings = list(self._openings())
        found = [self._to_the_end(openings[0])]
        ways = self._ways(openings, whole=False)
        if self.flow.steps.keys() - self._covered - ways.keys():
            ways |= self._ways(openings, whole=True)
        for step_id in self.flow.steps:
            if step_id not in self._covered and step_id in ways:
                found.append(self._to_the_end(ways[step_id]))
        return [self._finished(one) for one in found]

    def _openings(self) -> Iterator[_Stand]:
        """Those that know most come first: they are the usual ones."""
        known = list(samples.facts(self.flow, self.facts))
        given = list(samples.values(self.flow, self.flow.values))
        pairs = sorted(product(known, given), key=lambda pair: _unknown(*pair))
        for facts, values in pairs:
            start = Conversation(self.flow.name, None, values=values)
            yield self._step(_Stand(Scene(values, facts, ()), start), (events.Start(),))

    def _step(self, stand: _Stand, move: Move) -> _Stand:
        self._walker.passed.clear()
        here = stand.here
        for event in move:
            here, _ = engine.advance(self.flow, here, event, stand.scene.facts)
        rested = {here.step} if here.step and here.outcome is None else set()
        scene = replace(stand.scene, moves=(*stand.scene.moves, move))
        return _Stand(scene, here, frozenset(self._walker.passed | rested))

    def _ways(self, openings: list[_Stand], *, whole: bool) -> dict[str, _Stand]:
        """The shortest way to each step. `whole` tells places apart by their answers, too."""
        ways: dict[str, _Stand] = {}
        waiting = deque(openings)
        known: set[Any] = set()
        while waiting and len(known) < _MOST_PLACES and ways.keys() < self.flow.steps.keys():
            stand = waiting.popleft()
            for step_id in stand.passed:
                ways.setdefault(step_id, stand)
            place = self._walker.place(stand.here) if whole else self._simply(stand)
            if stand.here.outcome is None and place not in known:
                known.add(place)
                waiting.extend(self._step(stand, move) for move in self._moves(stand))
        return ways

    def _simply(self, stand: _Stand) -> Any:
        return stand.here.step, repr(stand.scene.facts), tuple(sorted(stand.here.values))

    def _moves(self, stand: _Stand) -> list[Move]:
        """What can happen next: answers first, then silence."""
        at = moves.at(self.flow, stand.here, self.actions, stand.scene.facts)
        found = [tuple(move) for move in at if not isinstance(move[0], events.Expire)]
        step = self.flow.steps[stand.here.step or ""]
        match step:
            case DoStep():
                return sorted(found, key=_how_unusual)
            case Ask(kind="scale") as ask:
                return [(_usual(ask, stand.here.revision),), *found]
            case Ask(kind="text") as ask:
                return [(_typed(ask, self.words.get(ask.id, _WORDS)),), *found[1:]]
        return found

    def _to_the_end(self, stand: _Stand) -> Scene:
        """On along the first answers, unless another one shows something new."""
        new = self._covered_by(stand.scene)
        visits: dict[str | None, int] = {}
        while stand.here.outcome is None and len(stand.scene.moves) < LONGEST:
            visits[stand.here.step] = visits.get(stand.here.step, 0) + 1
            stand = self._further(stand, self._covered | set(new), visits)
            new += [one for one in self.flow.steps if one in stand.passed and one not in new]
        seen_now = tuple(one for one in self.flow.steps if one in set(new) - self._covered)
        self._covered |= set(new)
        return replace(stand.scene, seen=seen_now)

    def _further(self, stand: _Stand, seen: set[str], visits: Mapping[str | None, int]) -> _Stand:
        """To the most that is new, and in the first scene to anything; else where it was least."""
        most = len(self.flow.steps) if self._covered else 1
        return min(
            (self._step(stand, move) for move in self._moves(stand)),
            key=lambda one: (-min(len(one.passed - seen), most), visits.get(one.here.step, 0)),
        )

    def _covered_by(self, scene: Scene) -> list[str]:
        stand = _Stand(replace(scene, moves=()), Conversation(self.flow.name, None))
        stand = replace(stand, here=replace(stand.here, values=scene.values))
        found: set[str] = set()
        for move in scene.moves:
            stand = self._step(stand, move)
            found |= stand.passed
        return [one for one in self.flow.steps if one in found]

    def _finished(self, scene: Scene) -> Scene:
        """With every nudge told once, and a rating that fits how the exercise ended."""
        here = Conversation(self.flow.name, None, values=scene.values)
        told: list[Move] = []
        rated_at = 0
        for move in scene.moves:
            step = self.flow.steps.get(here.step or "")
            if isinstance(step, Ask) and step.nudge and step.id not in self._nudged:
                self._nudged.add(step.id)
                told.append((events.Nudge(here.revision),))
            rated_at = len(told) if step and step.id == "after" else rated_at
            told.append(move)
            if (number := _fitting(step, move)) is not None and rated_at:
                told[rated_at] = _rated(told[rated_at], number)
            for event in move:
                here, _ = engine.advance(self.flow, here, event, scene.facts)
        return replace(scene, moves=tuple(told))


def _fitting(step: object, move: Move) -> int | None:
    """The rating after that an exercise must have had to be recorded as it was."""
    match step, move[0]:
        case DoStep(args={"after": Ref("answer", "after")}), events.Done(outcome):
            return _RATED.get(outcome or "")
    return None


def _rated(move: Move, number: int) -> Move:
    return tuple(
        replace(one, value=f"n{number}") if isinstance(one, events.Answer) else one for one in move
    )


def _usual(ask: Ask, revision: int) -> events.Answer:
    low, high = ask.low or 0, ask.high or 0
    wanted = _USUAL.get(ask.id, (low + high) // 2)
    return events.Answer(f"n{min(max(wanted, low), high)}", revision)


def _how_unusual(move: Move) -> tuple[bool, int]:
    """Exercises are rated, and where an action finds several things it finds many."""
    match move[0]:
        case events.Done(outcome, values):
            found = [one for one in values.values() if isinstance(one, int)]
            return outcome == "unrated", -sum(found)
    return False, 0


def _typed(ask: Ask, words: str) -> events.Answer:
    """Own words, cut to fit the question."""
    fitting = words[: ask.high].strip()
    return events.Answer(fitting.ljust(ask.low or 1, "."), None, words=True)


def _unknown(facts: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[int, int]:
    return sum(one is None for one in facts.values()), -len(values)
