"""What there is to do together: the one table of kinds, and which of them fit a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from aftercare import strict_yaml
from aftercare.rules import discretion, wording

KINDS: Final = Path(__file__).parents[2] / "content" / "id" / "activities.yaml"
Religion: TypeAlias = Literal[
    "islam", "kristen", "katolik", "hindu", "buddha", "konghucu", "kepercayaan"
]
Taste: TypeAlias = Literal["olahraga", "tangan", "hiburan", "batin"]
#: What an exercise asks a client for, and the groups of the table that go with it.
TASTES: Final[dict[Taste, tuple[str, ...]]] = {
    "olahraga": ("olahraga",),
    "tangan": ("warga",),
    "hiburan": ("musik", "baca"),
    "batin": ("ibadah",),
}
OWN: Final = "lain"
MOST_WEEKS: Final = 12
MOST_PEOPLE: Final = 500
NAME_LIMIT, PLACE_LIMIT, NOTE_LIMIT = 40, 80, 200
#: Worship, without a word of whose: it has to be asked.
_WORSHIP: Final = re.compile(r"\b(ibadah|sembahyang|doa bersama|kerohanian)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """`religion` is whose worship it is; None is for everybody."""

    id: str
    label: str
    group: str
    words: tuple[str, ...]
    religion: Religion | None = None


@cache
def kinds() -> dict[str, Kind]:
    """The table of content/id/activities.yaml, in its order."""
    rows = strict_yaml.load(KINDS).plain
    return {
        name: Kind(name, row["label"], row["group"], tuple(row["words"]), row.get("religion"))
        for name, row in rows.items()
    }


def kind(name: str) -> Kind:
    """What is no longer in the table is an activity like any other."""
    return kinds().get(name) or kinds()[OWN]


def find(text: str) -> Kind | None:
    """The kind of the longest word that stands in this text."""
    heard = " ".join(text.casefold().split())
    found = [
        (len(word), one)
        for one in kinds().values()
        for word in (*one.words, one.label.casefold())
        if re.search(rf"\b{re.escape(word)}\b", heard)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def is_worship(text: str) -> bool:
    return bool(_WORSHIP.search(text))


def is_for(kind_id: str, religion: str | None) -> bool:
    """Worship is shown to somebody who asked for it, everything else to everybody."""
    wanted = kind(kind_id).religion
    return wanted is None or wanted == religion


def fits(kind_id: str, taste: Taste | None) -> bool:
    return taste is None or kind(kind_id).group in TASTES[taste]


def objection(text: str, limit: int) -> str | None:
    """Why people should not read this: `long`, `hurts` or `tells`; None where they may.

    It may light up on a lock screen, so it names no office and nothing that gives anybody away.
    """
    if len(text) > limit:
        return "long"
    if wording.says_forbidden(text):
        return "hurts"
    if not discretion.is_neutral(text):
        return "tells"
    return None
