"""What the law says, as information: the topic that was asked about, and when it was looked up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from aftercare import strict_yaml
from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.messages import Message, Rows
from aftercare.words import CONTENT

GENERAL: Final = "general"


@dataclass(frozen=True, slots=True)
class Topic:
    """`words` are what asks for it; the text is `law.client.<name>`."""

    name: str
    words: frozenset[str]
    verified_on: date


def page(spoken: Collection[str], rows: Rows = ()) -> Message:
    """The topic that most of these words ask for; what it says is never advice (domain, R13)."""
    known = topics()
    asked = max(known, key=lambda one: len(one.words.intersection(spoken)))
    if not asked.words.intersection(spoken):
        asked = next(one for one in known if one.name == GENERAL)
    return _page(asked, rows)


def _page(topic: Topic, rows: Rows) -> Message:
    values = {"verified": topic.verified_on}
    return Message(f"law.client.{topic.name}", values, rows, labels_of="law.client.buttons")


@cache
def topics() -> tuple[Topic, ...]:
    """What content/id/law.yaml knows."""
    listed = strict_yaml.load(CONTENT / "id" / "law.yaml").plain
    return tuple(
        Topic(name, frozenset(one["words"]), date.fromisoformat(one["verified_on"]))
        for name, one in listed["topics"].items()
    )


class Asked(Arguments):
    """One of the topics in content/id/law.yaml that a flow may show."""

    topic: Literal["general", "rehab", "self_report", "duty", "test", "legal_aid"]


async def read(_act: Act, given: Asked) -> Outcome:
    topic = next(one for one in topics() if one.name == given.topic)
    return Outcome(None, {"page": _page(topic, ())})


ACTIONS: Final = (Action("read_law", read, Asked, values=("page",)),)
