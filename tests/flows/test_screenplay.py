"""A whole flow is read as a few chats in which every step is seen."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime

from bot.flows import screenplay
from tests.flows.desk import ACTIONS, FACTS, Desk

SAMPLES = {"nickname": "Budi", "meets_at": datetime(2026, 11, 24, 2, tzinfo=UTC)}
FLOW = """
    mood:
      ask: "Gimana, {nickname}?"
      choices: {baik: "Baik", berat: {label: "Lagi berat", next: urge}}
      nudge: {after: 10m, say: "Aku masih di sini."}
    napas: {repeat: {times: 2, say: "Putaran {round}.", wait: 10s}, next: close}
    urge: {ask: "Berapa?", kind: scale, range: [0, 10], timeout: {after: 1h, next: close}}
    way: {branch: [{when: {answer: urge, at_least: 8}, next: tell}], else: close}
    tell: {do: raise_alert, with: {kind: berat}}
    close: {say: "Ketemu {meets_at:day}.", next: end}
"""


def test_a_transcript_reads_like_a_chat(desk: Desk) -> None:
    flow = desk.flow(FLOW, head="values: [meets_at]")

    told = screenplay.write(flow, ACTIONS, FACTS, SAMPLES)

    assert told == textwrap.dedent(
        """\
        === 1. Jalan utama
        Kawan: Gimana, Budi?
          [Baik] [Lagi berat]
          … 10 menit kemudian, belum ada jawaban
        Kawan: Aku masih di sini.
          [Baik] [Lagi berat]
        Kamu: [Baik]
        Kawan: Putaran 1.
          … 10 detik kemudian
        Kawan: Putaran 2.
          … 10 detik kemudian
        Kawan: Ketemu Selasa, 24 November.
          (finished)

        === 2. urge, way, tell
          (seperti 1, sampai:)
        Kawan: Gimana, Budi?
          [Baik] [Lagi berat]
        Kamu: [Lagi berat]
        Kawan: Berapa?
          [0] [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]
        Kamu: [8]
          (raise_alert kind=berat)
        Kawan: Ketemu Selasa, 24 November.
          (finished)
        """
    )


def test_a_changed_word_is_one_changed_line(desk: Desk) -> None:
    before = screenplay.write(desk.flow(FLOW, "values: [meets_at]"), ACTIONS, FACTS, {})
    after = screenplay.write(
        desk.flow(FLOW.replace("Berapa?", "Sekarang berapa?"), "values: [meets_at]"),
        ACTIONS, FACTS, {},
    )  # fmt: skip

    pairs = zip(before.splitlines(), after.splitlines(), strict=True)

    assert [pair for pair in pairs if pair[0] != pair[1]] == [
        ("Kawan: Berapa?", "Kawan: Sekarang berapa?")
    ]


def test_what_two_conversations_share_is_told_once(desk: Desk) -> None:
    flow = desk.flow(
        """
        how: {ask: "Gimana?", choices: {baik: Baik, berat: {label: Berat, next: hard}}}
        good: {say: "Senang dengarnya.", next: after}
        hard: {say: "Makasih sudah jujur."}
        after: {ask: "Lanjut?", choices: {ya: Ya}}
        close: {say: "Sampai besok."}
        """
    )

    told = screenplay.write(flow, ACTIONS, FACTS, {})

    assert told.count("Sampai besok.") == 1
    assert told.endswith(
        "Kawan: Makasih sudah jujur.\nKawan: Lanjut?\n  [Ya]\n  (lalu seperti 1)\n"
    )


def test_what_people_type_fits_the_question(desk: Desk) -> None:
    flow = desk.flow(
        """
        who: {ask: "Siapa, {nickname}?", kind: text, max: 8}
        why: {ask: "Kenapa?", kind: text}
        close: {say: "{answer.who}: {answer.why}", next: end}
        """
    )

    told = screenplay.write(
        flow,
        ACTIONS,
        FACTS,
        {**SAMPLES, "client.nickname": "Ujang", f"{flow.name}.who": "Kak Dewi"},
    )

    assert "Kawan: Siapa, Ujang?\nKamu: Kak Dewi\n" in told
    assert "Kawan: Kak Dewi: kata-kataku sendiri\n" in told


def test_each_search_finds_what_its_own_sample_says(desk: Desk) -> None:
    flow = desk.flow(
        """
        early: {do: offer_slots}
        first: {say: "Pagi: {slot_1}"}
        late: {do: offer_slots}
        second: {say: "Sore: {slot_1}", next: end}
        """
    )

    told = screenplay.write(
        flow, ACTIONS, FACTS, {"slot_1": "jam 8", f"{flow.name}.late.slot_1": "jam 4"}
    )

    assert "Kawan: Pagi: jam 8\n" in told
    assert "Kawan: Sore: jam 4\n" in told
