"""Description: who answered, what is missing, how the scores are distributed and related."""
