"""Fit the hierarchical regressions of one dataset.

A step that cannot be computed keeps its rows, with a status and a sentence that says why.
"""

from grassroots.inference.regression import regressions
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table

if __name__ == "__main__":
    with logged(snakemake):
        scores = read_respondents(snakemake.input.scores)
        found = regressions(scores, **snakemake.params.plan)
        for table, rows in found._asdict().items():
            write_table(rows, snakemake.output[table], snakemake.params.marks)
