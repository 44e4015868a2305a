"""`kawan understand` says of each line how it is read."""

from __future__ import annotations

import io
import json

import pytest

from kawan import command


def test_each_line_is_read_for_danger_and_for_what_is_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("pengen mati aja\n\nbesok sesinya jam berapa?\n"))

    assert command.answer(["understand"]) == 0

    grave, empty, plain = map(json.loads, capsys.readouterr().out.splitlines())
    assert (grave["text"], grave["crisis"]) == ("pengen mati aja", "T2")
    assert grave["crisis_because"]
    assert empty["crisis"] == "none"
    assert (plain["crisis"], plain["intent"]) == ("none", "ask_schedule")
    assert 0 <= plain["confidence"] <= 1
