"""Scoring: reverse-keyed items turned, scale and dimension scores."""
