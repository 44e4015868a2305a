"""Meetings: planned, booked, moved, wished for at another hour, and reminded of."""
