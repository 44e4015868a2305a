"""The one door from a flow to Python: named, typed actions that `do` steps may call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from aftercare.records.database import Db
from aftercare.records.outbox import Cause
from aftercare.records.people import Person


class Arguments(BaseModel):
    """What a `do` step may write under `with`; an action without any takes this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Act:
    """One call: who, in which conversation, with what said so far.

    `text_version` is a hash of every word of the flow: what was read before the answer.
    """

    db: Db
    person: Person
    subject: str | None
    answers: Mapping[str, Any]
    values: Mapping[str, Any]
    now: datetime
    because: Cause
    text_version: str = ""

    @property
    def subject_id(self) -> int:
        return int((self.subject or ":0").partition("@")[0].partition(":")[2])

    def is_about(self, version: int) -> bool:
        """Begun while its subject stood as it stands now: what has moved since is not answered."""
        return (self.subject or "").partition("@")[2] == str(version)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`name` becomes the answer of the step, `values` become placeholders of later texts."""

    name: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """`outcomes` and `values` are all that `run` may give back; the content check relies on it."""

    name: str
    run: Callable[[Act, Any], Awaitable[Outcome]]
    arguments: type[Arguments] = Arguments
    outcomes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def table(*actions: Action) -> dict[str, Action]:
    return {action.name: action for action in actions}
