"""What a thumb can do with buttons, and what it finds it cannot."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator import deeds, keyboards, links
from simulator.keyboards import Button
from simulator.messages import Message

if TYPE_CHECKING:
    from simulator.phones import Phone


class CannotDo(Exception):
    """This phone cannot do that now."""


@dataclass(frozen=True, slots=True)
class Toast:
    """What flashes up after a tap."""

    text: str
    alert: bool = False
    url: str | None = None


def by_label(phone: "Phone", label: str, *, message: Message | None) -> None:
    looked_at = [message] if message else list(phone.chat.newest_first())
    for shown in looked_at:
        if keyboards.is_inline(shown.markup) and (button := shown.find_button(label)):
            return _tap(phone, shown, button)
    if message is None and label in _words_to_tap(phone):
        phone.writes(label)
        return None
    seen = [one for shown in looked_at for one in shown.labels]
    raise CannotDo(f"{phone.name} sees no button {label!r}, only {seen}.")


def by_data(phone: "Phone", data: str, *, message: Message | None) -> None:
    shown = message or _showing(phone, data) or phone.last
    deeds.press(phone, shown, data=data)


def at(phone: "Phone", message: Message, *, row: int, column: int) -> None:
    try:
        button = message.buttons[row][column]
    except IndexError as error:
        raise CannotDo(f"{phone.name} sees no button there any more.") from error
    _tap(phone, message, button)


def _tap(phone: "Phone", shown: Message, button: Button) -> None:
    if button.data is not None:
        return deeds.press(phone, shown, data=button.data)
    if button.url is None:
        phone.writes(button.label)
    elif links.start_code(button.url, phone.telegram.username) is not None:
        phone.opens(button.url)
    else:
        phone.opened.append(button.url)
    return None


def _words_to_tap(phone: "Phone") -> list[str]:
    return [button.label for row in phone.keyboard for button in row]


def _showing(phone: "Phone", data: str) -> Message | None:
    for shown in phone.chat.newest_first():
        if any(button.data == data for row in shown.buttons for button in row):
            return shown
    return None
