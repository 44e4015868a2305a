"""What is kept how long: the table as the domain page has it, and the hour at which it is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from aftercare.records.retention import SWEEPS
from aftercare.rules import retention
from tests.processes.machines import ROOT

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("what", "days"),
    [
        ("words_of_messages", 30),
        ("words_left_with_an_officer", 30),
        ("daily_answers", 365),
        ("alerts", 365),
        ("attendance", 365),
        ("crisis_log", 730),
    ],
)
def test_nothing_is_kept_longer_than_the_domain_page_proposes(what: str, days: int) -> None:
    assert MONDAY - retention.before(what, MONDAY) == timedelta(days=days)


def test_every_line_of_the_table_is_swept_and_told_in_the_docs() -> None:
    told = (ROOT / "docs" / "retention.md").read_text()

    assert set(retention.KEPT) == set(SWEEPS)
    assert [what for what in retention.KEPT if f"`{what}`" not in told] == []


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), datetime(2026, 11, 23, 20, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 19, 59, tzinfo=UTC), datetime(2026, 11, 23, 20, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 20, 0, tzinfo=UTC), datetime(2026, 11, 24, 20, 0, tzinfo=UTC)),
    ],
)
def test_it_happens_at_three_in_the_morning_in_jakarta(now: datetime, night: datetime) -> None:
    assert retention.next_night(now) == night
