"""What has to happen when danger was heard: which card, who is paged, which questions.

After the domain page on safety, 6.3: help first and questions second, wide on cards and strict on
pages. Withdrawal and a third person's thoughts page nobody by themselves: they would tell staff of
somebody's use, or of somebody who is not ours; the card offers a call instead. A relative who
writes of somebody's wish to die is the exception: it is the client, or nobody can know better.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

#: "call" is not heard in words: somebody pressed the button on a card.
Tier = Literal["T1", "T2", "T3", "overdose", "violence", "withdrawal", "call"]
Who = Literal["self", "other"]
#: On which side of violence the writer stands; "" where that cannot be read.
Side = Literal["", "victim", "perpetrator"]

#: Who writes, as far as staff answer for them.
Writer = Literal["client", "family", "stranger"]

#: Higher outranks lower when danger is heard again while it is still open.
RANK: Final = {
    "call": 0, "withdrawal": 0, "T1": 1, "T2": 2, "violence": 3, "T3": 4, "overdose": 5,
}  # fmt: skip
HUSH: Final = timedelta(hours=24)
#: While danger of the same kind is open, it is one crisis and not a new one.
SAME: Final = timedelta(minutes=60)
FOLLOW_UPS: Final = (timedelta(days=1), timedelta(days=3))
_DAY: Final = timedelta(days=1)
_ALWAYS_PAGED: Final = frozenset({"T3", "overdose"})
#: Where it only sounded like this, a yes of the person pages; the card stands there meanwhile.
_ASKED_FIRST: Final = frozenset({"overdose", "violence"})


@dataclass(frozen=True, slots=True)
class Response:
    """`card` names the words; `page` is whether staff are woken; `ask` starts the questions."""

    card: str
    page: bool
    ask: bool
    hush: bool
    because: str


def respond(tier: Tier, who: Who, *, soft: bool, writer: Writer, side: Side = "") -> Response:
    """What follows from what was heard; nobody can be paged for a stranger."""
    known = writer != "stranger"
    if soft and tier == "withdrawal":
        # Help for the body; whether somebody wants to live is not asked for that alone.
        return Response("withdrawal", page=False, ask=False, hush=False, because="maybe withdrawal")
    if soft:
        card = f"{tier}_soft" if tier in _ASKED_FIRST else "soft"
        return Response(card, page=False, ask=known, hush=False, because="denied, past or unsure")
    if tier in _ALWAYS_PAGED:
        card = tier.lower() if who == "self" else f"{tier.lower()}_other"
        ask = known and tier == "T3"
        return Response(card, page=known, ask=ask, hush=True, because="life at risk")
    if who == "other" and tier == "T2" and writer == "family":
        # "Anak saya mau bunuh diri": nearly always it is the client beside whom they stand.
        return Response("t3_other", page=True, ask=False, hush=True, because="a relative fears")
    if who == "other" and tier in ("T1", "T2"):
        return Response("other", page=False, ask=False, hush=False, because="somebody else")
    match tier:
        case "T2":
            return Response("t2", page=known, ask=known, hush=True, because="thoughts of death")
        case "violence":
            card = "violence_own" if side == "perpetrator" and who == "self" else "violence"
            return Response(card, page=known, ask=False, hush=True, because="violence")
        case "withdrawal":
            return Response("withdrawal", page=False, ask=False, hush=True, because="withdrawal")
    return Response("t1", page=False, ask=known, hush=False, because="distress")


def tells_family(tier: Tier, who: Who) -> bool:
    """Whether those whom the client named for it are called: only where the own life is at risk."""
    return who == "self" and tier in _ALWAYS_PAGED


def last_follow_up(hushed_until: datetime | None) -> datetime | None:
    """When the last caring question after danger is due, told from the end of the quiet."""
    return hushed_until and hushed_until - HUSH + FOLLOW_UPS[-1]


def holds_until(due: datetime, now: datetime, *, followed_up: bool) -> datetime | None:
    """Until when an ordinary prompt waits, at its own hour; None where it may go.

    The quiet of 24 hours is from the domain page, 6.3; that a caring question comes before "latihan
    minggu ini" is ours. Whoever cannot get it within a day of `due` has prompts again all the same.
    """
    if followed_up or now >= due + _DAY:
        return None
    return now + max(1, -((now - due) // _DAY)) * _DAY


@dataclass(frozen=True, slots=True)
class Cry:
    """Danger as it was heard once."""

    tier: Tier
    who: Who
    at: datetime


def is_news(cry: Cry, known: Iterable[Cry]) -> bool:
    """Whether this is a new crisis, or a worse one, rather than one that is already open."""
    return not any(_says_it_already(one, cry) for one in known)


def _says_it_already(known: Cry, cry: Cry) -> bool:
    """A friend's danger says nothing of the own, nor violence of the wish to die."""
    if cry.at - known.at > SAME or known.who != cry.who:
        return False
    if (known.tier == "violence") != (cry.tier == "violence"):
        return False
    return RANK[known.tier] >= RANK[cry.tier]
