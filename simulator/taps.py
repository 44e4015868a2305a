"""What a thumb finds when it looks for a button, and what flashes up afterwards."""

from dataclasses import dataclass

from simulator import keyboards
from simulator.chats import Chat
from simulator.keyboards import Button
from simulator.messages import Message


class CannotDo(Exception):
    """This phone cannot do that now."""


@dataclass(frozen=True, slots=True)
class Toast:
    """What flashes up after a tap."""

    text: str
    alert: bool = False
    url: str | None = None


def by_label(messages: list[Message], label: str) -> tuple[Message, Button] | None:
    """The first button of that label under the messages, and the message it is under."""
    for shown in messages:
        if keyboards.is_inline(shown.markup) and (button := shown.find_button(label)):
            return shown, button
    return None


def by_place(message: Message, *, row: int, column: int) -> Button | None:
    """The button at a place, as a thumb finds it where two labels are alike."""
    try:
        return message.buttons[row][column]
    except IndexError:
        return None


def carrying(chat: Chat, data: str) -> Message | None:
    """The newest message with a button that carries exactly that data."""
    for shown in chat.newest_first():
        if any(button.data == data for row in shown.buttons for button in row):
            return shown
    return None
