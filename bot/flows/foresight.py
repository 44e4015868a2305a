"""What the rest of a flow still looks at, so that a walk can forget everything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.flows import graph, samples
from bot.flows.model import END, Ask, DoStep, Flow, Ref, Say, Step


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the steps from here on look at."""

    compared: frozenset[str]
    shown: frozenset[str]  # of these only the presence matters
    scores: frozenset[str]


def of(flow: Flow) -> dict[str | None, Ahead]:
    edges = {step.id: tuple(graph.targets(step)) for step in flow.steps.values()}
    ahead: dict[str | None, Ahead] = {None: Ahead(*[frozenset[str]()] * 3)}
    for step_id in flow.steps:
        steps = [flow.steps[one] for one in graph.closure([step_id], edges) - {END}]
        ahead[step_id] = Ahead(
            frozenset(name for step in steps for name in _compared(step)),
            frozenset(name for step in steps for name in _shown(flow, step)),
            frozenset(name for step in steps for name in _summed(flow, step)),
        )
    return ahead


def _compared(step: Step) -> Iterator[str]:
    for test in samples.tests(step):
        if test.subject == "answer":
            yield test.name
            yield from (str(test.operand),) if test.op in ("above", "below") else ()


def _summed(flow: Flow, step: Step) -> Iterator[str]:
    yield from (test.name for test in samples.tests(step) if test.subject == "score")


def _shown(flow: Flow, step: Step) -> Iterator[str]:
    match step:
        case Say() | Ask():
            labels = [] if isinstance(step, Say) else [one.needs for one in step.options]
            for source, *names in (need.split(".") for need in chain(step.wording.needs, *labels)):
                named = [one for one in names if source == "score" and one in flow.scores]
                yield from names
                yield from (one for score in named for one in flow.scores[score].steps)
        case DoStep():
            yield from (one.name for one in step.args.values() if isinstance(one, Ref))


def needs(flow: Flow) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What each text shows; what a button shows is only needed where the button is there."""
    for step in flow.steps.values():
        match step:
            case Say():
                yield (
                    step.wording.key,
                    tuple(one for one in step.wording.needs if one not in step.fixed),
                )
            case Ask():
                yield step.wording.key, step.wording.needs
