"""What the product knows and does for a client, free of Telegram and whatever talks to it."""
