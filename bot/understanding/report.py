"""Prints how well messages are understood: `make nlu-report`.

The sentences in `tests/understanding/held_out_*.tsv` were never learnt from and no rule was
tuned on them; the others were. For what people want, a third of the examples is kept back as
well, and read by what the other two thirds teach.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.understanding import danger, examples, reading, training
from bot.understanding.examples import Example
from bot.understanding.rules import Tier

TABLES = Path(__file__).parents[2] / "tests" / "understanding"
HELD_OUT = ("held_out_danger.tsv", "held_out_danger_later.tsv")
THIRD = 3
CONFUSIONS = 8
PAGES = (Tier.T3, Tier.OVERDOSE)
KINDS = {
    Tier.T1: "suicide",
    Tier.T2: "suicide",
    Tier.T3: "suicide",
    Tier.OVERDOSE: "overdose",
    Tier.VIOLENCE: "violence",
    Tier.WITHDRAWAL: "withdrawal",
}


def main() -> None:
    held_out = tuple(held_out_intents())
    lines = [
        *kept_back("intents, a third kept back", examples.load()),
        *intents("intents, held out", held_out),
        *dangers("danger, held out", [row for name in HELD_OUT for row in table(name)]),
        *dangers("danger, tuned on", tuned_dangers()),
        *alarms("ordinary, learnt from", examples.load()),
        *alarms("ordinary, held out", held_out),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def table(name: str) -> list[list[str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def held_out_intents() -> Iterator[Example]:
    for label, text in table("held_out_intents.tsv"):
        yield Example(label, text)


def tuned_dangers() -> list[list[str]]:
    left_alone = [["-", "-", line[0]] for line in table("danger_left_alone.txt")]
    return table("danger_heard.tsv") + left_alone


def kept_back(title: str, known: Sequence[Example]) -> Iterator[str]:
    """A third of the examples, read by what the other two thirds teach."""
    taught = tuple(example for example in known if not in_third(example))
    with TemporaryDirectory() as place:
        weights = Path(place) / "weights.npz"
        training.train(taught, weights)
        learnt = reading.load(weights)
    yield from intents(title, [example for example in known if in_third(example)], learnt)


def in_third(example: Example) -> bool:
    """Decided by its letters alone: the same third on every machine, whatever is added."""
    return sha256(example.text.encode()).digest()[0] % THIRD == 0


def intents(
    title: str, asked: Sequence[Example], known: reading.Weights | None = None
) -> Iterator[str]:
    read = [(example, reading.read(example.text, known)) for example in asked]
    wrong = [(example.intent, got) for example, got in read if example.intent != got.name]
    with_reason = [(e, got) for e, got in read if "/" in e.label and got.name == e.intent]
    reasons = sum(e.label.endswith(f"/{got.reason}") for e, got in with_reason)
    yield f"{title}: {len(read)} messages"
    yield f"  right {share(len(read) - len(wrong), len(read))}"
    yield f"  acted on {share(sum(got.sure for _, got in read), len(read))}"
    yield f"  acted on and wrong {share(sum(got.sure for _, got in wrong), len(read))}"
    yield f"  reason of an absence right {share(reasons, len(with_reason))}"
    yield from confusions((meant, got.name) for meant, got in wrong)


def confusions(wrong: Iterable[tuple[str, str]]) -> Iterator[str]:
    for (meant, got), times in Counter(wrong).most_common(CONFUSIONS):
        yield f"    {times:3} x {meant} read as {got}"


def dangers(title: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    heard: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    mixed: list[tuple[str, str]] = []
    fired = harmless = 0
    for tier, _, text in rows:
        got = danger.read(text).tier
        if tier == "-":
            harmless, fired = harmless + 1, fired + (got is not Tier.NONE)
            continue
        kind = KINDS[Tier[tier]]
        asked[kind] += 1
        heard[kind] += got is not Tier.NONE and KINDS[got] == kind
        mixed += [(tier, got.name)] if got.name != tier else []
    yield title
    for kind in asked:
        yield f"  {kind} heard {share(heard[kind], asked[kind])}"
    yield f"  only sounds like danger, fired {share(fired, harmless)}"
    yield from confusions(mixed)


def alarms(title: str, asked: Sequence[Example]) -> Iterator[str]:
    ordinary = [example for example in asked if example.intent != "violence_at_home"]
    heard = [danger.read(example.text) for example in ordinary]
    pages = sum(got.tier in PAGES and not got.soft for got in heard)
    cards = sum(got.tier is not Tier.NONE for got in heard) - pages
    yield f"{title}: false pages {share(pages, len(ordinary))}, help cards {cards}"


def share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.1%} ({part} of {whole})"


if __name__ == "__main__":
    main()
