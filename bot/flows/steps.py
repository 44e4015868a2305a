"""Reads the steps of a flow in the order a person meets them."""

from collections.abc import Mapping
from typing import Any, Final

from aftercare.strict_yaml import Node
from bot.flows import asks, conditions
from bot.flows.draft import Draft
from bot.flows.model import END, Branch, DoStep, Ref, Say, Wait, Way, Wording
from bot.flows.page import NAME, near

VERBS: Final = ("say", "ask", "branch", "do", "wait", "repeat")
RESERVED: Final = (END, "module")
_MOST_ROUNDS: Final = 20
_LONGEST_CAPTION: Final = 900  # Telegram takes 1,024 with the values filled in
_ROUND: Final = ("round", "rounds")
_REFS: Final = ("answer", "said", "score", "value")


def read(draft: Draft, node: Node) -> None:
    """All steps into the draft; each step falls to the next one unless it says otherwise."""
    entries = draft.page.mapping(node, "`steps`")
    if not entries:
        draft.page.wrong(node, "A flow has at least one step.")
    verbs = {step_id: _verb(draft, step_id, one) for step_id, one in entries.items()}
    order = [part for step_id, one in entries.items() for part in _parts(draft, step_id, one)]
    for name in {one for one in order if order.count(one) > 1}:
        draft.lost = True
        sentence = f"Two steps are called {name!r} once the rounds are counted."
        draft.page.wrong(entries.get(name, node), sentence)
    draft.following = dict(zip(order, [*order[1:], END], strict=True))
    for step_id, one in entries.items():
        _read_step(draft, step_id, one, verbs[step_id])


def _verb(draft: Draft, step_id: str, node: Node) -> str:
    if not NAME.fullmatch(step_id) or step_id in RESERVED:
        draft.page.wrong(node, f"{step_id!r} cannot be the name of a step.")
    found = [verb for verb in VERBS if verb in draft.page.mapping(node, f"The step {step_id!r}")]
    if len(found) != 1:
        named = " and ".join(found) or "nothing"
        sentence = f"The step {step_id!r} does {named}; it does one of: {', '.join(VERBS)}."
        draft.page.wrong(node, sentence)
    return found[0] if len(found) == 1 else ""


def _parts(draft: Draft, step_id: str, node: Node) -> list[str]:
    """The ids a written step becomes; a repeated one becomes two a round."""
    entries = node.value if isinstance(node.value, dict) else {}
    times = _times(entries["repeat"]) if "repeat" in entries else None
    ids = [step_id]
    if times is not None:
        rounds = [f"{step_id}_{one}" for one in range(1, times + 1)]
        ids = [part for one in rounds for part in (one, f"{one}_wait")]
    draft.targets[step_id] = ids[0]
    draft.targets.update({one: one for one in ids})
    return ids


def _times(node: Node) -> int:
    times = (
        node.value["times"].value if isinstance(node.value, dict) and "times" in node.value else 1
    )
    return times if isinstance(times, int) and 1 <= times <= _MOST_ROUNDS else 1


def _read_step(draft: Draft, step_id: str, node: Node, verb: str) -> None:
    match verb:
        case "say":
            draft.place(_say(draft, step_id, node), node.line)
        case "ask":
            draft.place(asks.read(draft, step_id, node), node.line)
        case "branch":
            draft.place(_branch(draft, step_id, node), node.line)
        case "do":
            draft.place(_do(draft, step_id, node), node.line)
        case "wait":
            draft.place(_wait(draft, step_id, node), node.line)
        case "repeat":
            _repeat(draft, step_id, node)
        case _:
            # Already named as a problem; it falls through, so that other steps stay reachable.
            draft.place(Branch(step_id, (), draft.following[step_id]), node.line)


def _next(draft: Draft, step_id: str, found: Mapping[str, Node]) -> str:
    return draft.target(found["next"]) if "next" in found else draft.following[step_id]


def _say(draft: Draft, step_id: str, node: Node) -> Say:
    found = draft.page.entries(node, "`say`", known=("say", "media", "next"))
    wording = draft.wording(found["say"], step_id)
    media = _media(draft, found, wording)
    return Say(step_id, wording, _next(draft, step_id, found), media)


def _media(draft: Draft, found: Mapping[str, Node], wording: Wording) -> str | None:
    if "media" not in found:
        return None
    known, node = draft.around.media, found["media"]
    media = draft.page.name(node, "`media`")
    if known is not None and media not in known:
        draft.page.wrong(node, f"Nobody makes {media!r}{near(media, known)}")
    if len(wording.text) > _LONGEST_CAPTION:
        draft.page.wrong(node, f"A text under a picture has at most {_LONGEST_CAPTION} characters.")
    return media


def _wait(draft: Draft, step_id: str, node: Node) -> Wait:
    found = draft.page.entries(node, "`wait`", known=("wait", "next"))
    after = draft.page.duration(found["wait"], "`wait`")
    return Wait(step_id, after, _next(draft, step_id, found))


def _branch(draft: Draft, step_id: str, node: Node) -> Branch:
    known = ("branch", "else")
    found = draft.page.entries(node, "`branch`", known=known, needed=known)
    ways = [_way(draft, one) for one in draft.page.items(found["branch"], "`branch`")]
    if not ways:
        draft.page.wrong(node, "A branch has at least one {when: ..., next: ...}.")
    otherwise = draft.target(found["else"]) if "else" in found else draft.following[step_id]
    return Branch(step_id, tuple(way for way in ways if way), otherwise)


def _way(draft: Draft, node: Node) -> Way | None:
    known = ("when", "next")
    found = draft.page.entries(node, "A way of a branch", known=known, needed=known)
    if len(found) < len(known):
        return None
    return Way(conditions.read(draft, found["when"]), draft.target(found["next"]))


def _do(draft: Draft, step_id: str, node: Node) -> DoStep:
    return act(draft, step_id, node, known=("do", "with", "next"))


def act(draft: Draft, step_id: str, node: Node, *, known: tuple[str, ...]) -> DoStep:
    """An action and its arguments, as a step or as `on_expire`."""
    found = draft.page.entries(node, "`do`", known=known, needed=("do",))
    name = draft.page.text(found["do"], "`do`") if "do" in found else ""
    given = draft.page.mapping(found["with"], "`with`") if "with" in found else {}
    args = {arg: _argument(draft, one) for arg, one in given.items()}
    target = _next(draft, step_id, found) if step_id in draft.following else END
    step = DoStep(step_id, name, args, target)
    draft.acts.append((step, {arg: one.line for arg, one in given.items()}, node.line))
    return step


def _argument(draft: Draft, node: Node) -> Any:
    if isinstance(node.value, dict) and len(node.value) == 1:
        ((source, inner),) = node.value.items()
        if source in _REFS:
            return Ref(source, draft.page.text(inner, f"The {source}"))  # type: ignore[arg-type]
    return node.plain


def _repeat(draft: Draft, step_id: str, node: Node) -> None:
    """Six rounds of one text and one wait become twelve ordinary steps that share the text."""
    outer = draft.page.entries(node, "`repeat`", known=("repeat", "next"))
    known = ("times", "say", "wait", "media")
    found = draft.page.entries(outer["repeat"], "`repeat`", known=known, needed=known[:3])
    if len(found.keys() - {"media"}) < len(known) - 1:
        return
    times = draft.page.whole(found["times"], "`times`", 1, _MOST_ROUNDS)
    wording = draft.wording(found["say"], step_id, fixed=_ROUND)
    after = draft.page.duration(found["wait"], "`wait`")
    media = _media(draft, found, wording)
    for one in range(1, times + 1):
        fixed = {"round": one, "rounds": times}
        here, pause = f"{step_id}_{one}", f"{step_id}_{one}_wait"
        target = _next(draft, pause, outer if one == times else {})
        draft.place(Say(here, wording, pause, media, fixed), node.line)
        draft.place(Wait(pause, after, target), node.line)
