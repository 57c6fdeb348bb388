"""Drafting: what a file that was never seen before says of itself, written down to be checked."""
