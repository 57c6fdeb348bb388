"""Test whether the declared measurement models measure the same in all groups of a variable.

Groups that are too small keep a row for each step, with a status and a sentence that says why.
"""

import pandas as pd

from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table
from grassroots.sem.invariance_tables import invariance_tables

if __name__ == "__main__":
    with logged(snakemake):
        given, marks = snakemake.params.plan, snakemake.params.marks
        scores = read_respondents(snakemake.input.scores)
        found = [invariance_tables(scores, test, given["smallest_cell"]) for test in given["tests"]]
        write_table(pd.concat([rows for rows, _ in found]), snakemake.output.invariance, marks)
        write_table(pd.concat([rows for _, rows in found]), snakemake.output.latent_means, marks)
