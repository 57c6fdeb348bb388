"""Fit the measurement models of one dataset, and what follows from their loadings.

A model that cannot be estimated keeps its row, with a status and a sentence that says why.
"""

import pandas as pd

from grassroots.measurement.validity import htmt_table, validity_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table
from grassroots.sem.fit import Fit, fit
from grassroots.sem.structural_form import measurement_syntax
from grassroots.sem.tables import fit_row, latent_correlations, loadings


def main(
    scores: pd.DataFrame, models: dict[str, dict], estimators: dict[str, list[str]]
) -> dict[str, list[Fit]]:
    """Each model fitted to the rows complete in its items, by each of its estimators."""
    return {
        name: [fit(measurement_syntax(**model), scores, estimator=by) for by in estimators[name]]
        for name, model in models.items()
    }


if __name__ == "__main__":
    with logged(snakemake):
        scores = read_respondents(snakemake.input.scores)
        declared, for_omega = snakemake.params.models.values()
        fits = main(scores, declared | for_omega, snakemake.params.estimators)
        rows = [(name, each) for name, of in fits.items() for each in of]
        factors = pd.concat([loadings(name, each) for name, each in rows])
        # Estimates do not depend on the estimator: only what is reported, so that a pair has a row.
        related = pd.concat([latent_correlations(name, of[0]) for name, of in fits.items()])
        htmt = htmt_table(scores, factors, list(declared))
        out, marks = snakemake.output, snakemake.params.marks
        write_table(pd.concat([fit_row(name, each) for name, each in rows]), out.fit, marks)
        write_table(factors, out.loadings, marks)
        write_table(related, out.correlations, marks)
        write_table(validity_table(factors, related, htmt, list(declared)), out.validity, marks)
        write_table(htmt, out.htmt, marks)
