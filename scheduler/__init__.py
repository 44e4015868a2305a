"""The clock moved: finds what is due, and speaks for everyone through python-telegram-bot."""
