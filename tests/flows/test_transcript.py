"""A flow can be read as the conversation it will be."""

from __future__ import annotations

import textwrap

from bot.flows import events, transcript
from tests.flows.desk import Desk

FLOW = """
    mood:
      ask: "Pagi, {nickname}. Gimana?"
      choices: {baik: "😀 Baik", berat: "Lagi berat"}
      nudge: {after: 4h, say: "Masih di sini."}
    signs: {ask: "Mana yang terasa?", kind: many, choices: {a: Lapar, b: Sepi}, done: Sudah}
    tell: {do: raise_alert, with: {kind: berat}}
    find: {do: offer_slots}
    napas: {repeat: {times: 2, say: "Putaran {round}.", wait: 10s, media: lingkaran}}
    urge: {ask: "Sekarang?", kind: scale, range: [1, 3], timeout: {after: 1d, next: close}}
    close: {say: "{answer.signs}. Ketemu {slot_1:when}."}
"""


def test_a_counsellor_reads_the_whole_conversation(desk: Desk) -> None:
    told = transcript.play(
        desk.flow(FLOW),
        ["@nudge", "hujan", "baik", "b+a", "@timeout"],
        done={"offer_slots": events.Done("some", {"slot_1": "Senin"})},
    )

    assert told == textwrap.dedent(
        """\
        Kawan: Pagi, {nickname}. Gimana?
          [😀 Baik] [Lagi berat]
          … 4 jam kemudian, belum ada jawaban
        Kawan: Masih di sini.
          [😀 Baik] [Lagi berat]
        Kamu: hujan
        Kawan: <answer.client.choose_button>
          [😀 Baik] [Lagi berat]
        Kamu: [😀 Baik]
        Kawan: Mana yang terasa?
          [Lapar] [Sepi] [Sudah]
        Kamu: [Sepi, Lapar]
          (raise_alert kind=berat)
          (offer_slots)
          -> some
        Kawan: Putaran 1. (lingkaran)
          … 10 detik kemudian
        Kawan: Putaran 2. (lingkaran)
          … 10 detik kemudian
        Kawan: Sekarang?
          [1] [2] [3]
          … 1 hari kemudian, tetap tanpa jawaban
        Kawan: Lapar, Sepi. Ketemu Senin.
          (finished)
        """
    )


def test_when_the_answers_run_out_the_flow_waits(desk: Desk) -> None:
    told = transcript.play(desk.flow(FLOW), [])

    assert told.endswith("  (waiting)\n")
