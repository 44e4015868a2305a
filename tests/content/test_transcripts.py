"""What every flow says can be read as a chat, and a reviewer sees each change of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare.casework import deeds, facts
from bot.flows import reading, scenes, screenplay
from bot.flows.model import Ask
from kawan import goldens, pages


@pytest.fixture(scope="module")
def today() -> dict[str, str]:
    return goldens.now()


def test_no_flow_says_anything_that_reviewers_have_not_read(today: dict[str, str]) -> None:
    unread = goldens.changed(today)

    assert unread == [], "read and keep them with: kawan content transcripts --write"


def test_every_step_of_every_flow_is_seen_in_its_transcript() -> None:
    unseen = {}
    for name, flow in pages.flows().items():
        seen = {
            step for scene in scenes.of(flow, deeds.ACTIONS, facts.KNOWN) for step in scene.seen
        }
        unseen[name] = flow.steps.keys() - seen

    assert {name: steps for name, steps in unseen.items() if steps} == {}


def test_every_text_of_every_exercise_is_in_its_transcript(today: dict[str, str]) -> None:
    unsaid = [
        (flow.name, step)
        for flow in pages.flows().modules().values()
        for step, text in reading.texts(flow)
        if text.split("\n")[0].split("{")[0].strip() not in today[flow.name]
    ]

    assert unsaid == []


def test_writing_keeps_what_is_and_takes_away_what_is_no_more(
    tmp_path: Path, today: dict[str, str]
) -> None:
    goldens.write(today, tmp_path)
    (tmp_path / "gone.txt").write_text("Kawan: Halo.\n")
    (tmp_path / "napas.txt").write_text("Kawan: Halo.\n")

    assert goldens.changed(today, tmp_path) == ["gone", "napas"]
    assert goldens.write(today, tmp_path) == ["gone", "napas"]
    assert goldens.changed(today, tmp_path) == []
    assert not (tmp_path / "gone.txt").exists()


def test_what_is_typed_in_a_transcript_fits_its_question() -> None:
    unfitting = []
    for flow in pages.flows().values():
        typed = screenplay.samples_of(flow, pages.samples())
        for step in flow.steps.values():
            if isinstance(step, Ask) and step.kind == "text" and step.id in typed:
                fits = (step.low or 1) <= len(typed[step.id]) <= (step.high or 500)
                unfitting += [] if fits else [f"{flow.name}.{step.id}"]

    assert unfitting == []


def test_every_sample_of_one_flow_belongs_to_a_flow() -> None:
    flows = pages.flows()
    known = {*flows, *(flow.audience for flow in flows.values())}

    assert {
        name for name in pages.samples() if "." in name and name.split(".")[0] not in known
    } == set()
