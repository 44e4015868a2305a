"""A writer sees what there is for whom, how it reads, and what is missing, by name."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from aftercare import phrases
from aftercare.phrases import Texts
from bot.flows import reading
from bot.flows.library import Library
from kawan import coverage, coverage_tables, pages
from kawan.coverage import Coverage, Reading


@pytest.fixture(scope="module")
def found() -> Coverage:
    return coverage.of_content()


def without(monkeypatch: pytest.MonkeyPatch, *gone: str) -> None:
    """The content as if these flows and keys had not been written."""
    flows, texts = pages.flows(), phrases.load()
    left = {name: flow for name, flow in flows.items() if name not in gone}
    kept = {key: text for key, text in texts.items() if key not in gone}
    monkeypatch.setattr(pages, "flows", lambda: Library(left, (), flows.files, flows.lines))
    monkeypatch.setattr(phrases, "load", lambda: Texts(kept, texts.places))
    monkeypatch.setattr(pages, "languages", list)


def test_nothing_is_missing_in_what_we_ship(found: Coverage) -> None:
    assert found.missing == ()


def test_everything_that_is_written_is_counted(found: Coverage) -> None:
    flows = pages.flows()

    assert sorted(one for names in found.treatments.values() for one in names) == sorted(
        flows.modules()
    )
    assert {one.name for one in found.flows} <= flows.keys()
    assert sum(told for told, _ in found.audiences.values()) <= len(flows)
    assert found.languages["en"][0] >= 9


def test_what_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    without(
        monkeypatch, "hadir", "prompt.client.week_07", "control.partner.help", "tidur",
        "menu.family.overview",
    )  # fmt: skip

    assert set(coverage.of_content().missing) == {
        "No exercise for treatment d, monitoring together.",
        "No exercise for the need 'hadir'.",
        "No exercise for the need 'tidur'.",
        "Week 7 has no text for the client.",
        "The partner has no text control.partner.help.",
        "The family has no text menu.family.overview.",
    }


def test_every_table_fits_into_a_terminal_of_80_columns(found: Coverage) -> None:
    paper = io.StringIO()

    coverage_tables.show(found, Console(file=paper, width=80))

    lines = paper.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert any("HADIR" in line for line in lines)
    assert lines[-1] == "Nothing is missing."


def test_a_flow_that_is_hard_to_read_is_marked(found: Coverage) -> None:
    paper = io.StringIO()
    hard = Reading("berat", "client", 3, 3, 18.0, 9.4)

    coverage_tables.show(replace(found, flows=(hard,)), Console(file=paper, width=80))

    assert "9.4 !" in paper.getvalue()


def test_every_flow_reads_as_in_junior_high_school(found: Coverage) -> None:
    hard = {one.name: one.hardness for one in found.flows if one.hardness > reading.HARDEST}

    assert hard == {}
