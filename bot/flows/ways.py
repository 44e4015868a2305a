"""The ways through an exercise, as a person who answers can walk them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows import graph
from bot.flows.model import END, Ask, Flow, Step


def between(flow: Flow) -> Iterator[list[str]]:
    """Every way from the first rating to the second that comes by no step twice."""
    waiting = [["before"]] if "before" in flow.steps else []
    while waiting:
        way = waiting.pop()
        if way[-1] == "after":
            yield way
        elif way[-1] != END:
            steps = _goes(flow.steps[way[-1]])
            waiting += [[*way, one] for one in dict.fromkeys(steps) if one not in way]


def _goes(step: Step) -> Iterator[str]:
    """Where a person who answers can come to."""
    if isinstance(step, Ask) and step.timeout:
        leads = [*(option.next or step.next for option in step.options)]
        leads += [step.next] * (step.kind in ("many", "number", "scale", "text", "time"))
        yield from dict.fromkeys([*leads, *([step.skip.next or step.next] if step.skip else [])])
    else:
        yield from graph.targets(step)


def reached(flow: Flow, start: str) -> set[str]:
    edges = {step.id: tuple(graph.targets(step)) for step in flow.steps.values()}
    return graph.closure([start], edges)
