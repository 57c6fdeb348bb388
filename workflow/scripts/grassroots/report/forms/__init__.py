"""The tables of a study in every form but the page: Word, Excel, LaTeX, CSV."""
