"""Prints how well messages are understood: `python -m bot.understanding.report`.

The sentences in `tests/understanding/held_out_*.tsv` were never learnt from and no rule was
tuned on them; the others were.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.understanding import danger, examples, reading
from bot.understanding.examples import Example
from bot.understanding.rules import Tier

TABLES = Path(__file__).parents[2] / "tests" / "understanding"
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
        *intents("intents, learnt from", examples.load()),
        *intents("intents, held out", held_out),
        *dangers("danger, tuned on", tuned_dangers()),
        *dangers("danger, held out", table("held_out_danger.tsv")),
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


def intents(title: str, asked: Sequence[Example]) -> Iterator[str]:
    read = [(example, reading.read(example.text)) for example in asked]
    wrong = [(example.intent, got) for example, got in read if example.intent != got.name]
    with_reason = [(e, got) for e, got in read if "/" in e.label and got.name == e.intent]
    reasons = sum(e.label.endswith(f"/{got.reason}") for e, got in with_reason)
    yield f"{title}: {len(read)} messages"
    yield f"  right {share(len(read) - len(wrong), len(read))}"
    yield f"  acted on {share(sum(got.sure for _, got in read), len(read))}"
    yield f"  acted on and wrong {share(sum(got.sure for _, got in wrong), len(read))}"
    yield f"  reason of an absence right {share(reasons, len(with_reason))}"
    for (meant, got), times in Counter((m, g.name) for m, g in wrong).most_common(CONFUSIONS):
        yield f"    {times:3} x {meant} read as {got}"


def dangers(title: str, rows: Iterable[Sequence[str]]) -> Iterator[str]:
    heard: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    fired = harmless = 0
    for tier, _, text in rows:
        got = danger.read(text).tier
        if tier == "-":
            harmless, fired = harmless + 1, fired + (got is not Tier.NONE)
            continue
        kind = KINDS[Tier[tier]]
        asked[kind] += 1
        heard[kind] += got is not Tier.NONE and KINDS[got] == kind
    yield title
    for kind in asked:
        yield f"  {kind} heard {share(heard[kind], asked[kind])}"
    yield f"  only sounds like danger, fired {share(fired, harmless)}"


def alarms(title: str, asked: Sequence[Example]) -> Iterator[str]:
    ordinary = [example for example in asked if example.intent != "violence_at_home"]
    tiers = Counter(danger.read(example.text).tier for example in ordinary)
    pages = sum(tiers[tier] for tier in PAGES)
    cards = sum(tiers.values()) - tiers[Tier.NONE] - pages
    yield f"{title}: false pages {share(pages, len(ordinary))}, help cards {cards}"


def share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.1%} ({part} of {whole})"


if __name__ == "__main__":
    main()
