"""Simulated data: a population, its answers, the mess of a real survey, and the export."""
