"""Plays a flow with given answers into text, for writers and counsellors to read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from aftercare.rules import wording
from aftercare.words import BASE, Moment, Reader
from bot.flows import effects, engine, events, texts
from bot.flows.model import DONE, NOTHING, Ask, Conversation, DoStep, Flow, Step, Value, Wait
from bot.flows.samples import SOMETHING

BOT: Final = "Kawan"
PERSON: Final = "Kamu"
TIMEOUT: Final = "@timeout"  # nobody answers
NUDGE: Final = "@nudge"  # the nudge comes, the question stays open
_UNITS: Final = ((86400, "hari"), (3600, "jam"), (60, "menit"), (1, "detik"))
#: Moments are read on the Monday on which every transcript begins.
READER: Final = Reader("Budi", datetime(2026, 11, 23, 1, tzinfo=UTC))


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
    telling = Telling(flow, values, facts)
    lines = telling.of((events.Start(),))
    while telling.here.outcome is None:
        move = _next(flow, telling.here, waiting, done)
        if not move:
            lines.append("  (waiting)")
            break
        lines += telling.of(move)
    return "\n".join(lines) + "\n"


class Telling:
    """A conversation that goes on move by move, each told in lines."""

    def __init__(
        self,
        flow: Flow,
        values: Mapping[str, Any] = NOTHING,
        facts: Mapping[str, Value] = NOTHING,
        samples: Mapping[str, Any] = NOTHING,
    ) -> None:
        self.here = Conversation(flow.name, None, values=values)
        self._flow, self._facts, self._samples = flow, facts, samples
        self._known = texts.of(flow)
        self._found: dict[str, Any] = {}  # samples of what the last actions gave
        self._shown: dict[str, str] = {}  # the labels of the last buttons

    def of(self, move: Iterable[events.Event]) -> list[str]:
        """What the person does, and what is said about it."""
        move = list(move)
        lines = list(_heard(self._flow.steps.get(self.here.step or ""), move, self._shown))
        for event in move:
            self._found |= self._given(event)
            self.here, happened = engine.advance(self._flow, self.here, event, self._facts)
            lines += self._told(happened)
        return lines

    def _given(self, event: events.Event) -> dict[str, Any]:
        """What this `do` step finds, by the samples called `step.name`."""
        names = event.values if isinstance(event, events.Done) else ()
        found = {
            name: self._samples.get(f"{self.here.step}.{name}", self._samples.get(name))
            for name in names
        }
        return {name: one for name, one in found.items() if one is not None}

    def _told(self, happened: Iterable[effects.Effect]) -> Iterator[str]:
        for effect in happened:
            match effect:
                case effects.Send():
                    yield from self._sent(effect)
                case effects.Do(name, args):
                    yield f"  ({' '.join([name, *(f'{arg}={one}' for arg, one in args.items())])})"
                case effects.Ended(outcome):
                    yield f"  ({outcome})"

    def _sent(self, send: effects.Send) -> Iterator[str]:
        body = self._known[send.key].body if send.key in self._known else f"<{send.key}>"
        said = self._filled(body, send.values).strip()
        shown = f"{BOT}: {said}" + (f" ({send.media})" if send.media else "")
        yield re.sub(r"\n(?=[^\n])", "\n  ", shown)
        labels = self._known[send.labels_key].labels if send.choices else {}
        buttons = {one.id: self._filled(labels[one.id], one.label_values) for one in send.choices}
        if buttons:
            self._shown = buttons
            yield "  " + " ".join(f"[{one}]" for one in buttons.values())

    def _filled(self, text: str, values: Mapping[str, Any] = NOTHING) -> str:
        samples = {**self._samples, **self._found}
        own = {
            name: samples.get(name, f"‹{name}›") for name, one in values.items() if one == SOMETHING
        }
        return fill(text, {**samples, **values, **own})


def _next(
    flow: Flow, here: Conversation, waiting: Iterator[str], done: Mapping[str, events.Done]
) -> list[events.Event]:
    """The move these answers make; none when they have run out."""
    match flow.steps[here.step or ""]:
        case Wait():
            return [events.Waited(here.revision)]
        case DoStep(action=action):
            return [done.get(action, events.Done(None))]
        case Ask() as ask:
            said = next(waiting, None)
            return [] if said is None else _answer(ask, here, said)
    return []


def _answer(ask: Ask, here: Conversation, said: str) -> list[events.Event]:
    if said in (TIMEOUT, NUDGE):
        return [(events.Timeout if said == TIMEOUT else events.Nudge)(here.revision)]
    labels = texts.labels(ask)
    picked = said.split("+")
    if any(one not in labels for one in picked):
        return [events.Answer(said, None, words=True)]
    taps = [*picked, DONE] if ask.kind == "many" and said not in (DONE, "skip") else picked
    return [events.Answer(one, here.revision) for one in taps]


def _heard(step: Step | None, move: list[events.Event], shown: Mapping[str, str]) -> Iterator[str]:
    match step, move[0]:
        case Ask() as ask, events.Answer(value, words=words):
            yield f"{PERSON}: {value if words else _tapped(ask, move, shown)}"
        case Ask(nudge=reminder), events.Nudge() if reminder:
            yield f"  … {duration(reminder.after)} kemudian, belum ada jawaban"
        case Ask(timeout=deadline), events.Timeout() if deadline:
            yield f"  … {duration(deadline.after)} kemudian, tetap tanpa jawaban"
        case Wait(after=after), events.Waited():
            yield f"  … {duration(after)} kemudian"
        case DoStep(), events.Done(outcome) if outcome:
            yield f"  -> {outcome}"


def _tapped(ask: Ask, move: list[events.Event], shown: Mapping[str, str]) -> str:
    labels = {**texts.labels(ask), **shown}
    taps = [one.value for one in move if isinstance(one, events.Answer)]
    picked = [one for one in taps if one != DONE] or taps
    return f"[{', '.join(labels[one] for one in picked)}]"


def fill(text: str, values: Mapping[str, Any], language: str = BASE) -> str:
    """The text with what is known; what the reader's name or office would fill stays in braces."""
    reader = replace(READER, language=language)

    def shown(found: re.Match[str]) -> str:
        value = values.get(found[1], found[0])
        return (
            format(Moment(value, reader), found[2] or "")
            if isinstance(value, datetime)
            else str(value)
        )

    return re.sub(wording.PLACEHOLDER, shown, text)


def duration(after: timedelta) -> str:
    """As people say it: 30 detik, 10 menit, 4 jam, 2 hari."""
    seconds = int(after.total_seconds())
    return next(f"{seconds // size} {unit}" for size, unit in _UNITS if seconds % size == 0)
