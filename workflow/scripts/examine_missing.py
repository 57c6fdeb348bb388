"""Examine what is missing: the patterns, Little's test, and the models from all answers (FIML).

A test or a model that cannot be computed keeps its row, with a status and a sentence.
"""

import pandas as pd

from grassroots.description.missing import TEST_COLUMNS, little_test, patterns_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, stacked, write_table
from grassroots.sem.covariates import with_covariates
from grassroots.sem.full_information import COMPARISON_COLUMNS, fiml_comparison


def main(
    scores: pd.DataFrame,
    plan: dict,
    models: dict[str, dict],
    estimators: dict[str, list[str]],
    alpha: float,
) -> dict[str, pd.DataFrame]:
    """The tables patterns, test and fiml of one dataset."""
    items = plan["items"]
    compared = [
        fiml_comparison(name, *with_covariates(model, scores), estimators[name][0], 1 - alpha)
        for name, model in models.items()
    ]
    return {
        "patterns": patterns_table(scores, items, plan["smallest_cell"]),
        "test": pd.DataFrame([little_test(scores[items].to_numpy(float))], columns=TEST_COLUMNS),
        "fiml": stacked(compared, COMPARISON_COLUMNS),
    }


if __name__ == "__main__":
    with logged(snakemake):
        given = snakemake.params
        found = main(
            read_respondents(snakemake.input.scores),
            given.plan,
            given.models,
            given.estimators,
            given.alpha,
        )
        for table, rows in found.items():
            write_table(rows, snakemake.output[table], given.marks)
