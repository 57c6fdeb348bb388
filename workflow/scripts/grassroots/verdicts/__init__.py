"""Verdicts: what the numbers say of the hypotheses and of the published claims."""
