"""Whether words can stand where others may read them: on a lock screen, in a shared calendar."""

from __future__ import annotations

import re
from typing import Final

from aftercare.rules import wording

#: What a lock screen shows of a message, in visible characters; the longest we have seen is less.
FIRST_LINE: Final = 60
_OFFICE: Final = re.compile(
    r"\b(bapas|lapas|rutan|bnn\w*|penjara|tahanan|napi|narapidana|pemasyarakatan|rehab\w*|napza"
    r"|narkoba|narkotika|pokmas|lipas|sidang|pengadilan|kejaksaan|polisi|polsek|polres|probation|prison"
    r"|parole|griya abhipraya|pk|litmas|pembebasan bersyarat|wajib lapor)\b",
    re.IGNORECASE,
)
_LIFE: Final = re.compile(
    r"\b(sabu|ganja|putaw|obat|zat|pakai|memakai|kambuh\w*|relaps\w*|dorongan memakai|ketagihan"
    r"|kecanduan|bandar|mati|bunuh|overdosis|drugs?|relapse\w*|craving\w*|overdose\w*|suicid\w*"
    r"|addict\w*)\b",
    re.IGNORECASE,
)


def is_neutral(text: str) -> bool:
    """Nothing in it says prison, drugs or an office."""
    return not _OFFICE.search(text)


def told(text: str) -> str | None:
    """The word by which the first line would give somebody away; None where there is none."""
    line = wording.visible(text)[:FIRST_LINE]
    found = _LIFE.search(line) or _OFFICE.search(line)
    return found[0] if found else None
