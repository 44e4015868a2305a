"""Every action that a flow may call, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework import (
    applications,
    arrivals,
    bookings,
    change_steps,
    check_in_answers,
    coming,
    community,
    consents,
    crisis_calls,
    enrolment,
    family_choices,
    family_feedback,
    family_programmes,
    keepsakes,
    law,
    missed_sessions,
    modules,
    monthly_check_ins,
    moves,
    offering,
    officer_message_steps,
    plan_reviews,
    preferences,
    publishing,
    troubles,
    welcome,
    work_search,
)
from aftercare.casework.actions import Action, table

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
