"""Structural equation models: estimation, fit, bootstrap, effects."""
