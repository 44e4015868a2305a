"""From the first link to the last goodbye: joining, agreeing, choosing how, and leaving."""
