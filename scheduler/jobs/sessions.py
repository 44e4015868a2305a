"""The reminders of a session, many clients at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework.sessions import reminders
from aftercare.rules import reminders as rule
from scheduler.ticks import Job

JOBS: Final[Mapping[str, Job]] = {
    rule.H4: reminders.ask_for_plans,
    rule.H1: reminders.remind_the_evening_before,
    rule.H0: reminders.remind_on_the_day,
}
