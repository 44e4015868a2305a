"""Every picture and file that a message may carry, by the name content uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework import agenda, data_copy, progress
from aftercare.pictures import Producer

TABLE: Final[Mapping[str, Producer]] = {
    agenda.CALENDAR: agenda.draw,
    "progress": progress.picture,
    data_copy.PRODUCER: data_copy.produce,
}
