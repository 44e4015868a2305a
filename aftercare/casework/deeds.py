"""Every action that a flow may call, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework.actions import Action, table
from aftercare.casework.attendance import arrivals, missed_sessions
from aftercare.casework.check_ins import check_in_answers, monthly_check_ins
from aftercare.casework.community import community, publishing
from aftercare.casework.danger import crisis_calls
from aftercare.casework.exercises import coming, keepsakes, modules, offering, plan_reviews
from aftercare.casework.family import family_choices, family_feedback, family_programmes
from aftercare.casework.rights import law
from aftercare.casework.sessions import bookings, change_steps, moves, troubles
from aftercare.casework.staff import officer_message_steps
from aftercare.casework.taking_part import consents, enrolment, preferences, welcome
from aftercare.casework.work import applications, work_search

ACTIONS: Final[Mapping[str, Action]] = table(
    *arrivals.ACTIONS,
    *bookings.ACTIONS,
    *change_steps.ACTIONS,
    *troubles.ACTIONS,
    *missed_sessions.ACTIONS,
    *coming.ACTIONS,
    *check_in_answers.ACTIONS,
    *monthly_check_ins.ACTIONS,
    *plan_reviews.ACTIONS,
    *crisis_calls.ACTIONS,
    *enrolment.ACTIONS,
    *modules.ACTIONS,
    *keepsakes.ACTIONS,
    *law.ACTIONS,
    *offering.ACTIONS,
    *officer_message_steps.ACTIONS,
    *moves.ACTIONS,
    *consents.ACTIONS,
    *preferences.ACTIONS,
    *welcome.ACTIONS,
    *family_choices.ACTIONS,
    *family_feedback.ACTIONS,
    *family_programmes.ACTIONS,
    *work_search.ACTIONS,
    *applications.ACTIONS,
    *community.ACTIONS,
    *publishing.ACTIONS,
)
