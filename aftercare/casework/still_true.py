"""Asked again at the moment of sending: does what a message is about still hold?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from aftercare.casework.family import family_safety
from aftercare.records import (
    activities,
    alerts,
    conversations,
    family_invitations,
    joinings,
    officer_messages,
    opportunities,
    relatives,
    sessions,
    work_profiles,
)
from aftercare.records.database import Db


async def why_not(db: Db, subject: str) -> str | None:
    """`subject` is "participant:12@3": what it is about, and the version that was true then."""
    about, _, version = subject.partition("@")
    kind, _, number = about.partition(":")
    check = _CHECKS.get(kind)
    return await check(db, int(number), version) if check else None


async def _participant(db: Db, number: int, version: str) -> str | None:
    one = await sessions.participant(db, number)
    if one is None or one.session.state != "booked":
        return "session cancelled"
    if version and version != str(one.session.version):
        return "session moved"
    return "already recorded" if one.attendance else None


async def _session(db: Db, number: int, version: str) -> str | None:
    one = await sessions.get(db, number)
    if one is None or one.state != "booked":
        return "session cancelled"
    return "session moved" if version and version != str(one.version) else None


async def _change(db: Db, number: int, _version: str) -> str | None:
    one = await sessions.change(db, number)
    return "change answered" if one is None or one.answer is not None else None


async def _absence(db: Db, number: int, _version: str) -> str | None:
    one = await sessions.participant(db, number)
    if one is None or one.session.state != "booked":
        return "session cancelled"
    return None if one.attendance == "absent" else "was not missed"


async def _attendance(db: Db, number: int, version: str) -> str | None:
    one = await sessions.participant(db, number)
    return None if one and one.attendance == version else "recorded anew"


async def _conversation(db: Db, number: int, version: str) -> str | None:
    row = await conversations.get(db, number)
    if row is None or (version and row.revision != int(version)):
        return "question passed"
    about = row.subject or ""
    return await why_not(db, about) if about.startswith("family_feedback:") else None


async def _relative(db: Db, number: int, version: str) -> str | None:
    """ "relative:3@session_reminders", or with what it is about: "...reminders/participant:5@2"."""
    scope, _, about = version.partition("/")
    one = await relatives.get(db, number)
    if one is None or not one.may(scope):
        return "outside the client's scopes"
    return await why_not(db, about) if about else None


async def _opportunity(db: Db, number: int, version: str) -> str | None:
    """News of an opportunity; `version` is the client who wanted to hear."""
    one = await opportunities.get(db, number)
    profile = await work_profiles.find(db, int(version))
    if one is None or one.closed_at is not None:
        return "opportunity closed"
    return None if profile is not None and profile.news else "wants no news"


async def _joining(db: Db, number: int, version: str) -> str | None:
    one = await joinings.get(db, number)
    if one is None:
        return "not joined any more"
    if one.activity.state != "open":
        return "activity cancelled"
    if version and version != str(one.activity.version):
        return "activity moved"
    return "came already" if one.came_at else None


async def _came(db: Db, number: int, _version: str) -> str | None:
    one = await joinings.get(db, number)
    return None if one is not None and one.came_at else "did not come after all"


async def _news(db: Db, number: int, version: str) -> str | None:
    """ "news:12@5-7": for client 12, about the activities 5 and 7."""
    choice = await activities.choice(db, number)
    if choice is None or not choice.wants_news:
        return "no news wanted"
    told = await activities.by_ids(db, [int(one) for one in version.split("-")])
    open_ = [one for one in told.values() if one.state == "open"]
    return None if open_ else "activities cancelled"


async def _family_programme(db: Db, number: int, version: str) -> str | None:
    """A prompt to a client; `version` is the way that was chosen when it was posted."""
    way = await family_safety.way_of(db, number)
    return None if way == version else "another way was chosen"


async def _family_session(db: Db, number: int, version: str) -> str | None:
    """An invitation: the client's scope, safety at home, and the time that was said."""
    one = await family_invitations.get(db, number)
    if one is None or not one.relative.may("invitations"):
        return "outside the client's scopes"
    why_not = await family_safety.why_not_meet(db, one.relative)
    return why_not or await _participant(db, one.participant_id, version)


async def _family_feedback(db: Db, number: int, _version: str) -> str | None:
    """After the session only the scope is left to ask."""
    one = await family_invitations.get(db, number)
    allowed = one is not None and one.relative.may("invitations")
    return None if allowed else "outside the client's scopes"


async def _family_home(db: Db, number: int, _version: str) -> str | None:
    return await family_safety.why_not(db, number)


async def _alert(db: Db, number: int, _version: str) -> str | None:
    one = await alerts.get(db, number)
    return "alert closed" if one is None or one.state == "closed" else None


async def _officer_message(db: Db, number: int, version: str) -> str | None:
    """ "officer_message:7", or "...7@unread" for what is said only while nobody has read it."""
    one = await officer_messages.get(db, number)
    if one is None or one.words is None:
        return "words forgotten"
    return "was read" if version == "unread" and one.read_at is not None else None


_Check = Callable[[Db, int, str], Awaitable[str | None]]
_CHECKS: Final[Mapping[str, _Check]] = {
    "participant": _participant,
    "attendance": _attendance,
    "session": _session,
    "absence": _absence,
    "change": _change,
    "conversation": _conversation,
    "relative": _relative,
    "opportunity": _opportunity,
    "family_programme": _family_programme,
    "family_home": _family_home,
    "family_session": _family_session,
    "family_feedback": _family_feedback,
    "alert": _alert,
    "joining": _joining,
    "came": _came,
    "news": _news,
    "officer_message": _officer_message,
}
