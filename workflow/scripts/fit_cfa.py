"""Fit the measurement models of one dataset, and what follows from their loadings.

A model that cannot be estimated keeps its row, with a status and a sentence that says why.
"""

from typing import Any

import pandas as pd

from grassroots.measurement.comparison import COMPARISON_COLUMNS, alternatives, comparison_rows
from grassroots.measurement.halves import half_of
from grassroots.measurement.validity import htmt_table, validity_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, stacked, write_table
from grassroots.sem.fit import Fit, fit
from grassroots.sem.structural_form import measurement_syntax
from grassroots.sem.tables import fit_row, latent_correlations, loadings

Models = dict[str, dict]


def main(scores: pd.DataFrame, models: Models, estimators: dict[str, list[str]]) -> dict[str, list]:
    """Each model fitted to the rows complete in its items, by each of its estimators."""
    return {name: fits(scores, model, estimators[name]) for name, model in models.items()}


def fits(scores: pd.DataFrame, model: dict[str, Any], estimators: list[str]) -> list[Fit]:
    """One model by each of its estimators."""
    return [fit(measurement_syntax(**model), scores, estimator=by) for by in estimators]


def on_other_half(
    scores: pd.DataFrame, models: Models, estimators: dict[str, list[str]], halves: dict[str, Any]
) -> dict[str, list[Fit]]:
    """The models fitted to the half of the respondents that no exploration saw."""
    if not halves:
        return {}
    other = half_of(scores, halves["seed"], "other")
    chosen = {name: models[name] for name in halves["models"]}
    return {f"{name}@other_half": of for name, of in main(other, chosen, estimators).items()}


def compared(
    scores: pd.DataFrame, models: Models, found: dict[str, list[Fit]], asked: dict[str, dict]
) -> pd.DataFrame:
    """The models that are asked for beside their simpler alternatives, by each estimator."""
    rows = []
    for name, wanted in asked.items():
        by = [each.estimator for each in found[name]]
        others = {
            key: fits(scores, each, by) for key, each in alternatives(models[name], wanted).items()
        }
        rows += [
            comparison_rows(name, each, {key: of[place] for key, of in others.items()})
            for place, each in enumerate(found[name])
        ]
    return stacked(rows, COMPARISON_COLUMNS)


if __name__ == "__main__":
    with logged(snakemake):
        scores, params = read_respondents(snakemake.input.scores), snakemake.params
        declared, for_omega = params.models.values()
        found = main(scores, declared | for_omega, params.estimators)
        found |= on_other_half(scores, declared, params.estimators, params.halves)
        rows = [(name, each) for name, of in found.items() for each in of]
        factors = pd.concat([loadings(name, each) for name, each in rows])
        # Estimates do not depend on the estimator: only what is reported, so that a pair has a row.
        related = pd.concat([latent_correlations(name, of[0]) for name, of in found.items()])
        htmt = htmt_table(scores, factors, list(declared))
        out, marks = snakemake.output, params.marks
        write_table(pd.concat([fit_row(name, each) for name, each in rows]), out.fit, marks)
        write_table(factors, out.loadings, marks)
        write_table(related, out.correlations, marks)
        write_table(validity_table(factors, related, htmt, list(declared)), out.validity, marks)
        write_table(htmt, out.htmt, marks)
        write_table(compared(scores, declared, found, params.comparisons), out.comparison, marks)
