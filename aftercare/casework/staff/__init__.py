"""What officers, heads and partners see, and the words that pass between them and clients."""
