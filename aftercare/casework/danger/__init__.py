"""Danger was heard: help at once, people in minutes, and nobody left with a program."""
