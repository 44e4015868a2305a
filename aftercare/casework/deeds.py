"""Every action that a flow may call, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework import (
    arrivals,
    bookings,
    change_steps,
    check_in_answers,
    coming,
    consents,
    crises,
    family_choices,
    keepsakes,
    missed_sessions,
    modules,
    moves,
    offering,
    preferences,
    troubles,
    welcome,
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
    *crises.ACTIONS,
    *modules.ACTIONS,
    *keepsakes.ACTIONS,
    *offering.ACTIONS,
    *moves.ACTIONS,
    *consents.ACTIONS,
    *preferences.ACTIONS,
    *welcome.ACTIONS,
    *family_choices.ACTIONS,
)
