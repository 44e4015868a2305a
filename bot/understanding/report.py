"""Prints how well messages are understood: `make nlu-report`.

The sentences in `tests/understanding/held_out_*.tsv` were never learnt from and no rule was
tuned on them; the others were. The thresholds of the undertones were settled with the totals of
`held_out_danger_unseen.tsv` in view, nothing at all with `held_out_danger_strangers.tsv` in view:
the clean figure is the latter's. For what people want, a third of the examples is kept back as
well, and read by what the other two thirds teach.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.understanding import danger, examples, reading, training, undertone_examples
from bot.understanding.danger import Danger
from bot.understanding.examples import Example
from bot.understanding.rules import Tier

TABLES = Path(__file__).parents[2] / "tests" / "understanding"
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
        *(line for name in undertone_examples.HELD_OUT for line in dangers(name, table(name))),
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
    read = [(tier, danger.read(text)) for tier, _, text in rows]
    grave = [(Tier[tier], got) for tier, got in read if tier != "-"]
    harmless = [got for tier, got in read if tier == "-"]
    wanted = [(KINDS[tier], KINDS.get(got.tier, "")) for tier, got in grave]
    yield title
    for kind in dict.fromkeys(kind for kind, _ in wanted):
        heard = [got for meant, got in wanted if meant == kind]
        at_all = share(sum(map(bool, heard)), len(heard))
        yield f"  {kind} heard {at_all}, as such {heard.count(kind)}"
    near = [got for tier, got in grave if tier is Tier.T3]
    yield f"  T3 pages at once {share(sum(map(pages, near)), len(near))}"
    fired = sum(got.tier is not Tier.NONE for got in harmless)
    paged = sum(map(pages, harmless))
    yield f"  harmless: asked {share(fired, len(harmless))}, paged {share(paged, len(harmless))}"
    yield from confusions((tier.name, got.tier.name) for tier, got in grave if tier != got.tier)


def pages(found: Danger) -> bool:
    return found.tier in PAGES and not found.soft


def alarms(title: str, asked: Sequence[Example]) -> Iterator[str]:
    ordinary = [example for example in asked if example.intent != "violence_at_home"]
    heard = [danger.read(example.text) for example in ordinary]
    paged = sum(map(pages, heard))
    asked_back = sum(got.tier is not Tier.NONE for got in heard) - paged
    of = len(ordinary)
    yield f"{title}: false pages {share(paged, of)}, asked {share(asked_back, of)}"


def share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.1%} ({part} of {whole})"


if __name__ == "__main__":
    main()
