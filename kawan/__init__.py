"""The command: wires the rooms into processes, and does the office's own work."""
