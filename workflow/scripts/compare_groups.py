"""Compare the groups of every background variable: tests, means, and which groups differ.

A comparison that cannot be made keeps its row, with a status and a sentence that says why.
"""

import pandas as pd

from grassroots.inference.group_differences import group_differences
from grassroots.inference.group_means import group_means
from grassroots.inference.post_hoc import post_hoc
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table


def main(scores: pd.DataFrame, plan: dict) -> dict[str, pd.DataFrame]:
    """The tables differences, means and pairs of one dataset."""
    return {
        "differences": group_differences(scores, **plan),
        "means": group_means(scores, **plan),
        "pairs": post_hoc(scores, **plan),
    }


if __name__ == "__main__":
    with logged(snakemake):
        found = main(read_respondents(snakemake.input.scores), snakemake.params.plan)
        for table, rows in found.items():
            write_table(rows, snakemake.output[table], snakemake.params.marks)
