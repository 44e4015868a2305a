"""Every text a flow can say, by key, with the labels of its buttons."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from aftercare.words import Text
from bot.flows.model import Ask, Flow, Say

_ENOUGH: Final = 12  # hex digits: no two versions of one flow will ever share them


def of(flow: Flow) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for step in flow.steps.values():
        if isinstance(step, Say):
            found[step.wording.key] = Text(step.wording.text, {})
        elif isinstance(step, Ask):
            found.update(_of_ask(step))
    return found


def _of_ask(ask: Ask) -> dict[str, Text]:
    spoken = [ask.wording, ask.nudge.wording if ask.nudge else None, ask.hint]
    # A nudge and a hint repeat the buttons, so they carry the same labels.
    return {one.key: Text(one.text, labels(ask)) for one in spoken if one}


def labels(ask: Ask) -> Mapping[str, str]:
    own = [one for one in (ask.done, ask.skip) if one]
    return {option.id: option.label for option in (*ask.options, *own)}


def titles(flows: Iterable[Flow]) -> dict[str, Text]:
    """What the modules among these flows are called, by `module.<audience>.title_<id>`."""
    return {
        f"module.{flow.audience}.title_{str(flow.module['id']).lower()}": Text(
            str(flow.module["title"]), {}
        )
        for flow in flows
        if flow.module and "title" in flow.module
    }


def version(flow: Flow) -> str:
    """A hash of all words and labels of the flow; it changes with every letter of them."""
    said = sorted((key, text.body, *sorted(text.labels.items())) for key, text in of(flow).items())
    return sha256(repr(said).encode()).hexdigest()[:_ENOUGH]
