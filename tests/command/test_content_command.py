"""What a writer types, and what the command answers."""

from __future__ import annotations

import json

import pytest

from kawan import command, coverage, goldens


def test_coverage_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    status = command.answer(["content", "coverage", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert status == 0
    assert list(found["treatments"]) == list("abcdef")
    assert found["missing"] == list(coverage.of_content().missing)


def test_a_text_is_shown_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    command.answer(["content", "preview", "crisis.client.card_t1", "--language", "en"])

    assert "Today sounds very hard for you." in capsys.readouterr().out


def test_a_flow_is_played_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    command.answer(["content", "play", "napas", "--answer", "8", "--language", "en"])

    said = capsys.readouterr().out
    assert "Kawan: A long breath tells your body" in said
    assert "  [Ready]" in said


def test_a_language_nobody_writes_in_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    status = command.answer(["content", "play", "napas", "--language", "nl"])

    assert status == 2
    assert capsys.readouterr().err == "--language takes one of id, en.\n"


def test_a_transcript_that_is_not_as_its_flow_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goldens, "kept", lambda _: {**goldens.now(), "napas": "Kawan: Halo."})

    status = command.answer(["content", "transcripts"])

    told = capsys.readouterr()
    assert status == 1
    assert told.out == "tests/content/transcripts/napas.txt\n"
    assert "--write" in told.err
