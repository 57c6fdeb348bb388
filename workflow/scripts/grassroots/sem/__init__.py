"""Structural equation models: syntax, estimation, fit, modification indices, bootstrap."""
