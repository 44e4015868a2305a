"""An action can be given an answer in the words of its buttons."""

from __future__ import annotations

from tests.flows.desk import Chat, Desk

PLACES = """
    where:
      ask: "Di mana?"
      kind: many
      done: "Sudah"
      choices: {market: "Pasar", port: {label: "Pelabuhan"}}
    keep: {do: raise_alert, with: {kind: urge, note: {said: where}}}
"""


def test_what_was_ticked_is_kept_in_the_words_the_person_saw(desk: Desk) -> None:
    chat = Chat(desk.flow(PLACES))

    chat.taps("port").taps("market").taps("done")

    assert chat.done[0].args == {"kind": "urge", "note": "Pasar, Pelabuhan"}


def test_nothing_ticked_is_nothing_said(desk: Desk) -> None:
    chat = Chat(desk.flow(PLACES)).taps("done")

    assert chat.done[0].args == {"kind": "urge", "note": None}


def test_buttons_that_carry_values_cannot_be_quoted(desk: Desk) -> None:
    desk.write(
        "x",
        """
        flow: x
        expires: 2d
        steps:
          find: {do: offer_slots}
          when: {ask: "Kapan?", choices: {first: "{slot_1:when}"}}
          keep: {do: raise_alert, with: {kind: urge, note: {said: when}}}
        """,
    )

    assert desk.problems() == ["x.yaml:7: There is no said 'when' to give to 'raise_alert'."]
