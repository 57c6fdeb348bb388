"""Repeat the main analyses with the other choice about the flagged, and set both side by side.

Where the flagged stay they are repeated without them; where the protocol removes them, with them.
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
from grassroots.scoring.scores import score
from grassroots.sem.covariates import with_covariates
from grassroots.sem.mediation_rows import observed_rows
from grassroots.sem.observed_mediation import observed_mediation


def main(scores: pd.DataFrame, removed: pd.DataFrame, tables: dict, plan: dict) -> pd.DataFrame:
    """Both results of each of `tables`; `scores` are analysed there, `removed` not."""
    flagged = scores["flagged"].astype(bool)
    if not (flagged.any() or len(removed)):
        return pd.DataFrame(columns=SENSITIVITY_COLUMNS)
    if len(removed):
        both = pd.concat([scores, score(removed, plan["scoring"])])
        other = both.sort_values("respondent").reset_index(drop=True)  # as they came in
    else:
        other = scores[~flagged].reset_index(drop=True)
    ways = analyses(other, plan)
    repeated = {name: ways[name]() for name in tables}
    if "mediation" in tables:  # without the exploratory models
        again = tables["mediation"]["model"].isin(repeated["mediation"]["model"])
        tables = {**tables, "mediation": tables["mediation"][again]}
    everybody, without = (repeated, tables) if len(removed) else (tables, repeated)
    return sensitivity_table(everybody, without, plan["alpha"])


def analyses(scores: pd.DataFrame, plan: dict) -> dict[str, Callable[[], pd.DataFrame]]:
    """How each of the tables is computed from these rows; effects with observed scores alone."""
    alpha, draws, seed = plan["alpha"], plan["draws"], plan["seed"]

    def mediation() -> pd.DataFrame:
        forms = {name: with_covariates(each, scores) for name, each in plan["structural"].items()}
        found = {
            name: observed_mediation(*form, draws, seed, plan["largest"])
            for name, form in forms.items()
        }
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
        tables = {Path(path).stem: read_table(path) for path in snakemake.input.everybody}
        scores, removed = map(read_respondents, (snakemake.input.scores, snakemake.input.removed))
        table = main(scores, removed, tables, snakemake.params.plan)
        write_table(table, snakemake.output.sensitivity, snakemake.params.marks)
