"""Inference: differences between groups, post hoc comparisons, hierarchical regression."""
