"""What content there is for whom, how it reads, and what is missing: values, for tables or JSON.

Everything is found in the content itself, so a new flow, exercise or week counts by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from aftercare import phrases
from aftercare.messages import GROUPS
from aftercare.phrases import Texts
from aftercare.rules import wording
from bot.flows import exercises, reading
from bot.flows.library import Library
from bot.flows.model import Flow
from kawan import pages

TREATMENTS: Final = {
    "a": "counselling and therapy",
    "b": "work and learning",
    "c": "support by people",
    "d": "monitoring together",
    "e": "community",
    "f": "stress and impulses",
}
AUDIENCES: Final = ("client", "family", "officer", "head", "partner")
#: What everybody must find, by feature and moment: help, a menu, and an answer to the unclear.
NEEDED: Final = (("control", "help"), ("menu", "overview"), ("fallback", "not_understood"))
WEEKS: Final = 12  # of the family programme, domain page on coping and family, 5.3
_WEEK: Final = re.compile(r"\.(client|family)\.week_0*(\d+)$")


@dataclass(frozen=True, slots=True)
class Reading:
    """`pace` is words a sentence, `hardness` wording.readability: below 8 is easy."""

    name: str
    audience: str
    steps: int
    texts: int
    pace: float
    hardness: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything a writer wants to see at a glance."""

    treatments: Mapping[str, tuple[str, ...]]  # the exercises of each
    needs: Mapping[str, tuple[str, ...]]
    weeks: Mapping[int, tuple[str, ...]]  # the audiences with a text for it
    audiences: Mapping[str, tuple[int, int]]  # flows and single messages
    languages: Mapping[str, tuple[int, int, int, int]]  # flows, of how many; messages, of how many
    flows: tuple[Reading, ...]
    missing: tuple[str, ...]


def of_content() -> Coverage:
    """Raises ContentErrors where the content cannot be read."""
    flows, texts = pages.flows(), phrases.load()
    treatments = _exercises(flows, "treatment", exercises.TREATMENTS)
    needs = _exercises(flows, "need", _needs(texts))
    weeks = _weeks(texts)
    return Coverage(
        treatments,
        needs,
        weeks,
        {one: _of_audience(one, flows, texts) for one in AUDIENCES},
        {one: _translated(one, flows, texts) for one in pages.languages()},
        tuple(_read(flow) for flow in flows.values() if any(reading.texts(flow))),
        tuple(_missing(treatments, needs, weeks, texts)),
    )


def plain(found: Coverage) -> dict[str, Any]:
    """As JSON can hold it."""
    return asdict(found)


def _exercises(flows: Library, key: str, wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
    abouts = {name: dict(flow.module or {}) for name, flow in flows.modules().items()}
    return {
        one: tuple(sorted(name for name, about in abouts.items() if str(about.get(key)) == one))
        for one in wanted
    }


def _needs(texts: Texts) -> Iterable[str]:
    shown = texts.get("module.client.needs")
    return shown.labels if shown else ()


def _weeks(texts: Iterable[str]) -> dict[int, tuple[str, ...]]:
    there: dict[int, set[str]] = {one: set() for one in range(1, WEEKS + 1)}
    for key in texts:
        if found := _WEEK.search(key):
            there.setdefault(int(found[2]), set()).add(found[1])
    return {week: tuple(sorted(audiences)) for week, audiences in sorted(there.items())}


def _of_audience(audience: str, flows: Library, texts: Iterable[str]) -> tuple[int, int]:
    own = _spoken_to(audience)
    told = sum(flow.audience == audience for flow in flows.values())
    return told, sum(key.split(".")[1] in own for key in texts)


def _spoken_to(audience: str) -> set[str]:
    """The audience by name, and every group it belongs to."""
    return {audience, *(group for group, who in GROUPS.items() if audience in who)}


def _translated(language: str, flows: Library, texts: Texts) -> tuple[int, int, int, int]:
    other_flows, other_texts = pages.translation(language, flows, texts)
    told = sum(other_flows[name] is not flows[name] for name in flows)
    said = sum(other_texts[key] is not texts[key] for key in texts)
    return told, len(flows), said, len(texts)


def _read(flow: Flow) -> Reading:
    said = [text for _, text in reading.texts(flow)]
    everything = " ".join(text.replace("\n", " ") for text in said)
    pace = wording.words_a_sentence(everything)
    hardness = reading.hardness(flow)
    return Reading(
        flow.name, flow.audience, len(flow.steps), len(said), round(pace, 1), round(hardness, 1)
    )


def _missing(
    treatments: Mapping[str, tuple[str, ...]],
    needs: Mapping[str, tuple[str, ...]],
    weeks: Mapping[int, tuple[str, ...]],
    texts: Iterable[str],
) -> Iterator[str]:
    yield from (
        f"No exercise for treatment {one}, {TREATMENTS[one]}."
        for one, names in treatments.items()
        if not names
    )
    yield from (f"No exercise for the need {one!r}." for one, names in needs.items() if not names)
    for week, audiences in weeks.items():
        absent = [one for one in ("client", "family") if one not in audiences]
        yield from (f"Week {week} has no text for the {one}." for one in absent)
    for audience in AUDIENCES:
        for feature, moment in NEEDED:
            keys = {f"{feature}.{one}.{moment}" for one in _spoken_to(audience)}
            if not keys & set(texts):
                yield f"The {audience} has no text {feature}.{audience}.{moment}."
