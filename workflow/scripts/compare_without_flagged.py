"""Repeat the main analyses without the flagged respondents, and set both results side by side.

The table has a header alone where nobody is flagged.
"""

import pandas as pd

from grassroots.inference.group_differences import group_differences
from grassroots.inference.regression import regressions
from grassroots.inference.sensitivity import SENSITIVITY_COLUMNS, sensitivity_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, read_table, stacked, write_table
from grassroots.sem.mediation_rows import COLUMNS, observed_rows
from grassroots.sem.observed_mediation import observed_mediation
from grassroots.sem.structural_form import StructuralForm


def main(scores: pd.DataFrame, plan: dict) -> dict[str, pd.DataFrame]:
    """The tables group_differences, regression and mediation (observed scores) of these rows."""
    alpha, draws, seed = plan["alpha"], plan["draws"], plan["seed"]
    mediation = [
        observed_rows(
            name, observed_mediation(StructuralForm(**model), scores, draws, seed), 1 - alpha
        )
        for name, model in plan["structural"].items()
    ]
    return {
        "group_differences": group_differences(scores, **plan["groups"]),
        "regression": regressions(scores, **plan["regressions"]).coefficients,
        "mediation": stacked(mediation, COLUMNS),
    }


if __name__ == "__main__":
    with logged(snakemake):
        everybody = {
            name: read_table(snakemake.input[name])
            for name in ("group_differences", "regression", "mediation")
        }
        scores = read_respondents(snakemake.input.scores)
        plan, flagged = snakemake.params.plan, scores["flagged"].astype(bool)
        table = pd.DataFrame(columns=SENSITIVITY_COLUMNS)
        if flagged.any():
            without = main(scores[~flagged].reset_index(drop=True), plan)
            table = sensitivity_table(everybody, without, plan["alpha"])
        write_table(table, snakemake.output.sensitivity)
