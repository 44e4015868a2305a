"""Ids that we choose ourselves: a row can be spoken of before it has been written."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

_RANDOM_BITS: Final = 20


class Sequence:
    """Grows with time, and within one process without exception, in 62 bits.

    The milliseconds since 1970, then 20 random bits, so that processes do not meet.
    """

    def __init__(self) -> None:
        self._last = 0

    def fresh(self, now: datetime) -> int:
        drawn = int(now.timestamp() * 1000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        self._last = max(drawn, self._last + 1)
        return self._last
