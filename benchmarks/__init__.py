"""Measures what the office would notice, as ratios between two things of one run."""
