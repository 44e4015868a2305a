"""Choices that several questions share stand in a file of their own."""

from __future__ import annotations

from bot.flows.model import Ask
from tests.flows.desk import Desk

LIST = "roti: {label: Roti, words: [tawar]}\nnasi: Nasi\n"


def test_a_question_takes_the_choices_of_the_list_it_names(desk: Desk) -> None:
    folder = desk.flows.parent / "lists"
    folder.mkdir()
    (folder / "food.yaml").write_text(LIST, encoding="utf-8")

    flow = desk.flow('a: {ask: "Makan apa?", kind: many, choices: food, done: "Itu"}')

    asked = flow.steps["a"]
    assert isinstance(asked, Ask)
    assert [(one.id, one.label, one.words) for one in asked.options] == [
        ("roti", "Roti", ("tawar",)), ("nasi", "Nasi", ()),
    ]  # fmt: skip


def test_a_list_that_is_not_there_is_named_with_the_one_that_was_meant(desk: Desk) -> None:
    folder = desk.flows.parent / "lists"
    folder.mkdir()
    (folder / "food.yaml").write_text(LIST, encoding="utf-8")
    desk.write("x", 'flow: x\nexpires: 2d\nsteps:\n  a: {ask: "Makan apa?", choices: foot}\n')

    assert "x.yaml:4: There is no list 'foot'; did you mean 'food'?" in desk.problems()
