"""Every picture and file that a message may carry, by the name content uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework import progress
from aftercare.pictures import Producer

TABLE: Final[Mapping[str, Producer]] = {
    "progress": progress.picture,
}
