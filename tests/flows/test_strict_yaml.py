# ruff: noqa: E501  (a table reads best with a text and its sentence side by side)
"""Content means what it looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare import strict_yaml
from aftercare.strict_yaml import ContentErrors, Node, Problem


def parsed(text: str) -> tuple[Node, list[str]]:
    problems: list[Problem] = []
    node = strict_yaml.parse(text, "f.yaml", problems)
    return node, [str(one) for one in problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [("19:00", "19:00"), ("19.00", "19.00"), ("no", "no"), ("on", "on"), ("yes", "yes"), ("Y", "Y"),
     ("null", "null"), ("~", "~"), ("", None), ("true", True), ("false", False), ("True", "True"),
     ("7", 7), ("-7", -7), ("0", 0), ("007", "007"), ("0x1F", "0x1F"), ("1_000", "1_000"),
     ("1e3", "1e3"), ("2026-11-23", "2026-11-23"), ('"7"', "7"), ("'true'", "true"), ('""', "")],
)  # fmt: skip
def test_values_keep_the_type_they_look_like(written: str, value: object) -> None:
    node, problems = parsed(f"key: {written}\n")

    assert problems == []
    assert node.plain == {"key": value}
    assert type(node.plain["key"]) is type(value)


def test_keys_are_always_text() -> None:
    node, _ = parsed("yes: a\n1: b\ntrue: c\n")

    assert node.plain == {"yes": "a", "1": "b", "true": "c"}


def test_every_value_knows_its_line() -> None:
    node, _ = parsed("a: 1\nb:\n  c:\n    - x\n    - y\n")

    entries = strict_yaml.as_mapping(node)
    assert (entries["a"].line, entries["b"].line) == (1, 2)
    inner = strict_yaml.as_mapping(entries["b"])["c"]
    assert inner.line == 3
    assert [one.line for one in inner.value] == [4, 5]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3: 'a' stands here a second time; the first is in line 1."),
        ("a: &x 1\n", "f.yaml:1: Marks such as &x are not used here; take it away."),
        ("a: 1\nb: *x\n", "f.yaml:2: References such as *x are not used here; write it out."),
        ("a: !!str 1\n", "f.yaml:1: Types such as tag:yaml.org,2002:str are not used here; take it away."),
        ("a: !x {b: 1}\n", "f.yaml:1: Types such as !x are not used here; take it away."),
        ("a: {b: 1}\nc:\n  <<: {d: 1}\n", "f.yaml:3: Merging with << is not used here; write the keys out."),
        ("? [a]\n: 1\n", "f.yaml:1: A key is a single word."),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: One file holds one document; take the --- away."),
        ("a: [1\nb: 2\n", "f.yaml:2: This is not YAML: did not find expected ',' or ']'."),
    ],
)  # fmt: skip
def test_what_could_be_misread_is_refused_with_its_line(text: str, sentence: str) -> None:
    _, problems = parsed(text)

    assert sentence in problems


def test_a_file_that_is_not_utf8_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"a: caf\xe9\n")

    with pytest.raises(ContentErrors, match="The file is not UTF-8 text"):
        strict_yaml.load(path)


def test_a_good_file_is_read_whole_with_its_blocks_of_text(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("\ufeffa:\n  text: |\n    satu\n    dua\n  say: >\n    tiga\n    empat\n")

    assert strict_yaml.load(path).plain == {"a": {"text": "satu\ndua\n", "say": "tiga empat\n"}}
