"""What the last weeks look like, and the steps worth a warm sentence."""
