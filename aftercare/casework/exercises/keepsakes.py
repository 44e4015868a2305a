"""What an exercise leaves in a client's hands, and how later ones come back to it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from aftercare.casework.actions import Act, Action, Arguments, Outcome
from aftercare.records import module_runs
from aftercare.records.module_runs import Artefact

#: What a module may leave in a client's hands; later flows, the plan and the crisis card use it.
ArtefactKind: TypeAlias = Literal[
    "anchor",
    "barrier",
    "coping",
    "goal",
    "note",
    "place",
    "plan",
    "promise",
    "reason",
    "safe_person",
    "sentence",
    "skill",
    "strength",
    "trigger",
    "value",
    "warning_sign",
]


class Kept(Arguments):
    """Something the client owns. No words means that the client kept nothing.

    A list that took several questions (four parts of a day) is kept as one.
    """

    kind: ArtefactKind
    module: str
    words: str | None = None
    second: str | None = None
    third: str | None = None
    fourth: str | None = None

    @property
    def together(self) -> str:
        return ", ".join(one for one in (self.words, self.second, self.third, self.fourth) if one)


class Wanted(Arguments):
    """The newest of its kind, or the newest that this module left."""

    kind: ArtefactKind
    module: str | None = None


#: What the plans for hard hours are made of; several of a kind stand together, newest first.
_FOR_HARD_HOURS: Final[tuple[ArtefactKind, ...]] = (
    "warning_sign",
    "trigger",
    "coping",
    "place",
    "safe_person",
    "reason",
)
_SHOWN: Final = 2


async def keep(act: Act, given: Kept) -> Outcome:
    """Kept once: who says the same again means the same, and means it now."""
    words = given.together
    if not words:
        return Outcome()
    for known in await module_runs.artefacts(act.db, act.person.id, given.kind):
        if known.words.casefold() == words.casefold():
            known.removed_at = act.now
    artefact = Artefact(
        client_id=act.person.id,
        kind=given.kind,
        words=words,
        module=given.module,
        made_at=act.now,
    )
    module_runs.keep(act.db, artefact)
    return Outcome()


async def recall(act: Act, given: Wanted) -> Outcome:
    """What the client kept before, in his or her own words."""
    found = await module_runs.newest_artefact(act.db, act.person.id, given.kind, given.module)
    return Outcome("found" if found else "none", {"kept": found.words if found else ""})


async def let_go(act: Act, given: Wanted) -> Outcome:
    """The client wants these words gone, and then they are."""
    await module_runs.forget(act.db, act.person.id, given.kind, given.module)
    return Outcome()


async def drop_words(_act: Act, _given: Arguments) -> Outcome:
    """What this conversation was given of the client's words is gone from here on."""
    return Outcome(None, {"words": None})


async def recall_plan(act: Act, _given: Arguments) -> Outcome:
    """All that the client kept for hard hours, each kind under its own name."""
    kept: dict[str, list[str]] = {kind: [] for kind in _FOR_HARD_HOURS}
    for one in reversed(await module_runs.artefacts(act.db, act.person.id)):
        if one.kind in kept:
            kept[one.kind].append(one.words)
    return Outcome(None, {kind: ", ".join(words[:_SHOWN]) or None for kind, words in kept.items()})


ACTIONS: Final = (
    Action("keep_artefact", keep, Kept),
    Action("recall", recall, Wanted, ("found", "none"), ("kept",)),
    Action("let_go", let_go, Wanted),
    Action("drop_words", drop_words, values=("words",)),
    Action("recall_plan", recall_plan, values=_FOR_HARD_HOURS),
)
