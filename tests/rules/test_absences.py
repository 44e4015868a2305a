"""How many sessions in a row somebody was missed, folded from what was recorded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aftercare.rules import absences

OUTCOMES = (
    "present",
    "present_online",
    "excused",
    "late_excuse",
    "absent",
    "cancelled_by_office",
    None,
)
histories = st.lists(st.sampled_from(OUTCOMES), max_size=14)


def test_nobody_is_missed_before_the_first_session() -> None:
    assert absences.streak([]) == 0


def test_presence_in_person_or_online_starts_anew() -> None:
    assert absences.streak(["absent", "absent", "present"]) == 0
    assert absences.streak(["absent", "present_online", "absent"]) == 1


def test_what_nobody_recorded_never_counts_against_the_client() -> None:
    assert absences.streak([None, None, None]) == 0
    assert absences.streak(["absent", None, "absent"]) == 2


def test_an_excuse_neither_counts_nor_hides_what_was_missed() -> None:
    for between in ("excused", "late_excuse", "cancelled_by_office"):
        assert absences.streak(["absent", between]) == 1
        assert absences.streak(["absent", between, "absent"]) == 2


def test_the_ladder_has_three_rungs_and_stays_on_the_last() -> None:
    missed = absences.fold(enumerate(["absent"] * 5))

    assert [one.level for one in missed] == ["low", "medium", "high", "high", "high"]
    assert [one.moment for one in missed] == ["first", "second", "third", "third", "third"]


def test_the_third_in_the_row_that_lasts_is_found_until_the_client_comes_back() -> None:
    row = list(enumerate(["absent", "present", "absent", "absent", None, "absent", "absent"]))

    assert absences.third_in_a_row(row) == 5
    assert absences.third_in_a_row([*row, (7, "present")]) is None
    assert absences.third_in_a_row(row[:4]) is None


def test_only_presence_after_a_missed_session_says_that_the_client_came_back() -> None:
    row = [(1, "present"), (2, "absent"), (3, "excused")]

    assert not absences.came_after(row, 2)
    assert absences.came_after([*row, (4, "present_online")], 2)


def _naive(outcomes: list[str | None]) -> int:
    """Walk back from today until the client was last there."""
    count = 0
    for outcome in reversed(outcomes):
        if outcome in ("present", "present_online"):
            return count
        if outcome == "absent":
            count += 1
    return count


@given(histories)
def test_the_streak_is_what_somebody_would_count_on_paper(outcomes: list[str | None]) -> None:
    assert absences.streak(outcomes) == _naive(outcomes)


@given(histories)
def test_each_absence_is_numbered_as_if_history_ended_there(outcomes: list[str | None]) -> None:
    found = {one.id: one.in_a_row for one in absences.fold(enumerate(outcomes))}

    assert found.keys() == {at for at, one in enumerate(outcomes) if one == "absent"}
    for at, in_a_row in found.items():
        assert in_a_row == _naive(outcomes[: at + 1])
