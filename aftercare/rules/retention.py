"""What is kept how long; what is older goes at night.

After the domain page on law and practice, R7, which is a proposal and not a law: free text thirty
days, daily check-ins twelve months, flags and attendance as long as the case and one year more,
the crisis log two years. UU 27/2022 asks for a limit and leaves its length to the office.

"After the case" counts from the end of the case, or from the day on which the client left. What a
client chose to keep (reasons, people of trust, triggers, plans) is no free text that passes by:
it stays as long as the client takes part.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

FREE_TEXT: Final = timedelta(days=30)
NUMBERS: Final = timedelta(days=365)
CRISES: Final = timedelta(days=730)
AFTER_THE_CASE: Final = timedelta(days=365)

#: The table, one line a sort of rows; docs/retention.md says it in sentences.
KEPT: Final[Mapping[str, timedelta]] = {
    # counted from when it was written
    "updates_put_aside": FREE_TEXT,
    "words_of_messages": FREE_TEXT,
    "answers_of_conversations": FREE_TEXT,
    "words_left_with_an_officer": FREE_TEXT,
    "older_words_of_the_same": FREE_TEXT,
    "unanswered_daily_check_ins": NUMBERS,
    "daily_answers": NUMBERS,
    "empty_messages": NUMBERS,
    "empty_conversations": NUMBERS,
    "crisis_log": CRISES,
    # counted from the end of the case
    "what_the_client_kept": FREE_TEXT,
    "applications": FREE_TEXT,
    "work_profiles": FREE_TEXT,
    "family_choices": FREE_TEXT,
    "alerts": AFTER_THE_CASE,
    "attendance": AFTER_THE_CASE,
    "empty_sessions": AFTER_THE_CASE,
    "check_ins": AFTER_THE_CASE,
    "exercises": AFTER_THE_CASE,
    "milestones": AFTER_THE_CASE,
    "family_prompts": AFTER_THE_CASE,
    "activities_joined": AFTER_THE_CASE,
    "opportunities_shown": AFTER_THE_CASE,
}
#: While everybody sleeps, in every zone of the country.
_AT: Final = time(3, 0)
_ZONE: Final = ZoneInfo("Asia/Jakarta")


def before(what: str, now: datetime) -> datetime:
    """What is older than this has been kept long enough."""
    return now - KEPT[what]


def next_night(now: datetime) -> datetime:
    """Three in the morning in Jakarta, after `now`."""
    local = now.astimezone(_ZONE)
    tonight = datetime.combine(local.date(), _AT, _ZONE)
    at = tonight if tonight > local else tonight + timedelta(days=1)
    return at.astimezone(now.tzinfo)
