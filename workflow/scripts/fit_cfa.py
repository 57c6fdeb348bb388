"""Fit the measurement models of one dataset, and what follows from their loadings.

A model that cannot be estimated keeps its row, with a status and a sentence that says why.
"""

import pandas as pd

from grassroots.measurement.factor_models import compared, fit_models, indicators, on_other_half
from grassroots.measurement.validity import htmt_table, validity_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table
from grassroots.sem.tables import fit_row, latent_correlations, loadings

if __name__ == "__main__":
    with logged(snakemake):
        params = snakemake.params
        declared, for_omega = params.models.values()
        scores = read_respondents(snakemake.input.scores, indicators(declared | for_omega))
        found = fit_models(scores, declared | for_omega, params.estimators)
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
