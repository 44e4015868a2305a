"""Everything that is held about one person, table by table: to hand it over, or to erase it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, delete, or_, select, update

from aftercare.records import alerts, people
from aftercare.records.activities import ActivityChoice
from aftercare.records.applications import Application
from aftercare.records.check_ins import CheckIn
from aftercare.records.clients import Client
from aftercare.records.columns import Base
from aftercare.records.conversations import ConversationRow
from aftercare.records.crises import Crisis
from aftercare.records.database import Db
from aftercare.records.disclosures import Disclosure
from aftercare.records.family_invitations import FamilyInvitation
from aftercare.records.family_programmes import FamilyProgramme
from aftercare.records.invites import Invite
from aftercare.records.joinings import Joining
from aftercare.records.milestones import MilestoneRow
from aftercare.records.module_runs import Artefact, ModuleRun
from aftercare.records.officer_messages import Note
from aftercare.records.opportunities import Showing
from aftercare.records.outbox import Outgoing
from aftercare.records.prompts import Prompt
from aftercare.records.relatives import Relative
from aftercare.records.sessions import ChangeRequest, Participant
from aftercare.records.work_profiles import WorkProfile

#: Columns that say whom a row is about. Others (`by_id`, `taken_by`) say who of the staff did it.
_WHOM: Final = ("person_id", "client_id")
_OWN: Final = ("people", "clients")
#: Never handed over: a key to a door, and a figure that only finds names.
_KEYS: Final = frozenset({"code_hash", "name_fingerprint", "dedupe_key"})


async def of_person(db: Db, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row about this person by table, unlocked. New tables are found by themselves."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        whom = [table.c.id] if table.name in _OWN else [table.c[c] for c in _WHOM if c in table.c]
        if whom:
            found[table.name] = await _rows(db, table, or_(*(c == person_id for c in whom)))
    met = [row["session_id"] for row in found["participants"]]
    sessions = Base.metadata.tables["sessions"]
    found["sessions"] = await _rows(db, sessions, sessions.c.id.in_(met))
    changes = Base.metadata.tables["change_requests"]
    taken_part = [row["id"] for row in found["participants"]]
    found["change_requests"] = await _rows(db, changes, changes.c.participant_id.in_(taken_part))
    shown = [row["opportunity_id"] for row in found["opportunity_showings"]]
    opportunities = Base.metadata.tables["opportunities"]
    found["opportunities"] = await _rows(db, opportunities, opportunities.c.id.in_(shown))
    joined = [row["activity_id"] for row in found["joinings"]]
    activities = Base.metadata.tables["activities"]
    found["activities"] = await _rows(db, activities, activities.c.id.in_(joined))
    return {name: rows for name, rows in found.items() if rows}


async def _rows(db: Db, table: Table, about: Any) -> list[dict[str, Any]]:
    shown = [column for column in table.c if column.name not in _KEYS]
    found = await db.execute(select(*shown).where(about).order_by(*table.primary_key))
    return [dict(row) for row in found.mappings()]


async def forget_words(db: Db, client_id: int) -> None:
    """What the client said and what was noted of it: gone. Dates of danger stay, without words."""
    for table, whose in (
        (ConversationRow, ConversationRow.person_id),
        (CheckIn, CheckIn.client_id),
        (ModuleRun, ModuleRun.client_id),
        (Artefact, Artefact.client_id),
        (MilestoneRow, MilestoneRow.client_id),
        (Application, Application.client_id),
        (Showing, Showing.client_id),
        (WorkProfile, WorkProfile.client_id),
        (Prompt, Prompt.person_id),
        (FamilyProgramme, FamilyProgramme.person_id),
        (Invite, Invite.person_id),
        (Joining, Joining.client_id),
        (ActivityChoice, ActivityChoice.client_id),
        (Disclosure, Disclosure.person_id),
    ):
        await db.execute(delete(table).where(whose == client_id))
    await db.execute(update(Crisis).where(Crisis.person_id == client_id).values(words=None))
    await db.execute(update(Note).where(Note.client_id == client_id).values(words=None))
    await _forget_wishes(db, client_id)
    await _forget_messages(db, client_id)


async def _forget_wishes(db: Db, client_id: int) -> None:
    """Of sessions only when, and whether the client was there."""
    taken_part = select(Participant.id).where(Participant.client_id == client_id)
    for table, whose in (
        (ChangeRequest, ChangeRequest.participant_id),
        (FamilyInvitation, FamilyInvitation.participant_id),
    ):
        await db.execute(delete(table).where(whose.in_(taken_part)))
    await db.execute(
        update(Participant)
        .where(Participant.client_id == client_id)
        .values(reason=None, readiness=None, leaves_at=None, travels_by=None)
    )


async def _forget_messages(db: Db, client_id: int) -> None:
    """Emptied, not deleted: delivery may hold one of them in its hands right now."""
    alerts_about = select("alert:" + alerts.Alert.id.cast(people.Person.name_fingerprint.type))
    about = alerts_about.where(alerts.Alert.client_id == client_id)
    notes_about = select("officer_message:" + Note.id.cast(people.Person.name_fingerprint.type))
    notes = notes_about.where(Note.client_id == client_id)
    mine = Outgoing.person_id == client_id
    await db.execute(
        update(Outgoing)
        .where(mine, Outgoing.state == "waiting")
        .values(state="dropped", reason="erased")
    )
    await db.execute(
        update(Outgoing)
        .where(
            or_(mine, Outgoing.subject.in_(about), Outgoing.subject.in_(notes)),
            Outgoing.state != "waiting",
        )
        .values(content={})
    )


async def forget_names(db: Db, client: Client, now: datetime) -> None:
    """The code stands where the name stood, so that minutes of attendance still make sense."""
    person = client.person
    person.name, person.nickname, person.name_fingerprint = client.code, None, None
    client.ended_at = client.ended_at or now
    gave = select(Relative.person_id).where(Relative.client_id == client.id)
    await db.execute(
        update(people.Person)
        .where(people.Person.id.in_(gave), people.Person.left_at.is_not(None))
        .values(name=None, nickname=None, name_fingerprint=None)
    )


async def forget_relative(db: Db, person: people.Person) -> None:
    """A relative's answers, ties and name, also where others were told of them. Dates of a
    consent stay, and that danger was heard, without words."""
    await _forget_where_named(db, person.id)
    for table, whose in (
        (FamilyInvitation, FamilyInvitation.person_id),
        (Relative, Relative.person_id),
        (Prompt, Prompt.person_id),
        (FamilyProgramme, FamilyProgramme.person_id),
        (ConversationRow, ConversationRow.person_id),
        (Invite, Invite.person_id),
        (Disclosure, Disclosure.person_id),
    ):
        await db.execute(delete(table).where(whose == person.id))
    await db.execute(update(Crisis).where(Crisis.person_id == person.id).values(words=None))
    await _forget_messages(db, person.id)
    person.name, person.nickname, person.name_fingerprint = None, None, None


async def _forget_where_named(db: Db, person_id: int) -> None:
    """What the client and the officer were told of this relative by name."""
    ties = await db.scalars(select(Relative.id).where(Relative.person_id == person_id))
    known = [f"relative:{one}:" for one in ties]
    found = await db.execute(
        select(FamilyInvitation.id, FamilyInvitation.participant_id).where(
            FamilyInvitation.person_id == person_id
        )
    )
    for invitation, participant in found:
        known += [f"family_invitation:{invitation}:", f"participant:{participant}@"]
    for start in known:
        about_family = or_(Outgoing.key.like("family%"), Outgoing.key.like("crisis.client.family%"))
        await db.execute(
            update(Outgoing)
            .where(Outgoing.dedupe_key.startswith(start), about_family)
            .where(Outgoing.state != "waiting")
            .values(content={})
        )
