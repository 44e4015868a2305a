"""Understands what people write: danger by rules first, then what they want."""
