"""A Rasa server of our own: what it learns from, and a test that talks to the bot through it."""
