"""What a button carries comes back as it was, and nothing forged comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows import taps
from bot.flows.taps import Tap

choices = st.from_regex(taps.CHOICE_ID, fullmatch=True)


@given(conversation=st.integers(0, 2**63 - 1), revision=st.integers(0, 999_999_999), choice=choices)
def test_every_button_fits_telegram_and_comes_back(
    conversation: int, revision: int, choice: str
) -> None:
    data = taps.pack(conversation, revision, choice)

    assert len(data.encode()) <= 64
    assert taps.unpack(data) == Tap(conversation, revision, choice)


@given(st.one_of(st.text(), st.none(), st.integers(), st.binary()))
def test_anything_else_is_no_tap(data: object) -> None:
    found = taps.unpack(data)

    assert found is None or taps.pack(found.conversation, found.revision, found.choice) == data


@pytest.mark.parametrize(
    "forged",
    ["a:1:2", "a:1:2:ya:x", "b:1:2:ya", "a:01:2:ya", "a:1:02:ya", "a:-1:2:ya", "a:1:2:Ya",
     "a:1:2:ya\n", "a:１:2:ya", "a:Z:2:ya", "a:1:2:" + "a" * 21, "a:1:" + "9" * 10 + ":ya", ""],
)  # fmt: skip
def test_forged_buttons_are_refused(forged: str) -> None:
    assert taps.unpack(forged) is None


@pytest.mark.parametrize(
    ("conversation", "revision", "choice"), [(-1, 1, "a"), (1, -1, "a"), (1, 1, "A")]
)
def test_a_button_that_could_not_come_back_is_not_made(
    conversation: int, revision: int, choice: str
) -> None:
    with pytest.raises(ValueError, match=r"button|negative"):
        taps.pack(conversation, revision, choice)
