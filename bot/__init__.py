"""Hears: an update becomes a row, then facts; replies are posted, never sent from here."""
