"""What a human must act on: opened, told up the ladder, open until somebody has taken it."""
