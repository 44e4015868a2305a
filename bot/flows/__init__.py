"""Conversations as data: pure, without Telegram, database or clock."""
