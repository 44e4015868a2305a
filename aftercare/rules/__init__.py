"""Rules: values and `now` in, a frozen value with its reasons out. No database, no words."""
