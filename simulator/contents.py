"""What a person can send besides words: each as the piece of a message the bot gets."""

from simulator.wire import Json

_PIXEL = {"width": 90, "height": 120, "file_size": 2048}


def _file(kind: str) -> Json:
    return {"file_id": f"AgAD-{kind}", "file_unique_id": f"u-{kind}"}


def photo() -> Json:
    large = {**_file("photo-large"), "width": 900, "height": 1200, "file_size": 98_304}
    return {"photo": [{**_file("photo-small"), **_PIXEL}, large]}


def sticker(emoji: str) -> Json:
    looks = {"type": "regular", "is_animated": False, "is_video": False, "emoji": emoji}
    return {"sticker": {**_file("sticker"), "width": 512, "height": 512, **looks}}


def voice(seconds: int) -> Json:
    return {"voice": {**_file("voice"), "duration": seconds, "mime_type": "audio/ogg"}}


def document(name: str) -> Json:
    return {"document": {**_file("document"), "file_name": name, "file_size": 4096}}


def contact(first_name: str, number: str, *, user_id: int | None = None) -> Json:
    card: Json = {"phone_number": number, "first_name": first_name}
    return {"contact": card | ({"user_id": user_id} if user_id else {})}


def location(latitude: float, longitude: float) -> Json:
    return {"location": {"latitude": latitude, "longitude": longitude}}
