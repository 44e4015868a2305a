"""Whatever people and clocks do, in whatever order: no crash, no way back, no second ending."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.strict_yaml import ContentErrors
from bot.flows import engine, events, walk
from bot.flows.effects import Ended, Stale
from bot.flows.model import Conversation, Flow
from tests.flows.desk import ACTIONS, FACTS, Desk

EVERYTHING = """
    open: {say: "Halo."}
    mood:
      ask: "Gimana?"
      choices:
        baik: {label: "Baik", score: 1}
        berat: {label: "Berat", score: 3, next: signs}
        khusus: {label: "Khusus", score: 2, only_if: {fact: joined, is: true}}
      nudge: {after: 1h, say: "Masih di sini."}
      timeout: {after: 2h, next: hour}
    urge: {ask: "Berapa?", kind: scale, range: [0, 10], skip: "Lewati"}
    signs: {ask: "Mana?", kind: many, choices: {a: Lapar, b: Sepi}, done: "Sudah", min: 1}
    find: {do: offer_slots}
    hour: {ask: "Jam?", kind: time}
    why: {ask: "Cerita?", kind: text, max: 30}
    count: {ask: "Berapa kali?", kind: number, range: [1, 9]}
    way:
      branch:
        - {when: {score: s, at_least: 3}, next: breath}
        - {when: {any: [{answer: urge, above: count}, {value: slot_1, is: "x"}]}, next: mood}
      else: breath
    breath: {repeat: {times: 2, say: "Putaran {round}.", wait: 5s}}
    close: {say: "{answer.mood} {answer.urge} {score.s} {change.urge.count}", next: end}
"""
HEAD = "scores: {s: {sum: [mood]}}\non_expire: {do: raise_alert, with: {kind: missed}}"

anything: st.SearchStrategy[Any] = st.one_of(
    st.text(max_size=12), st.none(), st.integers(), st.booleans(), st.lists(st.text(max_size=3))
)
ids = st.sampled_from(
    ["baik", "berat", "khusus", "a", "b", "done", "skip", "n0", "n10", "7", "jam 7", "lapar, sepi"]
)
revisions: st.SearchStrategy[Any] = st.one_of(st.integers(-2, 40), anything)
happenings = st.one_of(
    st.builds(events.Answer, st.one_of(ids, anything), revisions, st.booleans()),
    st.builds(events.Answer, st.one_of(ids, st.text(max_size=40)), st.none(), st.just(True)),
    st.builds(events.Nudge, revisions),
    st.builds(events.Timeout, revisions),
    st.builds(events.Waited, revisions),
    st.builds(
        events.Done,
        st.one_of(st.none(), st.text(max_size=5)),
        st.dictionaries(st.text(max_size=5), anything, max_size=2),
    ),
    st.sampled_from([events.Start(), events.Again()]),
)
rare = st.sampled_from([events.Expire(), events.Stop()])
#: mostly the present question is meant, as in life
aims = st.lists(st.tuples(st.one_of(happenings, happenings, rare), st.booleans()), max_size=40)
facts = st.fixed_dictionaries({"joined": st.one_of(st.none(), st.booleans())})


@pytest.fixture(scope="module")
def flow(tmp_path_factory: pytest.TempPathFactory) -> Flow:
    return Desk(tmp_path_factory.mktemp("flow")).flow(EVERYTHING, HEAD)


def aimed(event: events.Event, here: Conversation, hits: bool) -> events.Event:
    match event:
        case events.Answer(value, _, words) if hits:
            return events.Answer(value, None if words else here.revision, words)
        case events.Nudge() | events.Timeout() | events.Waited() if hits:
            return type(event)(here.revision)
    return event


@settings(max_examples=300, deadline=None)
@given(aims=aims, known=facts)
def test_no_event_ever_breaks_a_conversation(flow: Flow, aims: Any, known: Any) -> None:
    here = engine.begin(flow)
    here, _ = engine.advance(flow, here, events.Start(), known)

    for event, hits in aims:
        before = here
        here, happened = engine.advance(flow, here, aimed(event, here, hits), known)

        assert here.revision >= before.revision
        if here.step != before.step or here.outcome != before.outcome:
            assert here.revision == before.revision + 1
        if before.outcome is not None:
            assert here == before
        if Stale() in happened:
            assert here == before
        endings = [one for one in happened if isinstance(one, Ended)]
        assert len(endings) == (before.outcome is None and here.outcome is not None)


@settings(max_examples=100, deadline=None)
@given(aims=aims)
def test_a_conversation_taken_from_the_database_goes_on_as_before(flow: Flow, aims: Any) -> None:
    here, _ = engine.advance(flow, engine.begin(flow), events.Start())

    for event, hits in aims:
        now = aimed(event, here, hits)
        stored = Conversation(**json.loads(json.dumps(as_json(here))))
        assert engine.advance(flow, stored, now) == engine.advance(flow, here, now)
        here, _ = engine.advance(flow, here, now)


def as_json(here: Conversation) -> dict[str, Any]:
    names = ("flow", "step", "revision", "answers", "values", "outcome")
    return {name: getattr(here, name) for name in names}


@settings(max_examples=100, deadline=None)
@given(aims=aims, revision=st.integers(-5, 100))
def test_no_timer_or_tap_of_another_revision_changes_anything(
    flow: Flow, aims: Any, revision: int
) -> None:
    here, _ = engine.advance(flow, engine.begin(flow), events.Start())
    for event, hits in aims:
        here, _ = engine.advance(flow, here, aimed(event, here, hits))
    if revision == here.revision:
        revision += 1

    for late in (
        events.Answer("baik", revision),
        events.Nudge(revision),
        events.Timeout(revision),
        events.Waited(revision),
    ):
        assert engine.advance(flow, here, late) == (here, (Stale(),))


def test_the_flow_of_these_tests_really_ends_on_every_path(flow: Flow) -> None:
    found = walk.every_path(flow, ACTIONS, FACTS)

    assert found.endings == {"finished", "expired"}
    assert found.visited == flow.steps.keys()
    assert not [one for one in found.problems if "never end" in one or "not taken" in one]


# Flows nobody has written yet.

NAMES = ("a", "b", "c", "d", "e")
targets = st.sampled_from([*NAMES, "end"])


@st.composite
def drawn_steps(draw: st.DrawFn) -> str:
    lines = []
    for name in NAMES:
        match draw(st.sampled_from(["say", "ask", "wait"])):
            case "say":
                lines.append(f'{name}: {{say: "Hai.", next: {draw(targets)}}}')
            case "wait":
                lines.append(f"{name}: {{wait: 1m, next: {draw(targets)}}}")
            case _:
                ways = ", ".join(f"{x}: {{label: {x}, next: {draw(targets)}}}" for x in "pq")
                lines.append(f'{name}: {{ask: "Apa?", choices: {{{ways}}}}}')
    return "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(steps=drawn_steps())
def test_every_flow_that_loads_lets_everybody_out(
    tmp_path_factory: pytest.TempPathFactory, steps: str
) -> None:
    desk = Desk(tmp_path_factory.mktemp("drawn"))
    try:
        flow = desk.flow(steps)
    except ContentErrors:
        return

    assert walk.every_path(flow).problems == ()


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 10_000), length=st.integers(0, 12), instead=st.text(max_size=6))
def test_a_damaged_file_is_read_or_refused_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, place: int, length: int, instead: str
) -> None:
    desk = Desk(tmp_path_factory.mktemp("damaged"))
    desk.write("x", "flow: x\nexpires: 2d\n" + HEAD + "\nsteps:\n" + EVERYTHING)
    path: Path = desk.flows / "x.yaml"
    text = path.read_text()
    place %= len(text)
    path.write_text(text[:place] + instead + text[place + length :], encoding="utf-8", newline="")

    assert desk.problems() or desk.load()["x"].steps
