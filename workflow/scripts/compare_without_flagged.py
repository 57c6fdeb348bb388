"""Repeat the main analyses without the flagged respondents, and set both results side by side.

The table has a header alone where nobody is flagged.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from grassroots.inference.group_differences import group_differences
from grassroots.inference.regression import regressions
from grassroots.inference.sensitivity import SENSITIVITY_COLUMNS, sensitivity_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, read_table, write_table
from grassroots.sem.covariates import with_covariates
from grassroots.sem.mediation_rows import observed_rows
from grassroots.sem.observed_mediation import observed_mediation


def main(scores: pd.DataFrame, plan: dict) -> dict[str, Callable[[], pd.DataFrame]]:
    """How each of the tables is computed from these rows; effects with observed scores alone."""
    alpha, draws, seed = plan["alpha"], plan["draws"], plan["seed"]

    def mediation() -> pd.DataFrame:
        forms = {name: with_covariates(each, scores) for name, each in plan["structural"].items()}
        found = {name: observed_mediation(*form, draws, seed) for name, form in forms.items()}
        return pd.concat([observed_rows(name, each, 1 - alpha) for name, each in found.items()])

    return {
        "group_differences": lambda: group_differences(scores, **plan["groups"], only_judged=True),
        "regression": lambda: (
            regressions(scores, **plan["regressions"], only_coefficients=True).coefficients
        ),
        "mediation": mediation,
    }


if __name__ == "__main__":
    with logged(snakemake):
        everybody = {Path(path).stem: read_table(path) for path in snakemake.input.everybody}
        scores = read_respondents(snakemake.input.scores)
        flagged = scores["flagged"].astype(bool)
        table = pd.DataFrame(columns=SENSITIVITY_COLUMNS)
        if flagged.any():
            ways = main(scores[~flagged].reset_index(drop=True), snakemake.params.plan)
            without = {name: ways[name]() for name in everybody}
            if "mediation" in everybody:  # without the exploratory models
                repeated = everybody["mediation"]["model"].isin(without["mediation"]["model"])
                everybody["mediation"] = everybody["mediation"][repeated]
            table = sensitivity_table(everybody, without, snakemake.params.plan["alpha"])
        write_table(table, snakemake.output.sensitivity, snakemake.params.marks)
