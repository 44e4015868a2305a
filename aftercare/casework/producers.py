"""Every picture and file that a message may carry, by the name content uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework.exercises import care_plans
from aftercare.casework.progress import progress
from aftercare.casework.rights import data_copy
from aftercare.casework.sessions import agenda
from aftercare.pictures import Producer

TABLE: Final[Mapping[str, Producer]] = {
    agenda.CALENDAR: agenda.draw,
    care_plans.PRODUCER: care_plans.picture,
    "progress": progress.picture,
    data_copy.PRODUCER: data_copy.produce,
}
