"""Work and learning: what fits, what was applied for, and who should hear of an interest."""
