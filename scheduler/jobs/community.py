"""Activities by the clock: both reminders, the end, and once a week what is new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework.community import activities, activity_news, activity_reminders
from scheduler.ticks import Job

JOBS: Final[Mapping[str, Job]] = {
    activity_reminders.EVENING: activity_reminders.remind,
    activity_reminders.SAME_DAY: activity_reminders.remind,
    activities.OVER: activity_reminders.close,
    activity_news.NEWS: activity_news.send,
}
