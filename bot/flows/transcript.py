"""Plays a flow with given answers into text, for writers and counsellors to read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from aftercare.rules import wording
from aftercare.words import Text
from bot.flows import effects, engine, events, texts
from bot.flows.model import DONE, NOTHING, Ask, Conversation, DoStep, Flow, Value, Wait

BOT: Final = "Kawan"
PERSON: Final = "Kamu"
TIMEOUT: Final = "@timeout"  # nobody answers
NUDGE: Final = "@nudge"  # the nudge comes, the question stays open
_UNITS: Final = ((86400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def play(
    flow: Flow,
    answers: Iterable[str],
    *,
    done: Mapping[str, events.Done] = NOTHING,
    values: Mapping[str, Any] = NOTHING,
    facts: Mapping[str, Value] = NOTHING,
) -> str:
    """The conversation, one line a turn.

    Args:
        answers: choice ids, `a+b` where several may be picked, typed words, @timeout or @nudge.
        done: what each action answers; without it an action has no outcome.
    """
    waiting = iter(answers)
    here, happened = engine.advance(flow, engine.begin(flow, values), events.Start(), facts)
    lines = list(_told(flow, happened))
    while here.outcome is None:
        moves, heard = _next(flow, here, waiting, done)
        lines += heard
        if not moves:
            break
        for event in moves:
            here, happened = engine.advance(flow, here, event, facts)
            lines += _told(flow, happened)
    return "\n".join(lines) + "\n"


def _next(
    flow: Flow, here: Conversation, waiting: Iterator[str], done: Mapping[str, events.Done]
) -> tuple[list[events.Event], list[str]]:
    match flow.steps[here.step or ""]:
        case Wait(after=after):
            return [events.Waited(here.revision)], [f"  ({duration(after)})"]
        case DoStep(action=action):
            answer = done.get(action, events.Done(None))
            return [answer], [f"  -> {answer.outcome}"] if answer.outcome else []
        case Ask() as ask:
            said = next(waiting, None)
            if said is None:
                return [], ["  (waiting)"]
            return _answer(ask, here, said)
    return [], []


def _answer(ask: Ask, here: Conversation, said: str) -> tuple[list[events.Event], list[str]]:
    if said in (TIMEOUT, NUDGE):
        event = events.Timeout if said == TIMEOUT else events.Nudge
        return [event(here.revision)], [f"  ({said[1:]})"]
    labels = texts.labels(ask)
    picked = said.split("+")
    if any(one not in labels for one in picked):
        return [events.Answer(said, None, words=True)], [f"{PERSON}: {said}"]
    shown = ", ".join(labels[one] for one in picked)
    taps = [*picked, DONE] if ask.kind == "many" and said not in (DONE, "skip") else picked
    return [events.Answer(one, here.revision) for one in taps], [f"{PERSON}: [{shown}]"]


def _told(flow: Flow, happened: Iterable[effects.Effect]) -> Iterator[str]:
    known = texts.of(flow)
    for effect in happened:
        match effect:
            case effects.Send():
                yield from _sent(known, effect)
            case effects.Do(name, args):
                given = " ".join(f"{arg}={value}" for arg, value in args.items())
                yield f"  ({name} {given})".replace(" )", ")")
            case effects.Ended(outcome):
                yield f"  ({outcome})"


def _sent(known: Mapping[str, Text], send: effects.Send) -> Iterator[str]:
    body = known[send.key].body if send.key in known else f"<{send.key}>"
    yield f"{BOT}: {fill(body, send.values)}" + (f" ({send.media})" if send.media else "")
    labels = known[send.labels_key].labels if send.choices else {}
    buttons = [f"[{fill(labels[one.id], one.label_values)}]" for one in send.choices]
    if buttons:
        yield "  " + " ".join(buttons)


def fill(text: str, values: Mapping[str, Any]) -> str:
    """The text with what is known; what the reader's name or office would fill stays in braces."""
    return re.sub(wording.PLACEHOLDER, lambda found: str(values.get(found[1], found[0])), text)


def duration(after: timedelta) -> str:
    """As writers write it: 30s, 10m, 4h, 2d."""
    seconds = int(after.total_seconds())
    return next((f"{seconds // size}{unit}" for size, unit in _UNITS if seconds % size == 0), "0s")
