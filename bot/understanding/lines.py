"""Says in plain values how one line of text is understood, for `kawan understand`."""

from typing import Any

from bot.understanding import danger, reading


def describe(text: str) -> dict[str, Any]:
    heard = danger.read(text)
    intent = reading.read(text)
    return {
        "text": text,
        "crisis": heard.tier.value,
        "crisis_because": list(heard.because),
        "crisis_soft": heard.soft,
        "who": heard.who,
        "side": heard.side,
        "intent": intent.name,
        "reason": intent.reason,
        "confidence": round(intent.confidence, 4),
        "sure": intent.sure,
    }
