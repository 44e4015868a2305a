"""Every path of a flow is walked before a person walks it."""

from __future__ import annotations

from bot.flows import walk
from bot.flows.walk import Walk
from tests.flows.desk import ACTIONS, FACTS, Desk


def walked(desk: Desk, steps: str, head: str = "") -> Walk:
    return walk.every_path(desk.flow(steps, head), ACTIONS, FACTS)


def test_every_step_of_a_good_flow_is_seen_and_it_ends(desk: Desk) -> None:
    found = walked(
        desk,
        """
        urge: {ask: "Berapa?", kind: scale, range: [0, 10], timeout: {after: 1h, next: close}}
        way: {branch: [{when: {answer: urge, at_least: 8}, next: offer}], else: close}
        offer: {do: offer_slots}
        way2: {branch: [{when: {answer: offer, is: none}, next: close}], else: pick}
        pick: {ask: "Yang mana?", choices: {first: "{slot_1}", other: {label: Lain, next: close}}}
        close: {say: "Makasih."}
        """,
    )

    assert found.problems == ()
    assert found.visited == {"urge", "way", "offer", "way2", "pick", "close"}
    assert found.endings == {"finished", "expired"}


def test_a_text_that_shows_an_answer_nobody_gave_is_found(desk: Desk) -> None:
    found = walked(
        desk,
        """
        urge: {ask: "Berapa?", kind: scale, range: [0, 10], timeout: {after: 1h, next: close}}
        close: {say: "Tadi {answer.urge}."}
        """,
    )

    assert found.problems == ("x.client.close may be said before {answer.urge} is known.",)


def test_a_branch_for_the_missing_answer_mends_it(desk: Desk) -> None:
    found = walked(
        desk,
        """
        urge: {ask: "Berapa?", kind: scale, range: [0, 10], skip: "Lewati"}
        way: {branch: [{when: {answer: urge, missing: true}, next: other}], else: close}
        close: {say: "Tadi {answer.urge}.", next: end}
        other: {say: "Tidak apa-apa."}
        """,
    )

    assert found.problems == ()


def test_a_value_of_an_action_that_has_not_run_is_found(desk: Desk) -> None:
    found = walked(
        desk,
        """
        ask: {ask: "Cari?", choices: {ya: Ya, nanti: {label: Nanti, next: close}}}
        find: {do: offer_slots}
        close: {say: "Waktunya {slot_1}."}
        """,
    )

    assert found.problems == ("x.client.close may be said before {slot_1} is known.",)


def test_a_step_no_answer_can_reach_is_found(desk: Desk) -> None:
    found = walked(
        desk,
        """
        urge: {ask: "Berapa?", kind: scale, range: [0, 10]}
        way:
          branch:
            - {when: {all: [{answer: urge, at_least: 8}, {answer: urge, at_most: 3}]}, next: never}
          else: close
        never: {say: "Aneh.", next: end}
        close: {say: "Makasih."}
        """,
    )

    assert found.problems == ("No answer leads to the step 'never'.",)


def test_a_circle_that_only_a_fact_could_break_is_found(desk: Desk) -> None:
    found = walked(
        desk,
        """
        again: {ask: "Lagi?", choices: {ya: Ya}}
        way: {branch: [{when: {fact: joined, is: true}, next: end}], else: again}
        """,
    )

    assert found.problems == ("From the step 'again' a conversation may never end.",)


def test_an_action_called_without_its_answer_is_found(desk: Desk) -> None:
    found = walked(
        desk,
        """
        how: {ask: "Berat?", choices: {berat: Berat, ringan: Ringan}, skip: Lewati}
        tell: {do: raise_alert, with: {kind: {answer: how}}}
        """,
    )

    (problem,) = found.problems
    assert problem.startswith("raise_alert may be called wrongly: 'kind': input should be ")


def test_scores_reach_all_their_bands(desk: Desk) -> None:
    asks = "\n".join(
        f'q{n}: {{ask: "Apa?", choices: {{a: {{label: A, score: 0}}, b: {{label: B, score: 1}}, '
        f"c: {{label: C, score: 2}}, d: {{label: D, score: 3}}}}}}"
        for n in range(9)
    )
    found = walked(
        desk,
        asks
        + """
way:
  branch:
    - {when: {score: s, band: [high]}, next: high}
    - {when: {score: s, band: [top]}, next: top}
  else: low
high: {say: "Tinggi {score.s}.", next: end}
top: {say: "Puncak {score.s}.", next: end}
low: {say: "Rendah."}
""",
        head="scores: {s: {sum: [q0, q1, q2, q3, q4, q5, q6, q7, q8], "
        "bands: {low: [0, 13], high: [14, 26], top: [27, 27]}}}",
    )

    assert found.problems == ()
    assert found.places < 300  # 262,144 ways to answer, 28 sums


def test_both_sides_of_a_comparison_are_tried(desk: Desk) -> None:
    found = walked(
        desk,
        """
        before: {ask: "Berapa?", kind: scale, range: [0, 10]}
        after: {ask: "Sekarang?", kind: scale, range: [0, 10]}
        way:
          branch:
            - {when: {answer: after, below: before}, next: better}
            - {when: {answer: after, above: before}, next: worse}
          else: same
        better: {say: "Turun {change.before.after}.", next: end}
        worse: {say: "Naik.", next: end}
        same: {say: "Sama."}
        """,
    )

    assert found.problems == ()


def test_choices_hidden_for_some_people_are_tried_for_both(desk: Desk) -> None:
    found = walked(
        desk,
        """
        what:
          ask: "Mau apa?"
          choices:
            lapor: {label: Lapor, only_if: {fact: regime, is: integration}, next: report}
            cerita: Cerita
        talk: {say: "Ayo.", next: end}
        report: {say: "Baik."}
        """,
    )

    assert found.problems == ()


def test_a_button_that_shows_an_answer_stands_only_where_there_is_one(desk: Desk) -> None:
    steps = """
        first: {ask: "Ide?", kind: text}
        second: {ask: "Satu lagi?", kind: text, skip: Cukup}
        pick: {ask: "Yang mana?", choices: {a: "{answer.first}", b: CHOICE}}
        """
    shown_always = steps.replace("CHOICE", '"{answer.second}"')
    only_if = '{label: "{answer.second}", only_if: {answer: second, missing: false}}'

    assert walked(desk, steps.replace("CHOICE", only_if)).problems == ()
    assert walked(desk, shown_always).problems == (
        "x.client.pick may be said before {answer.second} is known.",
    )


def test_texts_times_numbers_and_lists_are_answered_too(desk: Desk) -> None:
    found = walked(
        desk,
        """
        why: {ask: "Kenapa?", kind: text, min: 5, choices: {anak: "Demi anakku"}}
        hour: {ask: "Jam?", kind: time, range: ["17:00", "22:00"]}
        late: {branch: [{when: {answer: hour, at_least: "21:00"}, next: night}], else: many}
        night: {say: "Malam ya."}
        many: {ask: "Mana?", kind: many, min: 1, max: 2, done: Sudah, choices: {a: A, b: B, c: C}}
        has: {branch: [{when: {answer: many, has: c}, next: close}], else: count}
        count: {ask: "Berapa?", kind: number}
        close: {say: "{answer.why} {answer.hour} {answer.many}"}
        """,
    )

    assert found.problems == ()
    assert len(found.visited) == 8


def test_a_way_that_only_the_last_of_several_ticks_opens_is_found(desk: Desk) -> None:
    found = walked(
        desk,
        """
        doors:
          ask: "Pilih tiga."
          kind: many
          choices: {a: A, b: B, c: C, d: D, e: E}
          min: 3
          max: 3
          done: Sudah
        way: {branch: [{when: {answer: doors, has: e}, next: own}], else: close}
        own: {say: "Yang kelima."}
        close: {say: "Makasih."}
        """,
    )

    assert found.problems == ()
    assert "own" in found.visited
