"""Walks every path of a flow: whatever is answered, left open or decided, each one ends."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.flows import arguments, effects, engine, foresight, graph, lookup, moves, samples
from bot.flows.actions import Registered
from bot.flows.model import (
    END,
    NOTHING,
    Branch,
    Conversation,
    Flow,
    Say,
    Step,
    Value,
)

MOST_PLACES: Final = 50_000
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk found; `places` counts those that differ in anything that matters later."""

    places: int
    visited: frozenset[str]
    endings: frozenset[str]
    problems: tuple[str, ...]


def every_path(
    flow: Flow,
    actions: Mapping[str, Registered] = NOTHING,
    facts: Mapping[str, type | tuple[str, ...]] = NOTHING,
) -> Walk:
    """Plays the flow with answers that stand for all others."""
    walker = Walker(flow, actions)
    for known in samples.facts(flow, facts):
        for given in samples.values(flow, flow.values):
            walker.explore(Conversation(flow.name, None, values=given), known)
    for step_id in flow.steps.keys() - walker.visited:
        walker.problems.add(f"No answer leads to the step {step_id!r}.")
    problems = tuple(sorted(walker.problems))
    return Walk(walker.places, frozenset(walker.visited), frozenset(walker.endings), problems)


class _Trail(dict[str, Step]):
    """Steps that remember which of them were passed on the way."""

    def __init__(self, steps: Mapping[str, Step]) -> None:
        super().__init__(steps)
        self.passed: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        step = super().get(key, default)
        if isinstance(step, Say | Branch):  # the others are passed by resting at them
            self.passed.add(key)
        return step


@dataclass(slots=True)
class Walker:
    """Finds every place of one flow. Its own `flow` notes which steps are passed."""

    flow: Flow
    actions: Mapping[str, Registered]
    places: int = 0
    visited: set[str] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)
    problems: set[str] = field(default_factory=set)
    _ahead: dict[str | None, foresight.Ahead] = field(init=False)
    _needs: dict[str, tuple[str, ...]] = field(init=False)
    _trail: _Trail = field(init=False)

    def __post_init__(self) -> None:
        self._ahead = foresight.of(self.flow)
        self._needs = dict(foresight.needs(self.flow))
        self._trail = _Trail(self.flow.steps)
        self.flow = replace(self.flow, steps=self._trail)

    @property
    def passed(self) -> set[str]:
        """Steps that were said or decided since it was last emptied."""
        return self._trail.passed

    def explore(self, start: Conversation, facts: Mapping[str, Value]) -> None:
        """Breadth first; places that cannot be told apart any more are one."""
        first = self.place(start)
        found: dict[Key, Conversation] = {first: start}
        back: dict[Key, list[Key]] = {}
        waiting = deque([first])
        while waiting and len(found) <= MOST_PLACES:
            key = waiting.popleft()
            for there in self._after(found[key], facts):
                place = self.place(there)
                back.setdefault(place, []).append(key)
                if place not in found:
                    found[place] = there
                    waiting.extend([place] if there.outcome is None else [])
        self.visited |= self._trail.passed
        self.places += len(found)
        self._check_ends(found, back)

    def _check_ends(self, found: Mapping[Key, Conversation], back: Mapping[Key, list[Key]]) -> None:
        if len(found) > MOST_PLACES:
            self.problems.add(f"The flow has more than {MOST_PLACES} different places.")
            return
        ended = [key for key, there in found.items() if there.outcome == "finished"]
        for key in found.keys() - graph.closure(ended, back):
            if found[key].outcome is None and (step_id := found[key].step):
                self.problems.add(f"From the step {step_id!r} a conversation may never end.")

    def _after(self, here: Conversation, facts: Mapping[str, Value]) -> Iterator[Conversation]:
        for events in moves.at(self.flow, here, self.actions, facts):
            there = here
            for event in events:
                there, happened = engine.advance(self.flow, there, event, facts)
                self._notice(there, happened)
            if there.revision == here.revision:
                self.problems.add(f"At the step {here.step!r} {events[-1]!r} is not taken.")
            yield there

    def _notice(self, here: Conversation, happened: tuple[effects.Effect, ...]) -> None:
        """Notes where the conversation is, and texts or actions that lack a value."""
        self.visited |= {here.step} if here.step else set()
        for effect in happened:
            match effect:
                case effects.Send(key=key, choices=choices, labels_key=labels):
                    self._check_text(here, key, self._needs.get(key, ()))
                    self._check_text(here, labels, [n for one in choices for n in one.label_values])
                case effects.Do(name, args):
                    self._check_action(here, name, args)
                case effects.Ended(outcome):
                    self.endings.add(outcome)

    def _check_text(self, here: Conversation, key: str, shown: Iterable[str]) -> None:
        for name in shown:
            if lookup.placeholder(self.flow, here, name) is None:
                self.problems.add(f"{key} may be said before {{{name}}} is known.")

    def _check_action(self, here: Conversation, name: str, args: Mapping[str, Any]) -> None:
        if name not in self.actions:
            return
        for arg, sentence in arguments.validate(self.actions[name].arguments, args):
            if args.get(arg) != samples.SOMETHING:  # what an action gives is only known live
                self.problems.add(f"{name} may be called wrongly: {sentence}")

    def place(self, here: Conversation) -> Key:
        """The place, with only those answers that some later step looks at."""
        if here.outcome is not None:
            return (END, here.outcome)
        ahead = self._ahead[here.step]
        return (
            here.step,
            frozenset((name, repr(here.answers.get(name))) for name in ahead.compared),
            frozenset(here.answers.keys() & ahead.shown),
            frozenset((name, *self._so_far(here, name)) for name in ahead.scores),
            frozenset((name, repr(one)) for name, one in here.values.items() if name[0] != "_"),
        )

    def _so_far(self, here: Conversation, name: str) -> tuple[int | None, frozenset[str]]:
        steps = self.flow.scores[name].steps if name in self.flow.scores else ()
        answered = [step_id for step_id in steps if step_id in here.answers]
        return lookup.partial(self.flow, here, answered), frozenset(answered)
