"""`kawan activity add`: an office publishes for a partner, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kawan.command import answer
from tests.processes.machines import KEY

SENAM = ("--by", "Mekar", "--kind", "senam", "--at", "2027-01-16 07:00", "--place", "Lapangan")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWAN_SECRET_KEY", KEY)
    for words in (
        ("init", "--bot", "@KawanPulihBot"),
        ("office", "add", "Bapas Bandung"),
        ("staff", "add", "Mekar", "--role", "partner"),
        ("staff", "add", "Hendra", "--role", "head"),
    ):
        assert answer(words) == 0
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert answer(("activity", "add", *words, "--json")) == 0
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence on standard error, after status 2."""
    capsys.readouterr()
    assert answer(("activity", "add", *words)) == 2
    heard = capsys.readouterr()
    assert heard.out == ""
    return heard.err.strip()


def test_an_activity_is_published_in_the_offices_own_time(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = told(capsys, *SENAM, "--capacity", "20", "--weeks", "4", "--note", "Bawa minum")

    assert made["at"] == "2027-01-16 07:00"
    assert made["time_zone"] == "Asia/Jakarta"
    assert (made["kind"], made["name"], made["by"]) == ("senam", "Senam", "Mekar")
    assert made["ids"] == [made["id"] + week for week in range(4)]


def test_a_name_of_ones_own_and_a_word_for_the_kind(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = told(
        capsys, "--by", "Mekar", "--kind", "badminton", "--name", "Badminton  warga", "--at",
        "2027-01-16 16:00", "--place", "GOR",
    )  # fmt: skip

    assert (made["kind"], made["name"]) == ("bulutangkis", "Badminton warga")


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (("--at", "2020-01-01 07:00"), "--at: An activity cannot start in the past."),
        (("--kind", "judi"), "--kind takes one of senam, voli"),
        (("--note", "khusus pecandu"), "--note: The note is short, hurts nobody"),
        (("--name", "Senam keluarga lapas"), "--name: The name is short, hurts nobody"),
        (("--weeks", "40"), "--weeks: An activity is repeated up to 12 weeks"),
        (("--capacity", "0"), "--capacity: Between 1 and 500 people can join."),
        (("--by", "Hendra"), "--by takes the name or id of a known partner or officer"),
    ],
)
def test_what_cannot_be_is_one_sentence_that_names_the_flag(
    office: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str], flag: str
) -> None:
    kept = [word for pair in zip(SENAM[::2], SENAM[1::2], strict=True)
            if pair[0] != words[0] for word in pair]  # fmt: skip

    assert refused(capsys, *kept, *words).startswith(flag)


def test_after_a_refusal_nothing_is_there(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, *SENAM, "--weeks", "40")

    assert told(capsys, *SENAM)["id"] == 1
