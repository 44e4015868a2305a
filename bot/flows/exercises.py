"""The contract of an exercise: what each must ask, do, keep and leave behind, and why.

A point yields what is broken as (step or "", sentence); the reasons stand in content/README.md.
How the texts of an exercise read is looked at in `reading.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final, TypeAlias

from bot.flows import predicates, reading, ways
from bot.flows.model import END, Ask, Branch, DoStep, Flow, Ref, Say, Wait

TREATMENTS: Final = "abcdef"
FEWEST_WORDS_OF_A_REASON: Final = 5
#: Different messages between the ratings: on the shortest way, and with every detour.
FEWEST, MOST, MOST_WITH_DETOURS = 4, 10, 13
MOST_MINUTES: Final = 20

Found: TypeAlias = Iterator[tuple[str, str]]
Point: TypeAlias = Callable[[Flow], Found]


def breaches(flow: Flow, known: Collection[str]) -> Found:
    """All that is wrong with this exercise; `known` are the keys of single messages."""
    for point in POINTS:
        yield from point(flow)
    yield from gives_words_for_every_task(flow, known)


def says_who_it_is(flow: Flow) -> Found:
    module = dict(flow.module or {})
    for key in ("title", "why", "need"):
        if not module.get(key):
            yield "", f"has no {key}"
    if str(module["id"]).lower() != flow.name:
        yield "", "has an id that is not the name of its flow"
    if module.get("treatment") not in tuple(TREATMENTS):
        yield "", "has no treatment a-f"
    minutes = module.get("minutes", 0)
    if not isinstance(minutes, int) or not 1 <= minutes <= MOST_MINUTES:
        yield "", "does not say how many minutes it takes"


def says_why_at_once(flow: Flow) -> Found:
    """One plain statement, before anything is asked or explained."""
    step, first = next(reading.texts(flow))
    reason = reading.first_sentence(first)
    if reason.endswith("?") or len(reading.words(reason)) < FEWEST_WORDS_OF_A_REASON:
        yield step, f"does not begin with why it helps: {reason!r}"


def asks_before_and_after(flow: Flow) -> Found:
    for name in ("before", "after"):
        step = flow.steps.get(name)
        if not isinstance(step, Ask) or step.kind != "scale" or (step.low, step.high) != (0, 10):
            yield "", f"has no question {name!r} from 0 to 10"
    if not any(ways.between(flow)):
        yield "", "has no way from 'before' to 'after'"


def takes_four_to_ten_messages(flow: Flow) -> Found:
    """Rounds of one text are messages, too, but they are one to read."""
    said = [
        [step.wording.key for step in map(flow.steps.get, way[1:-1]) if isinstance(step, Say | Ask)]
        for way in ways.between(flow)
    ]
    if not said:  # another point says so
        return
    if (least := min(map(len, said))) < FEWEST:
        yield "", f"is over after {least} messages between the ratings"
    different = sorted(len(set(way)) for way in said)
    if different[0] > MOST or different[-1] > MOST_WITH_DETOURS:
        yield "", f"takes {different[0]} to {different[-1]} messages between the ratings"


def does_something_on_our_clock(flow: Flow) -> Found:
    for way in ways.between(flow):
        if not any(isinstance(flow.steps[one], Wait) for one in way):
            yield "after", f"comes to 'after' with nothing done on the clock, by {' > '.join(way)}"
            return


def leaves_something_that_is_theirs(flow: Flow) -> Found:
    if not _does(flow, "keep_artefact"):
        yield "", "keeps nothing of what the client says"
    if not _does(flow, "recall") and not _does(flow, "recall_plan"):
        yield "", "never comes back to what was kept"
    for step in _does(flow, "keep_artefact"):
        if step.args.get("module") != _id(flow):
            yield step.id, f"keeps something for another module in {step.id!r}"
    if not any(ask.kind == "text" for ask in asks(flow)):
        yield "", "has no question in own words"


def records_what_changed(flow: Flow) -> Found:
    recorded = _does(flow, "record_module")
    for step in recorded:
        if step.args.get("module") != _id(flow):
            yield step.id, f"records {step.args.get('module')!r}"
    if not any(one.args.get("after") == Ref("answer", "after") for one in recorded):
        yield "", "does not record the rating after"
    shown = [(step, text) for step, text in reading.texts(flow) if "{change.before.after}" in text]
    if not shown:
        yield "", "does not show the difference"
    for step_id, text in shown:
        if "{answer.before}" not in text or "{answer.after}" not in text:
            yield step_id, f"shows a difference without its numbers: {text!r}"


def leads_to_people_when_it_stays_hard(flow: Flow) -> Found:
    starts = list(_hard_ways(flow))
    if not starts:
        yield "", "does not notice when it stays hard"
    for start in starts:
        step = flow.steps.get(start)
        if not isinstance(step, Ask) or not 3 <= len(step.options) <= 4:
            yield start, f"offers no choice of three or four ways at {start!r}"
        after = [flow.steps[one] for one in ways.reached(flow, start) - {END}]
        if not {"ask_for_contact"} & {one.action for one in after if isinstance(one, DoStep)}:
            yield start, f"does not lead from {start!r} to the officer"
        said = [one.wording.text for one in after if isinstance(one, Say | Ask)]
        if not any("/bantuan" in text for text in said):
            yield start, f"does not name /bantuan after {start!r}"


def gives_one_small_task_with_a_time(flow: Flow) -> Found:
    if not _does(flow, "set_task"):
        yield "", "gives no small task"


def gives_words_for_every_task(flow: Flow, known: Collection[str]) -> Found:
    """For the day after: no task without words, no words without a task."""
    start = f"module.client.task_{flow.name}_"
    offered = dict(_tasks(flow))
    for choice, step_id in offered.items():
        if start + choice not in known:
            yield step_id, f"has no words for the task {choice!r} of the next day"
    for key in known:
        if key.startswith(start) and key.removeprefix(start) not in offered:
            yield "", f"has words for a task it does not give: {key}"


def _tasks(flow: Flow) -> Iterator[tuple[str, str]]:
    for step in _does(flow, "set_task"):
        asked = flow.steps.get(getattr(step.args.get("task"), "name", ""))
        if isinstance(asked, Ask):
            yield from ((option.id, asked.id) for option in asked.options)


def leaves_nobody_stuck(flow: Flow) -> Found:
    for ask in asks(flow):
        if not ask.timeout:
            yield ask.id, f"waits for ever at {ask.id!r}"
    if flow.on_busy != "interrupt" or flow.audience != "client":
        yield "", "does not begin when a client asks for it"


def asks(flow: Flow) -> Iterator[Ask]:
    yield from (step for step in flow.steps.values() if isinstance(step, Ask))


def _id(flow: Flow) -> str:
    return str((flow.module or {})["id"])


def _does(flow: Flow, action: str) -> list[DoStep]:
    steps = flow.steps.values()
    return [one for one in steps if isinstance(one, DoStep) and one.action == action]


def _hard_ways(flow: Flow) -> Iterator[str]:
    recorded = {one.id for one in _does(flow, "record_module")}
    for step in flow.steps.values():
        for way in step.ways if isinstance(step, Branch) else ():
            tests = predicates.tests(way.when)
            if any(test.name in recorded and test.operand == "hard" for test in tests):
                yield way.next


POINTS: Final[tuple[Point, ...]] = (
    says_who_it_is,
    says_why_at_once,
    asks_before_and_after,
    takes_four_to_ten_messages,
    does_something_on_our_clock,
    leaves_something_that_is_theirs,
    records_what_changed,
    leads_to_people_when_it_stays_hard,
    gives_one_small_task_with_a_time,
    leaves_nobody_stuck,
    reading.is_easy_to_read,
    reading.has_few_buttons,
    reading.tells_a_lock_screen_nothing,
)
