"""What people meet in a conversation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.flows import engine, events
from bot.flows.effects import Arm, Do, Ended, Redraw, Stale
from tests.flows.desk import Chat, Desk

MOOD = """
    open: {say: "Halo {nickname}."}
    mood:
      ask: "Gimana perasaanmu?"
      choices: {baik: "😀 Baik", berat: {label: "Lagi berat", next: care}}
      nudge: {after: 4h, say: "Masih di sini ya."}
      timeout: {after: 1d, next: close}
    more: {say: "Senang dengarnya, {answer.mood}."}
    care: {say: "Makasih sudah cerita."}
    close: {say: "Sampai besok.", next: end}
"""


def test_budi_is_greeted_and_asked_in_one_breath(desk: Desk) -> None:
    budi = Chat(desk.flow(MOOD))

    assert budi.heard == ["open", "mood"]
    assert budi.buttons == ["baik", "berat"]
    assert budi.now.step == "mood"


def test_the_clocks_of_a_question_ride_on_the_question_and_expiry_stands_alone(desk: Desk) -> None:
    budi = Chat(desk.flow(MOOD))

    assert budi.happened[0] == Arm("expire", timedelta(days=2), 1)
    assert budi.sent[0].arms == ()
    assert budi.sent[1].arms == (
        Arm("nudge", timedelta(hours=4), 1),
        Arm("timeout", timedelta(days=1), 1),
    )


def test_budis_answer_is_kept_by_its_id_and_shown_by_its_label(desk: Desk) -> None:
    budi = Chat(desk.flow(MOOD)).taps("baik")

    assert budi.now.answers == {"mood": "baik"}
    assert budi.sent[0].values == {"answer.mood": "😀 Baik"}
    assert budi.heard == ["more", "care", "close"]
    assert budi.happened[-1] == Ended("finished")


def test_a_choice_with_a_way_of_its_own_takes_siti_there(desk: Desk) -> None:
    siti = Chat(desk.flow(MOOD)).taps("berat")

    assert siti.heard == ["care", "close"]


def test_ujang_may_type_what_the_button_says(desk: Desk) -> None:
    ujang = Chat(desk.flow(MOOD)).types("lagi beraaat..")

    assert ujang.now.answers == {"mood": "berat"}


def test_an_answer_nobody_understands_is_met_with_a_hint_and_the_same_buttons(desk: Desk) -> None:
    asep = Chat(desk.flow(MOOD))
    revision = asep.now.revision

    asep.types("kemarin hujan")

    assert asep.heard == ["answer.client.choose_button"]
    assert asep.buttons == ["baik", "berat"]
    assert asep.sent[0].labels_key == "x.client.mood"
    assert asep.now.revision == revision
    assert asep.now.answers == {}


def test_the_nudge_repeats_the_buttons_and_leaves_the_question_open(desk: Desk) -> None:
    siti = Chat(desk.flow(MOOD))

    siti.meets(events.Nudge(1))

    assert siti.heard == ["mood.nudge"]
    assert siti.buttons == ["baik", "berat"]
    assert siti.armed == []
    assert siti.taps("baik").now.outcome == "finished"


def test_a_question_left_alone_goes_on_without_an_answer(desk: Desk) -> None:
    siti = Chat(desk.flow(MOOD)).meets(events.Timeout(1))

    assert siti.heard == ["close"]
    assert siti.now.answers == {}


def test_a_button_of_an_older_question_is_stale_and_changes_nothing(desk: Desk) -> None:
    flow = desk.flow('a: {ask: "A?", choices: {ya: Ya}}\nb: {ask: "B?", choices: {ya: Ya}}')
    budi = Chat(flow).taps("ya")
    before = budi.now

    budi.meets(events.Answer("ya", 1))

    assert budi.happened == (Stale(),)
    assert budi.now == before


def test_the_same_tap_twice_answers_only_once(desk: Desk) -> None:
    flow = desk.flow('a: {ask: "A?", choices: {ya: Ya}}\nb: {ask: "B?", choices: {ya: Ya}}')
    budi = Chat(flow)
    tap = events.Answer("ya", budi.now.revision)

    budi.meets(tap).meets(tap)

    assert budi.happened == (Stale(),)
    assert budi.now.answers == {"a": "ya"}


def test_an_old_nudge_does_not_reach_asep_after_he_has_answered(desk: Desk) -> None:
    flow = desk.flow(
        'a: {ask: "A?", choices: {ya: Ya}, nudge: {after: 1h, say: "Hai."}}\n'
        'b: {ask: "B?", choices: {ya: Ya}, nudge: {after: 1h, say: "Hai."}}'
    )
    asep = Chat(flow).taps("ya")

    assert asep.meets(events.Nudge(1)).happened == (Stale(),)


def test_the_question_is_said_again_under_a_new_revision_with_new_clocks(desk: Desk) -> None:
    budi = Chat(desk.flow(MOOD))

    budi.meets(events.Again())

    assert budi.heard == ["mood"]
    assert budi.now.revision == 2
    assert {arm.revision for arm in budi.armed} == {2}
    assert budi.meets(events.Answer("baik", 1)).happened == (Stale(),)


def test_a_conversation_that_ended_stays_ended(desk: Desk) -> None:
    budi = Chat(desk.flow(MOOD)).meets(events.Stop())
    ended = budi.now

    for event in (events.Start(), events.Answer("baik", 1), events.Again(), events.Expire()):
        assert budi.meets(event).happened == (Stale(),)
    assert budi.now == ended
    assert ended.outcome == "stopped"


def test_when_nobody_answers_until_the_end_the_officer_can_be_told(desk: Desk) -> None:
    head = "on_expire: {do: raise_alert, with: {kind: missed, level: 2}}"
    siti = Chat(desk.flow(MOOD, head)).meets(events.Expire())

    assert siti.happened == (Do("raise_alert", {"kind": "missed", "level": 2}), Ended("expired"))
    assert siti.now.outcome == "expired"


def test_a_flow_does_not_begin_without_the_values_it_declares(desk: Desk) -> None:
    flow = desk.flow('a: {say: "Sesi {when:when}.", next: end}', head="values: [when]")

    with pytest.raises(engine.MissingValues, match="x cannot begin without when"):
        engine.begin(flow)


SLOTS = """
    find: {do: offer_slots}
    way:
      branch: [{when: {answer: find, is: none}, next: sorry}]
      else: pick
    pick:
      ask: "Pilih waktunya."
      choices:
        first: {label: "{slot_1:when}"}
        second: {label: "{slot_2:when}", only_if: {value: slot_2, missing: false}}
    sure: {say: "Sampai ketemu {slot_1:when}.", next: end}
    sorry: {say: "Belum ada waktu kosong."}
"""


def test_an_action_stops_the_flow_until_its_outcome_is_known(desk: Desk) -> None:
    budi = Chat(desk.flow(SLOTS))
    assert budi.happened[-1] == Do("offer_slots", {})
    assert budi.now.step == "find"

    budi.meets(events.Done("none"))

    assert budi.heard == ["sorry"]
    assert budi.now.answers == {"find": "none"}


def test_what_an_action_found_labels_the_buttons(desk: Desk) -> None:
    budi = Chat(desk.flow(SLOTS))

    budi.meets(events.Done("some", {"slot_1": "Senin", "slot_2": "Selasa"}))

    labels = [dict(choice.label_values) for choice in budi.sent[-1].choices]
    assert labels == [{"slot_1": "Senin"}, {"slot_2": "Selasa"}]


def test_a_choice_that_does_not_apply_is_neither_shown_nor_taken(desk: Desk) -> None:
    budi = Chat(desk.flow(SLOTS)).meets(events.Done("some", {"slot_1": "Senin"}))
    assert budi.buttons == ["first"]

    budi.taps("second")

    assert budi.heard == ["pick"]
    assert budi.now.answers == {"find": "some"}


def test_an_action_is_told_earlier_answers_scores_and_values(desk: Desk) -> None:
    flow = desk.flow(
        """
        how:
          ask: "Berat?"
          choices: {berat: {label: Berat, score: 3}, ringan: {label: Ringan, score: 1}}
        tell: {do: raise_alert, with: {kind: {answer: how}, level: {score: s}, note: {value: why}}}
        """,
        head="values: [why]\nscores: {s: {sum: [how]}}",
    )
    siti = Chat(flow, {"why": "malam"}).taps("berat")

    assert siti.done == [Do("raise_alert", {"kind": "berat", "level": 3, "note": "malam"})]


BREATH = """
    open: {say: "Kita napas bareng."}
    napas: {repeat: {times: 3, say: "Putaran {round} dari {rounds}.", wait: 10s, media: lingkaran}}
    close: {say: "Selesai, terima kasih.", next: end}
"""


def test_a_wait_rides_on_the_last_thing_said(desk: Desk) -> None:
    ujang = Chat(desk.flow(BREATH))

    assert ujang.heard == ["open", "napas"]
    assert ujang.sent[0].arms == ()
    assert ujang.sent[1].arms == (Arm("wait", timedelta(seconds=10), 1),)
    assert ujang.sent[1].media == "lingkaran"


def test_the_rounds_of_an_exercise_are_counted(desk: Desk) -> None:
    ujang = Chat(desk.flow(BREATH))
    rounds = [ujang.sent[1].values]

    while ujang.now.outcome is None:
        ujang.waits()
        rounds += [send.values for send in ujang.sent if send.values]

    assert rounds == [{"round": n, "rounds": 3} for n in (1, 2, 3)]


def test_after_a_pause_the_last_breath_is_told_again_and_its_clock_starts_anew(desk: Desk) -> None:
    ujang = Chat(desk.flow(BREATH)).waits()

    ujang.meets(events.Again())

    assert [send.values["round"] for send in ujang.sent] == [2]
    assert ujang.armed == [Arm("wait", timedelta(seconds=10), 3)]
    assert ujang.meets(events.Waited(2)).happened == (Stale(),)


def test_a_wait_with_nothing_said_before_it_is_armed_on_its_own(desk: Desk) -> None:
    flow = desk.flow('a: {do: raise_alert, with: {kind: urge}}\nb: {wait: 30s}\nc: {say: "Hai."}')
    budi = Chat(flow)

    budi.meets(events.Done(None))

    assert budi.happened == (Arm("wait", timedelta(seconds=30), 2),)


def test_words_typed_during_a_breath_are_left_to_others(desk: Desk) -> None:
    ujang = Chat(desk.flow(BREATH))
    before = ujang.now

    ujang.types("capek")

    assert ujang.happened == ()
    assert ujang.now == before
    assert not engine.hears(ujang.flow, ujang.now)


def test_a_question_hears_words_and_says_which_it_would_take(desk: Desk) -> None:
    budi = Chat(desk.flow(MOOD))

    assert engine.hears(budi.flow, budi.now)
    assert engine.would_take(budi.flow, budi.now, "baik")
    assert not engine.would_take(budi.flow, budi.now, "aku mau pindah jadwal")


MANY = """
    signs:
      ask: "Mana yang kamu rasakan?"
      kind: many
      choices: {lapar: Lapar, marah: Marah, sepi: Sepi}
      done: "Sudah"
      max: 2
    close: {say: "{answer.signs}.", next: end}
"""


def test_siti_ticks_two_signs_and_the_buttons_change_in_place(desk: Desk) -> None:
    siti = Chat(desk.flow(MANY)).taps("sepi").taps("lapar")

    (redraw,) = siti.happened
    assert isinstance(redraw, Redraw)
    assert [c.id for c in redraw.question.choices if c.picked] == ["lapar", "sepi"]
    assert siti.now.revision == 1
    assert siti.taps("done").now.answers == {"signs": ["lapar", "sepi"]}
    assert siti.sent[0].values == {"answer.signs": "Lapar, Sepi"}


def test_a_second_tap_takes_the_tick_away(desk: Desk) -> None:
    siti = Chat(desk.flow(MANY)).taps("sepi").taps("sepi").taps("done")

    assert siti.now.answers == {"signs": []}


def test_more_ticks_than_asked_for_are_met_with_a_hint(desk: Desk) -> None:
    siti = Chat(desk.flow(MANY)).taps("sepi").taps("lapar").taps("marah").taps("done")

    assert siti.heard == ["answer.client.too_many"]
    assert siti.sent[0].values["high"] == 2
    assert siti.now.answers == {}


def test_fewer_ticks_than_asked_for_are_met_with_a_hint(desk: Desk) -> None:
    siti = Chat(desk.flow(MANY.replace("max: 2", "min: 2"))).taps("sepi").taps("done")

    assert siti.heard == ["answer.client.too_few"]
    assert siti.sent[0].values["low"] == 2
    assert siti.taps("lapar").taps("done").now.answers == {"signs": ["lapar", "sepi"]}


def test_siti_may_type_her_list(desk: Desk) -> None:
    siti = Chat(desk.flow(MANY)).types("lapar sama sepi")

    assert siti.now.answers == {"signs": ["lapar", "sepi"]}


def test_ticks_do_not_outlive_their_question(desk: Desk) -> None:
    siti = Chat(desk.flow(MANY)).taps("sepi").taps("done")

    assert not [name for name in siti.now.values if name == "_picked"]


SCALES = """
    before: {ask: "Tegangnya berapa?", kind: scale, range: [0, 10]}
    after: {ask: "Sekarang?", kind: scale, range: [0, 10]}
    way:
      branch:
        - {when: {answer: after, below: before}, next: better}
      else: same
    better: {say: "Turun {change.before.after} angka.", next: end}
    same: {say: "Masih {answer.after}."}
"""


def test_ujang_sees_how_far_the_wave_has_fallen(desk: Desk) -> None:
    ujang = Chat(desk.flow(SCALES)).taps("n8").types("tiga")

    assert ujang.heard == ["better"]
    assert ujang.sent[0].values == {"change.before.after": 5}


def test_a_number_beyond_the_scale_is_not_taken(desk: Desk) -> None:
    ujang = Chat(desk.flow(SCALES)).types("11")

    assert ujang.heard == ["answer.client.scale"]
    assert dict(ujang.sent[0].values) == {"low": 0, "high": 10}


def test_the_scale_stands_in_two_rows(desk: Desk) -> None:
    ujang = Chat(desk.flow(SCALES))

    assert ujang.buttons == [f"n{number}" for number in range(11)]
    assert ujang.sent[0].columns == 6


SCORED = """
    one: {ask: "Satu?", choices: {a: {label: A, score: 0}, b: {label: B, score: 2}}, skip: "Lewati"}
    two: {ask: "Dua?", choices: {a: {label: A, score: 1}, b: {label: B, score: 3}}}
    way:
      branch:
        - {when: {score: s, band: [high]}, next: high}
        - {when: {score: s, missing: true}, next: none}
      else: low
    high: {say: "Tinggi {score.s}.", next: end}
    low: {say: "Rendah.", next: end}
    none: {say: "Belum lengkap."}
"""
BANDS = "scores: {s: {sum: [one, two], bands: {low: [1, 3], high: [4, 5]}}}"


def test_scores_are_the_sum_of_the_answers(desk: Desk) -> None:
    budi = Chat(desk.flow(SCORED, BANDS)).taps("b").taps("b")

    assert budi.heard == ["high"]
    assert budi.sent[0].values == {"score.s": 5}


def test_a_skipped_question_makes_the_score_unknown_and_not_low(desk: Desk) -> None:
    siti = Chat(desk.flow(SCORED, BANDS)).taps("skip").taps("a")

    assert siti.heard == ["none"]


def test_facts_about_a_person_decide_which_way_the_flow_goes(desk: Desk) -> None:
    flow = desk.flow(
        """
        way:
          branch:
            - when: {all: [{fact: regime, is: integration}, {not: {fact: streak, at_most: 1}}]}
              next: both
            - {when: {any: [{fact: joined, is: true}, {fact: streak, in: [0, 1]}]}, next: either}
          else: neither
        both: {say: "Dua-duanya.", next: end}
        either: {say: "Salah satu.", next: end}
        neither: {say: "Tidak."}
        """
    )

    assert flow.facts == ("regime", "streak", "joined")
    assert Chat(flow, facts={"regime": "integration", "streak": 2}).heard == ["both"]
    assert Chat(flow, facts={"joined": True, "streak": 5}).heard == ["either"]
    assert Chat(flow, facts={"regime": "integration", "streak": 1}).heard == ["either"]
    assert Chat(flow).heard == ["neither"]


WRITTEN = """
    why:
      {ask: "Ceritakan.", kind: text, min: 3, max: 20, skip: Lewati, choices: {anak: "Demi anakku"}}
    hour: {ask: "Jam berapa?", kind: time, range: ["17:00", "22:00"], choices: {seven: "19:00"}}
    times: {ask: "Berapa kali?", kind: number, range: [1, 30]}
    close: {say: "{answer.why} {answer.hour} {answer.times}", next: end}
"""


def test_what_asep_writes_is_kept_as_he_wrote_it(desk: Desk) -> None:
    asep = Chat(desk.flow(WRITTEN)).types("  Buat Ibu & adik ").types("7").types("3 ")

    assert asep.now.answers == {"why": "Buat Ibu & adik", "hour": "19:00", "times": 3}


def test_a_button_beside_a_written_answer_stands_for_its_words(desk: Desk) -> None:
    asep = Chat(desk.flow(WRITTEN)).taps("anak").taps("seven").types("dua")

    assert asep.now.answers == {"why": "Demi anakku", "hour": "19:00", "times": 2}


@pytest.mark.parametrize(
    ("text", "hint"),
    [("ok", "too_short"), ("x" * 21, "too_long")],
)
def test_a_text_too_short_or_too_long_is_asked_for_again(desk: Desk, text: str, hint: str) -> None:
    asep = Chat(desk.flow(WRITTEN)).types(text)

    assert asep.heard == [f"answer.client.{hint}"]
    assert asep.buttons == ["anak", "skip"]


def test_an_hour_outside_the_range_names_the_hours_that_fit(desk: Desk) -> None:
    asep = Chat(desk.flow(WRITTEN)).types("lewati").types("jam 9 pagi")

    assert asep.heard == ["answer.client.time"]
    assert dict(asep.sent[0].values) == {"low": "17:00", "high": "22:00"}


def test_a_number_out_of_range_is_met_with_the_range(desk: Desk) -> None:
    asep = Chat(desk.flow(WRITTEN)).types("Lewati").types("19.30").types("31")

    assert asep.heard == ["answer.client.range"]
    assert asep.types("banyak").heard == ["answer.client.number"]


def test_a_question_may_bring_its_own_hint(desk: Desk) -> None:
    flow = desk.flow(
        'n: {ask: "Berapa?", kind: scale, range: [1, 5], hint: "Dari {low} ke {high}."}'
    )

    assert Chat(flow).types("enam").heard == ["n.hint"]


# The writer changes the flow while people are in it.


def test_a_renamed_step_goes_on_under_its_new_name(desk: Desk) -> None:
    budi = Chat(desk.flow('a: {ask: "A?", choices: {ya: Ya}}\nb: {ask: "B?", choices: {ya: Ya}}'))
    budi.taps("ya")
    newer = desk.flow(
        'a2: {ask: "A?", choices: {ya: Ya}}\nb2: {ask: "B?", choices: {ya: Ya}}',
        head="renamed: {a: a2, b: b2}",
    )

    budi.meets_in(newer, events.Answer("ya", 2))

    assert budi.now.outcome == "finished"
    assert budi.now.answers == {"a2": "ya", "b2": "ya"}


def test_a_step_taken_away_ends_the_conversation_politely(desk: Desk) -> None:
    budi = Chat(desk.flow('a: {ask: "A?", choices: {ya: Ya}}'))
    newer = desk.flow('other: {ask: "Lain?", choices: {ya: Ya}}')

    budi.meets_in(newer, events.Answer("ya", 1))

    assert budi.happened == (Ended("gone"),)
    assert budi.now.outcome == "gone"


def test_a_choice_taken_away_asks_the_same_question_again(desk: Desk) -> None:
    budi = Chat(desk.flow('a: {ask: "A?", choices: {ya: Ya, nanti: Nanti}}'))
    newer = desk.flow('a: {ask: "A?", choices: {ya: Ya}}')

    budi.meets_in(newer, events.Answer("nanti", 1))

    assert budi.heard == ["a"]
    assert budi.now.revision == 2


def test_a_timeout_taken_away_leaves_the_question_open(desk: Desk) -> None:
    budi = Chat(desk.flow('a: {ask: "A?", choices: {ya: Ya}, timeout: {after: 1h, next: end}}'))
    newer = desk.flow('a: {ask: "A?", choices: {ya: Ya}}')

    budi.meets_in(newer, events.Timeout(1))

    assert budi.happened == ()
    assert budi.now.outcome is None


def test_a_question_asked_twice_and_skipped_has_no_answer_any_more(desk: Desk) -> None:
    flow = desk.flow(
        """
        a: {ask: "A?", choices: {ya: Ya}, skip: "Lewati"}
        b: {ask: "Ulang?", choices: {lagi: {label: Lagi, next: a}, cukup: Cukup}}
        """
    )
    budi = Chat(flow).taps("ya").taps("lagi")

    budi.taps("skip")

    assert budi.now.answers == {"b": "lagi"}
