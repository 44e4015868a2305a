"""What staff see of an alert: a name, the reasons, the next steps; never a client's words."""

from __future__ import annotations

from typing import Any, Final

from aftercare import messages
from aftercare.messages import Button, Message, Rows
from aftercare.records.alerts import Alert

#: Kinds whose card says what may be done next, level by level.
WITH_NEXT_STEPS: Final = frozenset({"no_show"})
#: Closed by the deed itself, never by a reason: attendance that nobody recorded.
UNRECORDED: Final = "unrecorded"
#: These wait for the office to open, and have no missed session to book anew.
CALM: Final = frozenset({"interest", "change_unanswered"})


def card(alert: Alert) -> Message:
    values: dict[str, Any] = {
        "client": alert.client.person.name,
        "code": alert.client.code,
        "since": alert.opened_at,
        "because": because(alert),
        "status": status(alert),
    }
    if alert.kind in WITH_NEXT_STEPS:
        values["next"] = Message(f"alert.staff.next_{alert.kind}_{alert.level}")
    return Message(
        f"alert.staff.{alert.kind}", values, buttons(alert), labels_of="alert.staff.buttons"
    )


def because(alert: Alert) -> list[Message]:
    return [
        Message(f"alert.staff.because_{code}", messages.unpack(values))
        for code, values in alert.because
    ]


def status(alert: Alert) -> Message:
    if alert.taker is None:
        return Message(f"alert.staff.status_{'open' if alert.state == 'open' else 'withdrawn'}")
    values = {"at": alert.taken_at, "by": alert.taker.called}
    return Message(f"alert.staff.status_{alert.state}", values)


def line(alert: Alert) -> Message:
    """One line of a list."""
    values = {
        "client": alert.client.person.name,
        "title": Message(f"alert.staff.title_{alert.kind}"),
        "since": alert.opened_at,
    }
    return Message(f"alert.staff.line_{alert.level}", values)


def buttons(alert: Alert) -> Rows:
    """What can be done next; a closed alert has no buttons."""
    match (alert.kind, alert.state):
        case (_, "closed"):
            return ()
        case ("unrecorded", "open"):
            return ((_record(alert),), (_button("take", alert),))
        case ("unrecorded", _):
            return ((_record(alert),),)
        case ("change_unanswered", "open"):
            return ((_answer(alert),), (_button("take", alert), _button("close", alert)))
        case ("change_unanswered", _):
            return ((_answer(alert),), (_button("close", alert),))
        case (_, "open"):
            return ((_button("take", alert), _button("contacted", alert)), _last(alert))
    return ((_button("contacted", alert),), _last(alert))


def _last(alert: Alert) -> tuple[Button, ...]:
    if alert.kind in CALM:
        return (_button("close", alert),)
    return _button("rebook", alert), _button("close", alert)


def _record(alert: Alert) -> Button:
    return Button("record", f"d:attendance:{alert.subject_id}")


def _answer(alert: Alert) -> Button:
    return Button("answer", f"d:change_show:{alert.subject_id}")


def _button(deed: str, alert: Alert) -> Button:
    return Button(deed, f"d:alert_{deed}:{alert.id}")
