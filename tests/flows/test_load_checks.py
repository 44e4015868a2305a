# ruff: noqa: E501  (a table reads best with a mistake and its sentence side by side)
"""A writer's mistakes are named before anybody meets them, with file and line."""

from __future__ import annotations

import textwrap

import pytest

from aftercare.strict_yaml import ContentErrors
from tests.flows.desk import Desk

HEAD = "flow: x\nexpires: 2d\nsteps:\n"
ASK = 'a: {ask: "Gimana?", choices: {ya: Ya, tidak: Tidak}}'
SCALE = 'n: {ask: "Berapa?", kind: scale, range: [0, 10]}'
CLOSE = 'z: {say: "Makasih.", next: end}'

# Every row: the steps (they start in line 4), and what the loader says about them.
STEPS = [
    # shape
    ('a: {say: "Hai.", nextt: end}', "4: `say` has no 'nextt'; did you mean 'next'?"),
    ('a: {say: "Hai."}\na: {say: "Hai."}', "5: 'a' stands here a second time; the first is in line 4."),
    ('a: {say: "Hai.", ask: "Gimana?"}',
     "4: The step 'a' does say and ask; it does one of: say, ask, branch, do, wait, repeat."),
    ("a: {next: end}",
     "4: The step 'a' does nothing; it does one of: say, ask, branch, do, wait, repeat."),
    ("a: [x]", "4: The step 'a' is written as `name: value` pairs."),
    ('A-1: {say: "Hai."}', "4: 'A-1' cannot be the name of a step."),
    ('end: {say: "Hai."}', "4: 'end' cannot be the name of a step."),
    ("a: {say: }", "4: The text is empty."),
    ("a: &x {say: Hai}", "4: Marks such as &x are not used here; take it away."),
    ('a: {say: "Hai.", next: nowhere}', "4: There is no step 'nowhere' to go to."),
    # questions
    ('a: {ask: "Gimana?"}', "4: A question of kind 'choices' needs 'choices'."),
    ('a: {ask: "Gimana?", kind: slider}',
     "4: `kind` is one of: choices, many, scale, number, text, time."),
    ('a: {ask: "Gimana?", kind: scale, range: [10, 0]}',
     "4: `range` is two whole numbers, the lower first: [0, 10]."),
    ('a: {ask: "Gimana?", kind: scale, range: [0, 100]}',
     "4: A scale has 2 to 11 numbers from 0 upwards."),
    ('a: {ask: "Gimana?", kind: scale, choices: {ya: Ya}, range: [0, 5]}',
     "4: A question of kind 'scale' has no 'choices' (it knows: ask, columns, hint, kind, next, nudge, range, skip, timeout)."),
    ('a: {ask: "Jam berapa?", kind: time, range: [17, 22]}',
     '4: The `range` of a time is two times, the earlier first: ["17:00", "22:00"].'),
    ('a: {ask: "Jam berapa?", kind: time, choices: {x: "nanti"}}',
     "4: 'nanti' does not answer this question of kind 'time'."),
    ('a: {ask: "Apa?", kind: text, min: 9, max: 3}', "4: `min` is larger than `max`."),
    ('a: {ask: "Apa?", kind: text, max: 0}', "4: `max` is a whole number from 1 to 2000."),
    ('a: {ask: "Apa?", columns: 9, choices: {ya: Ya}}', "4: `columns` is a whole number from 1 to 8."),
    ('a: {ask: "Apa?", kind: many, choices: {b: B, c: C}}',
     "4: A question of kind 'many' needs 'done'."),
    ('a: {ask: "Apa?", kind: many, max: 3, choices: {b: B, c: C}, done: Sudah}',
     "4: `min` or `max` is larger than the number of choices."),
    ('a: {ask: "Apa?", kind: many, choices: {b: {label: B, next: end}}, done: Sudah}',
     "4: The choice 'b' has no 'next' (it knows: label, only_if, score, words)."),
    # buttons
    ('a: {ask: "Gimana?", choices: {}}', "4: There are 0 choices; a question has 1 to 8."),
    ('a: {ask: "Gimana?", choices: {' + ", ".join(f"c{n}: Pilihan{n}" for n in range(9)) + "}}",
     "4: There are 9 choices; a question has 1 to 8."),
    ('a: {ask: "Gimana?", choices: {Ya: Ya}}', "4: 'Ya' cannot be the id of a choice."),
    ('a: {ask: "Gimana?", choices: {' + "a" * 21 + ": Ya}}",
     f"4: {'a' * 21!r} cannot be the id of a choice."),
    ('a: {ask: "Gimana?", choices: {skip: Ya}}', "4: 'skip' cannot be the id of a choice."),
    ('a: {ask: "Gimana?", choices: {ya: {labell: Ya}}}',
     "4: The choice 'ya' has no 'labell'; did you mean 'label'?"),
    ('a: {ask: "Gimana?", choices: {ya: "' + "y" * 41 + '"}}',
     "4: The label has 41 characters; 40 fit on a button."),
    ('a: {ask: "Gimana?", choices: {ya: "<b>Ya</b>"}}',
     "4: A label is plain text; take the <tags> away."),
    ('a: {ask: "Gimana?", choices: {ya: "😀😀 Ya"}}', "4: A label carries one emoji at most."),
    ('a: {ask: "Gimana?", choices: {ya: Ya, mau: {label: Mau, words: [yaa]}}}',
     "4: The choices 'ya' and 'mau' both answer to 'ya'."),
    ('a: {ask: "Gimana?", choices: {ya: {label: Ya, only_if: {fact: joined, is: true}}}}',
     "4: Every choice has an only_if; one must always be shown."),
    ('a: {ask: "Gimana?", choices: {ya: {label: Ya, score: 1}, b: B}}',
     "4: The choice 'b' has no score, the others have one."),
    # times
    ("a: {wait: 10}", "4: `wait` is a time such as 30s, 10m, 4h or 2d."),
    ("a: {wait: 0s}", "4: `wait` is a time such as 30s, 10m, 4h or 2d."),
    ("a: {wait: 3d}", "4: The wait of 'a' is not shorter than `expires`."),
    ('a: {ask: "Apa?", choices: {ya: Ya}, nudge: {after: 2d, say: "Hai."}}',
     "4: The nudge of 'a' is not shorter than `expires`."),
    ('a: {ask: "Apa?", choices: {ya: Ya}, timeout: {after: 48h, next: end}}',
     "4: The timeout of 'a' is not shorter than `expires`."),
    ('a: {ask: "Apa?", choices: {ya: Ya}, timeout: {after: 1h, next: end}, nudge: {after: 2h, say: "Hai."}}', "4: The nudge of 'a' comes after its timeout."),
    ('a: {ask: "Apa?", choices: {ya: Ya}, nudge: {after: 2h}}', "4: A nudge needs 'say'."),
    ('a: {ask: "Apa?", choices: {ya: Ya}, timeout: {after: 2h}}', "4: A timeout needs 'next'."),
    # paths
    ('a: {say: "Hai.", next: end}\nb: {say: "Sepi."}', "5: Nothing leads to the step 'b'."),
    (f'a: {{say: "Hai."}}\nb: {{ask: "Lagi?", choices: {{ya: {{label: Ya, next: b}}}}}}\n{CLOSE}',
     "5: From the step 'b' no way leads to the end."),
    ('a: {say: "Hai."}\nb: {wait: 1m, next: a}', "4: From the step 'a' no way leads to the end."),
    ('a: {say: "Hai."}\nw:\n  branch: [{when: {fact: joined, is: true}, next: a}]\n  else: end',
     "4: The step 'a' comes round again without asking anything."),
    (f"{ASK}\nw: {{branch: [{{when: {{answer: a, is: ya}}, next: end}}]}}", "5: `branch` needs 'else'."),
    (f"{ASK}\nw: {{branch: [], else: end}}",
     "5: A branch has at least one {when: ..., next: ...}."),
    (f"{ASK}\nw: {{branch: [{{next: end}}], else: end}}", "5: A way of a branch needs 'when'."),
    # conditions
    (f"{ASK}\nw: {{branch: [{{when: {{answer: b, is: ya}}, next: end}}], else: end}}",
     "5: There is no question 'b'."),
    (f"{ASK}\nw: {{branch: [{{when: {{answer: a, is: yaa}}, next: end}}], else: end}}",
     "5: The answer to 'a' is never 'yaa'."),
    (f"{ASK}\nw: {{branch: [{{when: {{answer: a, at_least: 3}}, next: end}}], else: end}}",
     "5: An answer of kind 'choices' cannot be tested with 'at_least'."),
    (f"{SCALE}\nw: {{branch: [{{when: {{answer: n, at_least: 11}}, next: end}}], else: end}}",
     "5: The answer to 'n' is never 11."),
    (f"{SCALE}\n{ASK}\nw: {{branch: [{{when: {{answer: n, above: a}}, next: end}}], else: end}}",
     "6: 'n' cannot be compared with 'a'."),
    (f"{SCALE}\nw: {{branch: [{{when: {{answer: n}}, next: end}}], else: end}}",
     "5: A condition with 'answer' needs one of: is, in, at_least, at_most, missing, has, above, below."),
    (f"{SCALE}\nw: {{branch: [{{when: {{is: 3}}, next: end}}], else: end}}",
     "5: A condition looks at one of: answer, score, fact, value."),
    (f"{SCALE}\nw: {{branch: [{{when: {{answer: n, missing: yes}}, next: end}}], else: end}}",
     "5: `missing` is true or false."),
    (f"{SCALE}\nw: {{branch: [{{when: {{fact: joind, is: true}}, next: end}}], else: end}}",
     "5: There is no fact 'joind'; did you mean 'joined'?"),
    (f"{SCALE}\nw: {{branch: [{{when: {{fact: joined, is: yes}}, next: end}}], else: end}}",
     "5: The fact 'joined' is never 'yes'."),
    (f"{SCALE}\nw: {{branch: [{{when: {{fact: regime, is: PB}}, next: end}}], else: end}}",
     "5: The fact 'regime' is never 'PB'."),
    (f"{SCALE}\nw: {{branch: [{{when: {{value: slot, missing: true}}, next: end}}], else: end}}",
     "5: Nobody gives the value 'slot'."),
    (f"{SCALE}\nw: {{branch: [{{when: {{score: s, at_least: 3}}, next: end}}], else: end}}",
     "5: There is no score 's'."),
    (f"{CLOSE.replace(', next: end', '')}\nw: {{branch: [{{when: {{answer: z, is: 1}}, next: end}}], else: end}}",
     "5: 'z' is neither a question nor an action, so it has no answer."),
    ("f: {do: offer_slots}\nw: {branch: [{when: {answer: f, is: non}, next: end}], else: end}",
     "5: The action 'f' never ends with 'non'; did you mean 'none'?"),
    # actions
    ("a: {do: raise_alarm}", "4: There is no action 'raise_alarm'; did you mean 'raise_alert'?"),
    ("a: {do: raise_alert}", "4: raise_alert: 'kind' is missing."),
    ("a:\n  do: raise_alert\n  with:\n    kind: urge\n    colour: red",
     "8: raise_alert: there is no argument 'colour'."),
    ("a:\n  do: raise_alert\n  with:\n    kind: flood",
     "7: raise_alert: 'kind': input should be 'urge', 'missed', 'berat' or 'ringan'."),
    (f"{ASK}\nb: {{do: raise_alert, with: {{kind: {{answer: a}}}}}}",
     "5: raise_alert: 'kind': input should be 'urge', 'missed', 'berat' or 'ringan'."),
    ("a: {do: raise_alert, with: {kind: {answer: q}}}",
     "4: There is no answer 'q' to give to 'raise_alert'."),
    ("a: {do: begin, with: {flow: lunch}}", "4: 'lunch' is not the name of a flow."),
    ("a: {do: offer_module, with: {module: OMBAK}}", "4: 'OMBAK' is not the id of a module."),
    # words
    ('a: {say: "Hai {nick}."}', "4: Nobody gives the value {nick}."),
    ('a: {say: "Hai {answer.q}."}', "4: There is no question 'q' for {answer.q}."),
    ('a: {say: "Hai {score.q}."}', "4: There is no score 'q' for {score.q}."),
    (f'{ASK}\n{SCALE}\nb: {{say: "{{change.a.n}}"}}',
     "6: {change.a.n} needs two questions answered with a number."),
    ('a: {ask: "Apa?", choices: {s: "{nickname}"}}\nb: {say: "{answer.a}"}',
     "5: The buttons of 'a' carry values; show the value, not {answer.a}."),
    ('a: {say: "Hai {Nick}."}', "4: Braces hold the name of a value, such as {nickname}."),
    ('a: {say: "Kamu gagal."}', '4: We do not say "gagal"; say: belum berhasil, atau terpeleset.'),
    ('a: {say: "Satu<br>dua."}', "4: Telegram does not know the tag <br>."),
    ('a: {say: "<b>Satu."}', "4: The tag <b> is not closed."),
    ('a: {say: "' + "Kata. " * 600 + '"}', "4: The text has 3599 characters; 3500 are the most."),
    ('a: {ask: "Cerita?", kind: text, max: 2000}\nb: {say: "{answer.a} {answer.a} ' + "kata " * 500 + '"}',
     "5: With its longest values the text has 6521 characters; Telegram takes 4096."),
    ('a: {say: "Hai.", media: lingkarn}', "4: Nobody makes 'lingkarn'; did you mean 'lingkaran'?"),
    ('a: {media: lingkaran, say: "' + "Kata. " * 160 + '"}',
     "4: A text under a picture has at most 900 characters."),
    # rounds
    ('a: {repeat: {times: 50, say: "Hai.", wait: 1s}}', "4: `times` is a whole number from 1 to 20."),
    ('a: {repeat: {times: 2, say: "Hai."}}', "4: `repeat` needs 'wait'."),
    ('a: {repeat: {times: 2, say: "Hai.", wait: 1s}}\na_1: {say: "Hai."}',
     "5: Two steps are called 'a_1' once the rounds are counted."),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), STEPS, ids=[expected for _, expected in STEPS])
def test_a_mistake_in_a_step_is_named_with_its_line(desk: Desk, steps: str, expected: str) -> None:
    desk.write("x", HEAD + textwrap.indent(steps, "  ") + "\n")

    assert f"x.yaml:{expected}" in desk.problems()


HEADS = [
    ("expires: 2d", "1: A flow needs 'flow'."),
    ("flow: x", "1: A flow needs 'expires'."),
    ("flow: x\nexpires: 2 days", "2: `expires` is a time such as 30s, 10m, 4h or 2d."),
    ("flow: y\nexpires: 2d", "1: The flow 'y' stands in a file of another name; call it y.yaml."),
    ("flow: x\nexpires: 2d\naudience: klien",
     "3: `audience` is one of: client, family, officer, head, host."),
    ("flow: x\nexpires: 2d\non_busy: wait", "3: `on_busy` is one of: queue, skip, interrupt."),
    ("flow: x\nexpires: 2d\nvalues: when", "3: `values` is a list: [one, two]."),
    ("flow: x\nexpires: 2d\nvalues: [When]", "3: Each of `values` is a name in small letters, digits and _."),
    ("flow: x\nexpires: 2d\nrenamed: {a: n}", "3: 'a' is renamed, and is still a step."),
    ("flow: x\nexpires: 2d\nrenamed: {b: c}", "3: There is no step 'c' to go to."),
    ("flow: x\nexpires: 2d\non_expire: {do: raise_alert}", "3: raise_alert: 'kind' is missing."),
    ("flow: x\nexpires: 2d\non_expire: {do: raise_alert, next: a}",
     "3: `do` has no 'next' (it knows: do, with)."),
    ("flow: x\nexpires: 2d\nmodule: {title: Napas}", "3: A module needs an 'id'."),
    ("flow: x\nexpires: 2d\nmodule: {id: N, title: Bebas dosa}",
     '3: We do not say "dosa"; say: kalimat tanpa menghakimi.'),
    ("flow: x\nexpires: 2d\nscores: {s: {sum: [b]}}",
     "3: 'b' is not a question with a score for every choice."),
    ("flow: x\nexpires: 2d\nscores: {s: {sum: [a]}}",
     "3: 'a' is not a question with a score for every choice."),
    ("flow: x\nexpires: 2d\nscores: {s: {sum: [n, n]}}", "3: The score 's' sums a question twice."),
    ("flow: x\nexpires: 2d\nscores: {s: {sum: []}}", "3: The score 's' sums nothing."),
    ("flow: x\nexpires: 2d\nscores: {s: {sum: [n], bands: {low: [0, 4], high: [6, 10]}}}",
     "3: The bands of 's' have to cover 0 to 10 without gaps."),
    ("flow: x\nexpires: 2d\nscores: {s: {sum: [n], bands: {low: [0, 4], high: [5, 9]}}}",
     "3: The bands of 's' have to cover 0 to 10 without gaps."),
    ("flow: x\nexpires: 2d\nscores: {s: {sum: [n], bands: {low: [0, 5], high: [5, 10]}}}",
     "3: The bands of 's' have to cover 0 to 10 without gaps."),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), HEADS, ids=[expected for _, expected in HEADS])
def test_a_mistake_in_the_head_is_named_with_its_line(desk: Desk, head: str, expected: str) -> None:
    desk.write("x", f"{head}\nsteps:\n  {ASK}\n  {SCALE}\n")

    assert f"x.yaml:{expected}" in desk.problems()


def test_a_band_that_does_not_exist_is_named(desk: Desk) -> None:
    desk.write(
        "x",
        f"""\
        flow: x
        expires: 2d
        scores: {{s: {{sum: [n], bands: {{low: [0, 4], high: [5, 10]}}}}}}
        steps:
          {SCALE}
          w: {{branch: [{{when: {{score: s, band: [hihg]}}, next: end}}], else: end}}
        """,
    )

    assert desk.problems() == ["x.yaml:6: The score 's' has no band 'hihg'."]


def test_all_mistakes_of_all_files_are_told_at_once(desk: Desk) -> None:
    desk.write("x", HEAD + '  a: {say: "Hai {nick}."}\n  b: {wait: soon}\n  c: {do: dance}\n')
    desk.write("y", 'flow: y\nexpires: 1d\nsteps: {a: {say: "Kamu gagal.", next: b}}\n')
    desk.write("z", "flow: [z\n")

    assert desk.problems() == [
        "x.yaml:4: Nobody gives the value {nick}.",
        "x.yaml:5: `wait` is a time such as 30s, 10m, 4h or 2d.",
        "x.yaml:6: There is no action 'dance'.",
        "y.yaml:3: There is no step 'b' to go to.",
        'y.yaml:3: We do not say "gagal"; say: belum berhasil, atau terpeleset.',
        "z.yaml:1: A flow needs 'expires'.",
        "z.yaml:1: A flow needs 'flow'.",
        "z.yaml:1: A flow needs 'steps'.",
        "z.yaml:2: This is not YAML: did not find expected ',' or ']'.",
    ]


def test_the_error_reads_as_a_list_of_places_to_mend(desk: Desk) -> None:
    desk.write("x", HEAD + "  a: {wait: soon}\n")

    with pytest.raises(ContentErrors, match=r"x\.yaml:4: `wait` is a time such as"):
        desk.load()


def test_two_files_cannot_hold_the_same_flow_or_the_same_module(desk: Desk) -> None:
    (desk.flows / "more").mkdir()
    text = 'flow: {name}\nexpires: 1d\nmodule: {{id: NAPAS}}\nsteps: {{a: {{say: "Hai."}}}}\n'
    desk.write("x", text.format(name="x"))
    desk.write("more/x", text.format(name="x"))
    desk.write("y", text.format(name="y"))

    found = desk.problems()

    assert any(one.startswith("x.yaml:1: 'x' is already the flow of ") for one in found)
    assert "y.yaml:1: The module 'NAPAS' is already that of 'x'." in found


def test_a_step_may_be_reached_by_silence_or_by_skipping_alone(desk: Desk) -> None:
    desk.flow(
        """
        a: {ask: "Apa?", choices: {ya: {label: Ya, next: end}}, timeout: {after: 1h, next: late}}
        late: {ask: "Lagi?", choices: {ya: {label: Ya, next: end}}, skip: {label: Lewati, next: z}}
        z: {say: "Tidak apa-apa."}
        """
    )

    assert desk.load()["x"].first == "a"


def test_an_argument_may_come_from_an_answer_that_only_some_ways_give(desk: Desk) -> None:
    desk.flow(
        """
        how: {ask: "Berat?", choices: {berat: Berat, lain: {label: Lain, next: end}}}
        tell: {do: raise_alert, with: {kind: {answer: how}}}
        """
    )

    assert desk.problems() == []


def test_times_and_yes_and_no_keep_their_type(desk: Desk) -> None:
    flow = desk.flow('a: {ask: "Kapan?", kind: time, choices: {seven: 19:00, on: 20.00}}')

    options = flow.steps["a"].options  # type: ignore[union-attr]
    assert [(option.id, option.value) for option in options] == [
        ("seven", "19:00"),
        ("on", "20:00"),
    ]


def test_a_right_flow_loads_with_its_texts_and_modules(desk: Desk) -> None:
    desk.flow(
        'a: {ask: "Siap?", choices: {ya: Ya}, nudge: {after: 1h, say: "Hai."}, skip: Lewati}',
        head="module: {id: NAPAS, title: Napas, minutes: 3, tag: f}",
    )
    library = desk.load()

    assert library.texts()["x.client.a"].body == "Siap?"
    assert library.texts()["x.client.a"].labels == {"ya": "Ya", "skip": "Lewati"}
    assert library.texts()["x.client.a.nudge"].labels == {"ya": "Ya", "skip": "Lewati"}
    assert library.modules() == {"NAPAS": library["x"]}


def test_a_place_in_older_content_is_known_under_its_new_name(desk: Desk) -> None:
    desk.flow('b: {ask: "Siap?", choices: {ya: Ya}}', head="renamed: {a: b}")
    library = desk.load()

    assert library.holds("x", "a")
    assert library.holds("x", "b")
    assert not library.holds("x", "c")
    assert not library.holds("y", "a")


def test_what_is_heavy_to_read_is_a_warning_and_no_mistake(desk: Desk) -> None:
    desk.flow('a: {say: "Apa kabar? Sudah makan?", next: end}')

    warnings = desk.load().warnings

    assert [one.sentence for one in warnings] == ["It asks 2 questions; ask one at a time."]
    assert warnings[0].line == 4


def test_a_flow_with_too_many_questions_is_a_warning(desk: Desk) -> None:
    desk.flow("\n".join(f'q{n}: {{ask: "Apa?", choices: {{ya: Ya}}}}' for n in range(13)))

    (warning,) = desk.load().warnings
    assert warning.sentence == "The flow asks 13 questions; people tire after 12."


def test_questions_on_ways_that_part_are_not_asked_of_one_person(desk: Desk) -> None:
    own = "\n".join(f'own{n}: {{ask: "Apa?", choices: {{ya: Ya}}}}' for n in range(7))
    others = "\n".join(f'other{n}: {{ask: "Apa?", choices: {{ya: Ya}}}}' for n in range(7))
    parting = 'way: {ask: "Mana?", choices: {a: A, b: {label: B, next: other0}}}'
    desk.flow("\n".join([parting, own, "over: {say: Sampai sini., next: end}", others]))

    assert desk.load().warnings == ()


def test_officers_may_be_written_to_at_length(desk: Desk) -> None:
    desk.flow('a: {say: "' + "Satu kalimat pendek. " * 30 + '"}', head="audience: officer")

    assert desk.load().warnings == ()


def test_shared_synonyms_are_understood_unless_two_buttons_would_hear_them(desk: Desk) -> None:
    (desk.flows.parent / "synonyms.yaml").write_text("ya: [boleh, mau]\nnanti: [besok]\n")

    flow = desk.flow('a: {ask: "Siap?", choices: {ya: Siap, minta: Mau}}')

    assert [option.words for option in flow.steps["a"].options] == [("boleh",), ()]  # type: ignore[union-attr]
