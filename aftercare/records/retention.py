"""Takes away what has been kept long enough, a batch of rows in two or three statements."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    delete,
    func,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from aftercare import sealed
from aftercare.records.alerts import Alert, AlertStep
from aftercare.records.applications import Application
from aftercare.records.check_ins import CheckIn
from aftercare.records.clients import Client
from aftercare.records.columns import Base
from aftercare.records.conversations import ConversationRow
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.family_invitations import FamilyInvitation
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.inbox import Update
from aftercare.records.joinings import Joining
from aftercare.records.milestones import MilestoneRow
from aftercare.records.module_runs import Artefact, ModuleRun
from aftercare.records.officer_messages import Note
from aftercare.records.opportunities import Showing
from aftercare.records.outbox import Outgoing
from aftercare.records.people import Person
from aftercare.records.prompts import Prompt
from aftercare.records.sessions import ChangeRequest, Participant, Session
from aftercare.records.work_profiles import WorkProfile

Old = Callable[[datetime], ColumnElement[bool]]
#: Nobody else in this transaction holds one of these rows.
_BLIND: Final = {"synchronize_session": False}
_NOTHING: Final[dict[str, Any]] = {}
_NO_ANSWERS: Final[dict[str, Any]] = {"answers": {}, "values": {}}


@dataclass(frozen=True, slots=True)
class Sweep:
    """One sort of rows: which of them are `old`, and what hangs on them by these columns.

    They are deleted, or, where there are `emptied` values, stay without what was in them.
    """

    record: type[Base]
    old: Old
    hanging: tuple[InstrumentedAttribute[int], ...] = ()
    emptied: Mapping[str, Any] = field(default_factory=dict)


async def batch(
    db: Db, sweep: Sweep, before: datetime, *, after: int, at_most: int
) -> tuple[int | None, int]:
    """Look at the next rows whose number is higher than `after`, and deal with the old ones.

    However few of them are old, no more rows than `at_most` are looked at in this transaction.
    Returns the highest number that was seen, None at the end, and how many were dealt with.
    """
    key = inspect(sweep.record).primary_key[0]
    seen = select(key.label("key")).where(key > after).order_by(key).limit(at_most).subquery()
    last, count = (await db.execute(select(func.max(seen.c.key), func.count()))).one()
    if not count:
        return None, 0
    old = select(key).where(key > after, key <= last, sweep.old(before))
    if found := list(await db.scalars(old)):
        await _deal_with(db, sweep, key, found)
    return (last if count == at_most else None), len(found)


async def _deal_with(db: Db, sweep: Sweep, key: ColumnElement[Any], found: Sequence[int]) -> None:
    for column in sweep.hanging:
        await db.execute(delete(column.class_).where(column.in_(found)), execution_options=_BLIND)
    emptied = update(sweep.record).values(**sweep.emptied) if sweep.emptied else None
    gone = delete(sweep.record) if emptied is None else emptied
    await db.execute(gone.where(key.in_(found)), execution_options=_BLIND)


def _gone(before: datetime) -> Select[int]:
    """Everybody whose case ended, or who left, before then and has not come back."""
    since = func.coalesce(Client.ended_at, Person.left_at)
    return select(Person.id).outerjoin(Client, Client.id == Person.id).where(since < before)


def _after_the_case(
    whose: InstrumentedAttribute[int], at: InstrumentedAttribute[Any] | None = None
) -> Old:
    """Rows of those who are gone; what was written since, such as by the office, is not old."""

    def old(before: datetime) -> ColumnElement[bool]:
        theirs = whose.in_(_gone(before))
        return theirs if at is None else theirs & (at < before)

    return old


def _holds_more_than(column: InstrumentedAttribute[Any], empty: Any) -> ColumnElement[bool]:
    """What is locked cannot be compared; its length tells whether there is anything in it."""
    return func.length(column) > len(sealed.seal(json.dumps(empty)))


def _daily(before: datetime) -> ColumnElement[bool]:
    return (CheckIn.kind == "daily") & (CheckIn.on_day < before.date())


def _attendance(before: datetime) -> ColumnElement[bool]:
    """Of those who are gone, unless something about them is still open."""
    held = select(Session.id).where(Session.starts_at < before)
    open_ = select(Alert.client_id).where(Alert.state != "closed")
    theirs = Participant.client_id.in_(_gone(before)) & Participant.session_id.in_(held)
    return theirs & Participant.client_id.not_in(open_)


def _empty_session(before: datetime) -> ColumnElement[bool]:
    somebody = select(Participant.id).where(Participant.session_id == Session.id).exists()
    return (Session.starts_at < before) & ~somebody


def _over(before: datetime) -> ColumnElement[bool]:
    """Ended, or given up by time so long ago that nobody comes back to it."""
    return func.coalesce(ConversationRow.ended_at, ConversationRow.expires_at) < before


_said = Outgoing.state != "waiting"

#: By the names of rules/retention.py, in this order: what hangs on something goes before it.
SWEEPS: Final[Mapping[str, Sweep]] = {
    "updates_put_aside": Sweep(Update, lambda before: Update.aside_at < before),
    "empty_messages": Sweep(Outgoing, lambda before: _said & (Outgoing.made_at < before)),
    "words_of_messages": Sweep(
        Outgoing,
        lambda before: (
            _said & (Outgoing.made_at < before) & _holds_more_than(Outgoing.content, _NOTHING)
        ),
        emptied={"content": _NOTHING},
    ),
    "empty_conversations": Sweep(ConversationRow, _over),
    "answers_of_conversations": Sweep(
        ConversationRow,
        lambda before: _over(before) & _holds_more_than(ConversationRow.content, _NO_ANSWERS),
        emptied={"content": _NO_ANSWERS},
    ),
    "words_left_with_an_officer": Sweep(
        Note,
        lambda before: Note.words.is_not(None) & (Note.written_at < before),
        emptied={"words": None},
    ),
    "older_words_of_the_same": Sweep(Artefact, lambda before: Artefact.removed_at < before),
    "unanswered_daily_check_ins": Sweep(
        CheckIn, lambda before: _daily(before) & CheckIn.answered_at.is_(None)
    ),
    "daily_answers": Sweep(
        CheckIn,
        lambda before: _daily(before) & (cast(CheckIn.items, String) != "{}"),
        emptied={"items": _NOTHING},
    ),
    "crisis_log": Sweep(Crisis, lambda before: Crisis.heard_at < before),
    "what_the_client_kept": Sweep(Artefact, _after_the_case(Artefact.client_id)),
    "applications": Sweep(Application, _after_the_case(Application.client_id)),
    "work_profiles": Sweep(WorkProfile, _after_the_case(WorkProfile.client_id)),
    "family_choices": Sweep(FamilyProgramme, _after_the_case(FamilyProgramme.person_id)),
    "alerts": Sweep(
        Alert,
        lambda before: (
            (Alert.state == "closed")
            & (Alert.closed_at < before)
            & Alert.client_id.in_(_gone(before))
        ),
        hanging=(AlertStep.alert_id,),
    ),
    "attendance": Sweep(
        Participant,
        _attendance,
        hanging=(ChangeRequest.participant_id, FamilyInvitation.participant_id),
    ),
    "empty_sessions": Sweep(Session, _empty_session),
    "check_ins": Sweep(CheckIn, _after_the_case(CheckIn.client_id, CheckIn.asked_at)),
    "exercises": Sweep(ModuleRun, _after_the_case(ModuleRun.client_id, ModuleRun.finished_at)),
    "milestones": Sweep(
        MilestoneRow, _after_the_case(MilestoneRow.client_id, MilestoneRow.reached_at)
    ),
    "family_prompts": Sweep(Prompt, _after_the_case(Prompt.person_id, Prompt.posted_at)),
    "activities_joined": Sweep(Joining, _after_the_case(Joining.client_id, Joining.joined_at)),
    "opportunities_shown": Sweep(Showing, _after_the_case(Showing.client_id, Showing.shown_at)),
}
