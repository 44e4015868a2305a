"""Whether words can stand where others may read them: on a lock screen, in a shared calendar."""

from __future__ import annotations

import re
from typing import Final

_TELLING: Final = re.compile(
    r"\b(bapas|lapas|rutan|bnn\w*|penjara|tahanan|pemasyarakatan|lapas|rehab\w*|napza|narkoba"
    r"|narkotika|sidang|pengadilan|kejaksaan|polisi|polsek|polres|probation|griya abhipraya|pk)\b",
    re.IGNORECASE,
)


def is_neutral(text: str) -> bool:
    """Nothing in it says prison, drugs or an office."""
    return not _TELLING.search(text)
