"""A Bot API on your desk: people with phones, Telegram's rules, and trouble on order."""

from simulator.desk import serving
from simulator.limits import Limits
from simulator.phones import Phone
from simulator.taps import CannotDo
from simulator.telegram import Telegram

__all__ = ["CannotDo", "Limits", "Phone", "Telegram", "serving"]
