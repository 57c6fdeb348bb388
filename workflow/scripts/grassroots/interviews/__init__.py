"""Interviews: coded passages become counts of themes, agreement of coders, and saturation."""
