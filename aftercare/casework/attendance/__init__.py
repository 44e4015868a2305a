"""Who was there, who was not, and what follows from it."""
