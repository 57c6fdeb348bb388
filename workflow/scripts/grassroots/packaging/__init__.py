"""What a reviewer takes along: one zip with the results, the code, and papers to fill in."""
