"""What Kawan answers to words that nobody asked for: one rasa_sdk Action an intent."""
