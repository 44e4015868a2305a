"""What the conversations about family decide: whom to bring in, what is heard, and the answer."""

from __future__ import annotations

from typing import Final, Literal

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.casework.family import families, family_programmes, family_sessions
from aftercare.records import bots, clients, consents, invites, people, relatives
from aftercare.records.relatives import Relative

Relation = Literal["parent", "partner", "sibling", "child", "friend"]
Scope = Literal["session_reminders", "attendance", "invitations", "emergency_contact"]


class Invited(Arguments):
    """Whom the client brings in, and what this person may hear."""

    name: str
    relation: Relation
    scopes: list[Scope]


async def _invite(act: Act, wish: Invited) -> Outcome:
    """Without the bot's own name there is no link; the office can print one later."""
    client = await clients.get(act.db, act.person.id)
    relative = await families.add(act.db, client, wish.relation, wish.scopes, act.now)
    person = await people.get(act.db, relative.person_id)
    person.name = " ".join(wish.name.split())
    bot = await bots.newest_username(act.db)
    if bot is None:
        return Outcome("no_address", {"name": person.name, "link": ""})
    link = f"https://t.me/{bot}?start={invites.make(act.db, person.id, act.now)}"
    return Outcome("made", {"name": person.name, "link": link})


class Answered(Arguments):
    """The relative's own yes or no."""

    given: bool


async def _answer(act: Act, answer: Answered) -> Outcome:
    """The client may have taken the invitation back meanwhile."""
    relative = await _own(act)
    if relative is None:
        return Outcome("passed")
    consents.add(
        act.db,
        act.person.id,
        "family",
        given=answer.given,
        text_version=act.text_version,
        now=act.now,
    )
    if answer.given:
        await families.agree(act.db, relative, act.now)
        await family_sessions.also(act.db, relative, act.now)
    else:
        await families.end(act.db, relative, act.now)
    return Outcome("done")


async def _own(act: Act) -> Relative | None:
    relative = await relatives.get(act.db, act.subject_id)
    if relative is None or relative.person_id != act.person.id or relative.ended_at is not None:
        return None
    return relative


class Scopes(Arguments):
    scopes: list[Scope]


async def _change(act: Act, wish: Scopes) -> Outcome:
    relative = await relatives.get(act.db, act.subject_id)
    if relative is None or relative.client_id != act.person.id or relative.ended_at is not None:
        return Outcome("passed")
    families.change_scopes(relative, wish.scopes)
    await family_programmes.begin_beside(act.db, relative, act.now)
    await family_sessions.also(act.db, relative, act.now)
    return Outcome("done")


ACTIONS: Final = (
    Action("invite_family", _invite, Invited, ("made", "no_address"), ("name", "link")),
    Action("answer_invitation", _answer, Answered, ("done", "passed")),
    Action("change_family_scopes", _change, Scopes, ("done", "passed")),
)
