"""Relatives beside a client: invited, told what was ticked, asked along, kept safe."""
