"""Every action that a flow may call, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aftercare.casework import check_in_answers, crises, modules
from aftercare.casework.actions import Action, table

ACTIONS: Final[Mapping[str, Action]] = table(
    *check_in_answers.ACTIONS,
    *crises.ACTIONS,
    *modules.ACTIONS,
)
