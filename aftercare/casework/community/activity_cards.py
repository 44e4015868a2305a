"""What clients and publishers read of an activity; names only where the client has said yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from aftercare.messages import Button, Message, Rows
from aftercare.records.activities import Activity
from aftercare.records.joinings import Joining
from aftercare.records.people import Person
from aftercare.rules import activities as rule
from aftercare.rules import discretion

#: As many activities as are read at once; a button each.
SHOWN: Final = 3
MOODS: Final = ("1", "2", "3", "4", "5")
_A_ROW: Final = 8
#: Telegram takes a hundred buttons; whoever stands behind these says "Aku datang" alone.
_NAMES: Final = 60
#: Beyond this many buttons the numbers go up in steps.
_NUMBERS: Final = 24


def values(activity: Activity, host: Person | None = None) -> dict[str, Any]:
    """What every text about an activity may name."""
    return {
        "name": activity.name,
        "starts_at": activity.starts_at,
        "ends_at": activity.ends_at,
        "place": activity.place,
        "where": where(activity.place, activity.note),
        "with_host": with_host(host),
    }


def where(place: str, note: str | None) -> list[Message]:
    """The place and what to bring, a line each."""
    lines = [Message("community.anyone.place", {"place": place})]
    return [*lines, Message("community.anyone.note", {"note": note})] if note else lines


def with_host(host: Person | None) -> Message | str:
    """Who leads it, unless the name itself says which office stands behind it."""
    if host is None:
        return ""
    name = host.called if host.audience == "officer" else host.nickname or host.name or ""
    if not name or not discretion.is_neutral(name):
        return ""
    return Message("community.client.with_host", {"host": name})


def room_left(activity: Activity, joined: int) -> int | None:
    """None where there is no limit."""
    return None if activity.capacity is None else max(activity.capacity - joined, 0)


def line(
    activity: Activity, mine: Joining | None, joined: int, host: Person | None = None
) -> Message:
    left = room_left(activity, joined)
    if mine is not None:
        moment = "mine" if mine.state == "joined" else "waits"
    elif left is None:
        moment = "open"
    else:
        moment = "room" if left else "full"
    return Message(f"community.client.line_{moment}", {**values(activity, host), "left": left or 0})


def button(activity: Activity, mine: Joining | None, joined: int) -> Button:
    """Joined by one tap, left by one."""
    about = {"name": activity.name, "at": activity.starts_at}
    if mine is not None:
        return leave_button(mine)
    name = "wait" if room_left(activity, joined) == 0 else "join"
    return Button(name, f"d:activity_join:{activity.id}:{activity.version}", about)


def leave_button(mine: Joining) -> Button:
    about = {"name": mine.activity.name, "at": mine.activity.starts_at}
    return Button("leave", f"d:activity_leave:{mine.id}", about)


def came_button(mine: Joining, answer: str) -> Button:
    return Button(answer, f"d:activity_{answer}:{mine.id}")


def mine(moment: str, joining: Joining, host: Person | None, *buttons: Button) -> Message:
    """`community.client.<moment>` about this client's own activity, one button a row."""
    rows = tuple((one,) for one in buttons)
    return Message(
        f"community.client.{moment}",
        values(joining.activity, host),
        rows,
        labels_of="community.client.buttons" if rows else None,
    )


def thanks(joining: Joining, count: int) -> Message:
    """How it was is asked at once, on one row."""
    row = tuple(Button(mood, f"d:activity_mood:{joining.id}:{mood}") for mood in MOODS)
    moment = "thanks_first" if count == 1 else "thanks"
    return Message(
        f"community.client.{moment}", {"count": count}, (row,), labels_of="community.client.moods"
    )


def host_line(activity: Activity, counted: Mapping[str, int]) -> Message:
    joined = counted.get("joined", 0)
    return Message("community.host.line", {**values(activity), "count": joined})


def host_card(
    activity: Activity, everybody: Sequence[Joining], *, sees_names: bool, is_series: bool
) -> Message:
    """How many, and by name only those who said yes, for nobody but the publisher."""
    joined = [one for one in everybody if one.state == "joined"]
    how = f"{activity.id}:{activity.version}"
    rows: list[tuple[Button, ...]] = [
        (Button("move", f"d:activity_move:{how}"), Button("cancel", f"d:activity_cancel:{how}"))
    ]
    if is_series:
        rows.append((Button("cancel_rest", f"d:activity_cancel_rest:{how}"),))
    lines = [*where(activity.place, activity.note), _count(activity, len(joined))]
    if waiting := len(everybody) - len(joined):
        lines.append(Message("community.host.waiting", {"count": waiting}))
    if sees_names and (named := names(joined)):
        lines.append(Message("community.host.names", {"names": ", ".join(named)}))
    return Message("community.host.card", {**values(activity), "lines": lines}, tuple(rows))


def _count(activity: Activity, joined: int) -> Message:
    if activity.capacity is None:
        return Message("community.host.count", {"count": joined})
    most = {"count": joined, "capacity": activity.capacity}
    return Message("community.host.count_of", most)


def names(joined: Sequence[Joining]) -> list[str]:
    """What these are called, of those who let it be known."""
    known = [one for one in joined if one.named_at is not None]
    return [one.client.person.called for one in known[:_NAMES]]


def sheet(activity: Activity, joined: Sequence[Joining]) -> Message:
    """After the end: a tap for each name that may be known, and a number for the others."""
    known = [one for one in joined if one.named_at is not None]
    others = len(joined) - len(known)
    taps = [_came(one) for one in known[:_NAMES]]
    rows: Rows = tuple(tuple(taps[at : at + 2]) for at in range(0, len(taps), 2))
    if others:
        rows = (*rows, *_numbers(activity, others))
    asks = [Message("community.host.tap_names")] if known else []
    asks += [Message("community.host.others", {"count": others})] if others else []
    about = {**values(activity), "count": len(joined), "asks": asks}
    return Message("community.host.over", about, rows)


def _came(one: Joining) -> Button:
    shown = {"who": one.client.person.called}
    return Button("came", f"d:activity_came_by:{one.id}", shown, None, one.came_at is not None)


def _numbers(activity: Activity, most: int) -> Rows:
    step = -(-most // _NUMBERS)
    counts = [*range(0, most, step), most]
    buttons = [
        Button(
            "number", f"d:activity_others:{activity.id}:{count}", {"count": count}, None,
            activity.others_came == count,
        )
        for count in counts
    ]  # fmt: skip
    return tuple(tuple(buttons[at : at + _A_ROW]) for at in range(0, len(buttons), _A_ROW))


def news_line(activity: Activity, host: Person | None) -> Message:
    return Message("community.client.line_open", {**values(activity, host), "left": 0})


def one_of_each(found: Sequence[Activity], joined: set[int] | None = None) -> list[Activity]:
    """The next of every weekly row, and whatever the client is in already."""
    shown: list[Activity] = []
    rows: set[int] = set()
    for one in found:
        if one.series in rows and one.id not in (joined or ()):
            continue
        shown.append(one)
        if one.series is not None:
            rows.add(one.series)
    return shown


def wanted(found: Sequence[Activity], religion: str | None) -> list[Activity]:
    return [one for one in found if rule.is_for(one.kind, religion)]


def is_over(activity: Activity, now: datetime) -> bool:
    return activity.ends_at <= now
