"""A synthetic twin of a dataset: columns, margins and correlations alike, and nobody's row."""
