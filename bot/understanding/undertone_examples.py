"""What the reader of undertones learns from: tables of danger, the rules' own sentences, chat."""

from collections.abc import Iterator
from pathlib import Path

from bot.understanding import danger, examples, rules
from bot.understanding.examples import Example
from bot.understanding.rules import Tier

TABLES = Path(__file__).parents[2] / "tests" / "understanding"
HEARD, LEFT_ALONE = "danger_heard.tsv", "danger_left_alone.txt"
SOUNDS = "danger_sounds.tsv"
HELD_OUT = (
    "held_out_danger_later.tsv",
    "held_out_danger_unseen.tsv",
    "held_out_danger_strangers.tsv",
)
MEANT = {
    Tier.T1: Tier.T1,
    Tier.T2: Tier.T1,
    Tier.T3: Tier.T1,
    Tier.OVERDOSE: Tier.OVERDOSE,
    Tier.VIOLENCE: Tier.VIOLENCE,
    Tier.WITHDRAWAL: Tier.WITHDRAWAL,
}
#: These examples of the reader of intents may be danger themselves.
NOT_ORDINARY = "violence_at_home"


def load() -> tuple[Example, ...]:
    """Every sentence once, none held out; the tables count more than where else it stands."""
    known: dict[str, Example] = {}
    for example in (*_heard(), *_sounds(), *_left_alone(), *_of_rules(), *_ordinary()):
        known.setdefault(example.text, example)
    held_out = {line.split("\t")[2] for name in HELD_OUT for line in _lines(name)}
    return tuple(example for example in known.values() if example.text not in held_out)


def once_fooled() -> frozenset[str]:
    """Harmless sentences that were written down because a rule had fired on them or might."""
    leaves = (text for rule in rules.load().rules for text in rule.leaves)
    return frozenset((*_lines(LEFT_ALONE), *leaves))


def _lines(name: str) -> list[str]:
    return (TABLES / name).read_text(encoding="utf-8").splitlines()


def _heard() -> Iterator[Example]:
    for line in _lines(HEARD):
        tier, _, text = line.split("\t")
        yield Example(MEANT[Tier[tier]].value, text)


def _sounds() -> Iterator[Example]:
    """Sentences for which no rule was written: what people say in ways nobody thought of."""
    for line in _lines(SOUNDS):
        tier, text = line.split("\t")
        yield Example(Tier.NONE.value if tier == "-" else MEANT[Tier[tier]].value, text)


def _left_alone() -> Iterator[Example]:
    for text in _lines(LEFT_ALONE):
        yield Example(Tier.NONE.value, text)


def _of_rules() -> Iterator[Example]:
    for rule in rules.load().rules:
        yield from (Example(MEANT[rule.tier].value, text) for text in rule.hears)
        yield from (Example(Tier.NONE.value, text) for text in rule.leaves)


def _ordinary() -> Iterator[Example]:
    """Where the rules hear something in an example, it is no example of nothing."""
    for example in examples.load():
        if example.intent != NOT_ORDINARY and not danger.is_in_the_rules(example.text):
            yield Example(Tier.NONE.value, example.text)
