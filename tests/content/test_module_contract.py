"""Every exercise we ship keeps the contract of an exercise; each breach names module and point."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

import pytest

from aftercare import phrases
from aftercare.rules import discretion, wording
from bot.flows import graph, predicates
from bot.flows.library import Library
from bot.flows.model import END, Ask, Branch, DoStep, Flow, Ref, Say, Step, Wait
from kawan import house

FIRST_LINE: Final = 60
#: What a lock screen does not show, beyond the names of offices in `discretion`.
TELLING: Final = re.compile(
    r"\b(sabu|ganja|putaw|obat|zat|pakai|memakai|kambuh\w*|relaps\w*|dorongan memakai|ketagihan"
    r"|kecanduan|bandar|mati|bunuh)\b",
    re.IGNORECASE,
)
TREATMENTS: Final = "abcdef"
LONGEST_SENTENCE: Final = 20  # one may run on, as speech does; the message stays at 15 on average
SHORT_PHRASE: Final = 6  # words; shorter sentences may repeat
MOST_SHARED: Final = 1
FEWEST_WORDS_OF_A_REASON: Final = 5
#: Different messages between the ratings: on the shortest way, and with every detour.
FEWEST, MOST, MOST_WITH_DETOURS = 4, 10, 13
HARDEST: Final = 8.0  # of wording.readability: junior high school

Point = Callable[[Flow], Iterator[str]]


@pytest.fixture(scope="module")
def shipped() -> dict[str, Flow]:
    stage, _ = house.content()
    assert isinstance(stage.flows, Library)
    return stage.flows.modules()


def _asks(flow: Flow) -> Iterator[Ask]:
    yield from (step for step in flow.steps.values() if isinstance(step, Ask))


def _does(flow: Flow, action: str) -> list[DoStep]:
    steps = flow.steps.values()
    return [one for one in steps if isinstance(one, DoStep) and one.action == action]


def _texts(flow: Flow) -> Iterator[tuple[str, str]]:
    """Every message of the flow by its step; a repeated one once."""
    said: dict[str, str] = {}
    for step in flow.steps.values():
        if isinstance(step, Say | Ask):
            said.setdefault(step.wording.text, step.id)
    yield from ((step_id, text) for text, step_id in said.items())


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[.!?…]+[\s”\")]|\n+|:\s", wording.visible(text) + " ")
    return [part.strip(" .“”") for part in parts if part.strip(" .“”")]


def _words(sentence: str) -> list[str]:
    return re.findall(r"[\w{}.]+(?:-\w+)*", sentence.casefold())


def _goes(step: Step) -> Iterator[str]:
    """Where a person who answers can come to."""
    if isinstance(step, Ask) and step.timeout:
        leads = [*(option.next or step.next for option in step.options)]
        leads += [step.next] * (step.kind in ("many", "number", "scale", "text", "time"))
        yield from dict.fromkeys([*leads, *([step.skip.next or step.next] if step.skip else [])])
    else:
        yield from graph.targets(step)


def _ways(flow: Flow, start: str, goal: str) -> Iterator[list[str]]:
    """Every way from one step to another that does not come by the same step twice."""
    waiting = [[start]]
    while waiting:
        way = waiting.pop()
        if way[-1] == goal:
            yield way
        elif way[-1] != END:
            steps = _goes(flow.steps[way[-1]])
            waiting += [[*way, one] for one in dict.fromkeys(steps) if one not in way]


def _reached(flow: Flow, start: str) -> set[str]:
    edges = {step.id: tuple(graph.targets(step)) for step in flow.steps.values()}
    return graph.closure([start], edges)


def says_who_it_is(flow: Flow) -> Iterator[str]:
    module = dict(flow.module or {})
    for key in ("title", "why", "need"):
        if not module.get(key):
            yield f"has no {key}"
    if str(module["id"]).lower() != flow.name:
        yield "has an id that is not the name of its flow"
    if module.get("treatment") not in tuple(TREATMENTS):
        yield "has no treatment a-f"
    if not 1 <= int(module.get("minutes", 0)) <= 20:
        yield "does not say how many minutes it takes"


def says_why_at_once(flow: Flow) -> Iterator[str]:
    """One plain statement, before anything is asked or explained."""
    first = next(_texts(flow))[1]
    reason = re.split(r"(?<=[.!?])\s", wording.visible(first))[0]
    if reason.endswith("?") or len(_words(reason)) < FEWEST_WORDS_OF_A_REASON:
        yield f"does not begin with why it helps: {reason!r}"


def asks_before_and_after(flow: Flow) -> Iterator[str]:
    for name in ("before", "after"):
        step = flow.steps.get(name)
        if not isinstance(step, Ask) or step.kind != "scale" or (step.low, step.high) != (0, 10):
            yield f"has no question {name!r} from 0 to 10"
    if not any(_ways(flow, "before", "after")):
        yield "has no way from 'before' to 'after'"


def takes_four_to_ten_messages(flow: Flow) -> Iterator[str]:
    """Rounds of one text are messages, too, but they are one to read."""
    ways = [
        [step.wording.key for step in map(flow.steps.get, way[1:-1]) if isinstance(step, Say | Ask)]
        for way in _ways(flow, "before", "after")
    ]
    if (least := min(map(len, ways))) < FEWEST:
        yield f"is over after {least} messages between the ratings"
    different = sorted(len(set(way)) for way in ways)
    if different[0] > MOST or different[-1] > MOST_WITH_DETOURS:
        yield f"takes {different[0]} to {different[-1]} messages between the ratings"


def does_something_on_our_clock(flow: Flow) -> Iterator[str]:
    for way in _ways(flow, "before", "after"):
        if not any(isinstance(flow.steps[one], Wait) for one in way):
            yield f"comes to 'after' with nothing done on the clock, by {' > '.join(way)}"
            return


def leaves_something_that_is_theirs(flow: Flow) -> Iterator[str]:
    if not _does(flow, "keep_artefact"):
        yield "keeps nothing of what the client says"
    if not _does(flow, "recall") and not _does(flow, "recall_plan"):
        yield "never comes back to what was kept"
    for step in _does(flow, "keep_artefact"):
        if step.args.get("module") != str((flow.module or {})["id"]):
            yield f"keeps something for another module in {step.id!r}"
    if not any(ask.kind == "text" for ask in _asks(flow)):
        yield "has no question in own words"


def records_what_changed(flow: Flow) -> Iterator[str]:
    module = str((flow.module or {})["id"])
    for step in _does(flow, "record_module"):
        if step.args.get("module") != module:
            yield f"records {step.args.get('module')!r}"
    rated = [one for one in _does(flow, "record_module") if one.args.get("after")]
    if not any(one.args.get("after") == Ref("answer", "after") for one in rated):
        yield "does not record the rating after"
    shown = [text for _, text in _texts(flow) if "{change.before.after}" in text]
    if not shown:
        yield "does not show the difference"
    for text in shown:
        if "{answer.before}" not in text or "{answer.after}" not in text:
            yield f"shows a difference without its numbers: {text!r}"


def leads_to_people_when_it_stays_hard(flow: Flow) -> Iterator[str]:
    starts = [
        way.next
        for step in flow.steps.values()
        if isinstance(step, Branch)
        for way in step.ways
        for test in predicates.tests(way.when)
        if test.name in {one.id for one in _does(flow, "record_module")} and test.operand == "hard"
    ]
    if not starts:
        yield "does not notice when it stays hard"
    for start in starts:
        step = flow.steps[start]
        if not isinstance(step, Ask) or not 3 <= len(step.options) <= 4:
            yield f"offers no choice of three or four ways at {start!r}"
        after = [flow.steps[one] for one in _reached(flow, start) - {END}]
        if not {"ask_for_contact"} & {one.action for one in after if isinstance(one, DoStep)}:
            yield f"does not lead from {start!r} to the officer"
        if not any("/bantuan" in text for text in _said(after)):
            yield f"does not name /bantuan after {start!r}"


def _said(steps: list[Step]) -> list[str]:
    return [one.wording.text for one in steps if isinstance(one, Say | Ask)]


def gives_one_small_task_with_a_time(flow: Flow) -> Iterator[str]:
    given = _does(flow, "set_task")
    if not given:
        yield "gives no small task"
    known = phrases.load()
    for step in given:
        asked = flow.steps[step.args["task"].name]
        assert isinstance(asked, Ask)
        for option in asked.options:
            if f"module.client.task_{flow.name}_{option.id}" not in known:
                yield f"has no words for the task {option.id!r} of the next day"
    yield from _unused_tasks(flow, known, given)


def _unused_tasks(flow: Flow, known: object, given: list[DoStep]) -> Iterator[str]:
    offered = {
        f"module.client.task_{flow.name}_{option.id}"
        for step in given
        for option in getattr(flow.steps[step.args["task"].name], "options", ())
    }
    start = f"module.client.task_{flow.name}_"
    for key in known if isinstance(known, dict) else ():
        if key.startswith(start) and key not in offered:
            yield f"has words for a task it does not give: {key}"


def leaves_nobody_stuck(flow: Flow) -> Iterator[str]:
    for ask in _asks(flow):
        if not ask.timeout:
            yield f"waits for ever at {ask.id!r}"
    if flow.on_busy != "interrupt" or flow.audience != "client":
        yield "does not begin when a client asks for it"


def is_easy_to_read(flow: Flow) -> Iterator[str]:
    for step_id, text in _texts(flow):
        for blemish in wording.blemishes(text):
            yield f"{step_id}: {blemish}"
        for sentence in _sentences(text):
            if len(_words(sentence)) > LONGEST_SENTENCE:
                yield f"{step_id} runs on: {sentence!r}"
    everything = " ".join(text.replace("\n", " ") for _, text in _texts(flow))
    if (fog := wording.readability(everything)) > HARDEST:
        yield f"is hard to read: {fog:.1f}"


def has_few_buttons(flow: Flow) -> Iterator[str]:
    """Scales, and lists to tick, may be longer; own words may stand beside four examples."""
    for ask in _asks(flow):
        most = {"scale": 12, "many": 10, "text": 5}.get(ask.kind, 4)
        if (count := len(ask.options) + bool(ask.skip)) > most:
            yield f"shows {count} buttons at {ask.id!r}"


def tells_a_lock_screen_nothing(flow: Flow) -> Iterator[str]:
    after_a_wait = {one.next for one in flow.steps.values() if isinstance(one, Wait)}
    came_by_clock = {step_id for step_id in after_a_wait if step_id in flow.steps}
    first = next(_texts(flow))[0]
    for step_id, text in _texts(flow):
        if step_id in came_by_clock | {first} and (found := _told(text)):
            yield f"{step_id} shows {found!r} on a lock screen"
    if found := _told(str((flow.module or {})["title"])):
        yield f"has a title that tells: {found!r}"


def _told(text: str) -> str | None:
    line = wording.visible(text)[:FIRST_LINE]
    found = TELLING.search(line)
    return found[0] if found else None if discretion.is_neutral(line) else line


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
    is_easy_to_read,
    has_few_buttons,
    tells_a_lock_screen_nothing,
)


@pytest.mark.parametrize("point", POINTS, ids=lambda one: one.__name__)
def test_every_exercise_keeps_the_contract(point: Point, shipped: dict[str, Flow]) -> None:
    breaches = [f"{name} {sentence}." for name, flow in shipped.items() for sentence in point(flow)]

    assert breaches == []


def test_no_exercise_is_copied_from_another(shipped: dict[str, Flow]) -> None:
    said = {
        name: {
            s for _, text in _texts(flow) for s in _sentences(text) if len(_words(s)) > SHORT_PHRASE
        }
        for name, flow in shipped.items()
    }

    shared = {
        f"{one} and {other}": said[one] & said[other]
        for one, other in combinations(said, 2)
        if len(said[one] & said[other]) > MOST_SHARED
    }
    assert shared == {}


def test_no_message_is_said_twice_in_one_exercise_under_two_names(shipped: dict[str, Flow]) -> None:
    twice = {}
    for name, flow in shipped.items():
        steps = [one for one in flow.steps.values() if isinstance(one, Say | Ask)]
        keys = {(one.wording.text, one.wording.key) for one in steps}
        texts = [text for text, _ in keys]
        twice[name] = {text for text in texts if texts.count(text) > 1}

    assert {name: found for name, found in twice.items() if found} == {}


def test_every_need_has_a_button_that_leads_to_its_exercises(shipped: dict[str, Flow]) -> None:
    buttons = phrases.load()["module.client.needs"].labels

    assert {str((flow.module or {})["need"]) for flow in shipped.values()} <= buttons.keys()


def test_what_arrives_unasked_tells_a_lock_screen_nothing() -> None:
    stage, _ = house.content()
    readers = ("client", "family")
    openings = {
        name: next(_texts(flow))[1]
        for name, flow in stage.flows.items()
        if flow.audience in readers and any(_texts(flow))
    }
    prompts = {
        key: text.body
        for key, text in phrases.load().items()
        if key.split(".")[1] in readers and key.split(".")[0] in ("module", "prompt", "check_in")
    }

    telling = {key: _told(text) for key, text in {**openings, **prompts}.items() if _told(text)}
    assert telling == {}
