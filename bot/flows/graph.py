"""Checks the paths of a flow: every step is reached, reaches the end, and in time."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final, TypeVar

from bot.flows.draft import Draft
from bot.flows.model import END, Ask, Branch, Flow, Step, Wait

Place = TypeVar("Place", bound=Hashable)
YEAR: Final = timedelta(days=365)
MANY_QUESTIONS: Final = 12


def check(draft: Draft, flow: Flow) -> None:
    if not flow.steps:
        return
    _check_times(draft, flow)
    edges = {step.id: tuple(dict.fromkeys(targets(step))) for step in flow.steps.values()}
    asked = _most_asked(flow, edges, flow.first, {})
    if asked > MANY_QUESTIONS:
        first = draft.lines[flow.first]
        draft.page.warn(first, f"The flow asks {asked} questions; people tire after 12.")
    if draft.lost:
        return
    _check_ways(draft, flow, edges)
    for step_id in _circling(flow, edges):
        sentence = f"The step {step_id!r} comes round again without asking anything."
        draft.page.wrong(draft.lines[step_id], sentence)


def _most_asked(
    flow: Flow, edges: Mapping[str, tuple[str, ...]], step_id: str, found: dict[str, int]
) -> int:
    """How many questions the longest way on asks; one that comes round again counts once."""
    if step_id not in found:
        found[step_id] = 0  # while its own ways are looked at
        further = [_most_asked(flow, edges, one, found) for one in edges.get(step_id, ())]
        own = isinstance(flow.steps.get(step_id), Ask)
        found[step_id] = own + max(further, default=0)
    return found[step_id]


def targets(step: Step) -> Iterator[str]:
    """Every step this one can lead to."""
    match step:
        case Branch():
            yield from (way.next for way in step.ways)
            yield step.otherwise
        case Ask():
            yield from _ways_out(step)
        case _:
            yield step.next


def _ways_out(ask: Ask) -> Iterator[str]:
    own = [option.next for option in ask.options]
    yield from (target for target in own if target)
    if ask.kind in ("number", "text", "time") or None in own or not own:
        yield ask.next
    if ask.skip:
        yield ask.skip.next or ask.next
    if ask.timeout:
        yield ask.timeout.next


def _check_ways(draft: Draft, flow: Flow, edges: Mapping[str, tuple[str, ...]]) -> None:
    reached = closure([flow.first], edges)
    back: dict[str, list[str]] = {}
    for step_id, wanted in edges.items():
        for target in wanted:
            back.setdefault(target, []).append(step_id)
    ending = closure([END], back)
    for step_id in flow.steps:
        if step_id not in reached:
            draft.page.wrong(draft.lines[step_id], f"Nothing leads to the step {step_id!r}.")
        elif step_id not in ending:
            sentence = f"From the step {step_id!r} no way leads to the end."
            draft.page.wrong(draft.lines[step_id], sentence)


def closure(start: Iterable[Place], edges: Mapping[Place, Iterable[Place]]) -> set[Place]:
    """Everything that can be reached, the start included."""
    seen: set[Place] = set()
    waiting = list(start)
    while waiting:
        step_id = waiting.pop()
        if step_id not in seen:
            seen.add(step_id)
            waiting += edges.get(step_id, ())
    return seen


def _circling(flow: Flow, edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Steps on a circle in which nobody is asked: it would talk to itself until it expires."""
    silent = {
        step_id: tuple(one for one in wanted if not isinstance(flow.steps.get(one), Ask))
        for step_id, wanted in edges.items()
        if not isinstance(flow.steps[step_id], Ask)
    }
    return [step_id for step_id in silent if step_id in closure(list(silent[step_id]), silent)]


def _check_times(draft: Draft, flow: Flow) -> None:
    for step in flow.steps.values():
        for name, after in _durations(step):
            if after >= flow.expires:
                sentence = f"The {name} of {step.id!r} is not shorter than `expires`."
                draft.page.wrong(draft.lines[step.id], sentence)
        if isinstance(step, Ask) and _nudges_late(step):
            sentence = f"The nudge of {step.id!r} comes after its timeout."
            draft.page.wrong(draft.lines[step.id], sentence)


def _nudges_late(ask: Ask) -> bool:
    return bool(ask.nudge and ask.timeout and ask.nudge.after >= ask.timeout.after)


def _durations(step: Step) -> Iterator[tuple[str, timedelta]]:
    match step:
        case Ask(nudge=nudge, timeout=timeout):
            if nudge:
                yield "nudge", nudge.after
            if timeout:
                yield "timeout", timeout.after
        case Wait(after=after):
            yield "wait", after
