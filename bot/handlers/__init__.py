"""Answers to what people write and tap, one file a feature, its table of contents at the end."""
