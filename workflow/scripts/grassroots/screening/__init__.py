"""Screening: which respondents stay, and why the others do not."""
