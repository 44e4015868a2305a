"""What a message means: what is refused, then the other reader's word, then our own."""

from bot.understanding import evading, reading
from bot.understanding.reading import Intent

#: A law question about how to get around a test.
EVADING = Intent("law_and_rehab", 1.0, "evading", sure=True)


def read(text: str, opinion: Intent | None = None) -> Intent:
    """`opinion` is what a Rasa server made of it, where there is one and it answered."""
    if evading.is_asked(text):
        return EVADING
    return opinion or reading.read(text)
