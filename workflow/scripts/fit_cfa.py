"""Fit the measurement models of one dataset, and what follows from their loadings.

A model that cannot be estimated keeps its row, with a status and a sentence that says why.
"""

import pandas as pd

from grassroots.measurement.validity import htmt_table, validity_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table
from grassroots.sem.estimator import Fit
from grassroots.sem.semopy_estimator import fit
from grassroots.sem.structural_form import measurement_syntax
from grassroots.sem.tables import fit_row, latent_correlations, loadings


def main(scores: pd.DataFrame, models: dict[str, dict]) -> dict[str, Fit]:
    """Each model fitted by maximum likelihood on the rows complete in its items."""
    return {name: fit(measurement_syntax(**model), scores) for name, model in models.items()}


if __name__ == "__main__":
    with logged(snakemake):
        scores = read_respondents(snakemake.input.scores)
        declared, for_omega = snakemake.params.models.values()
        fits = main(scores, declared | for_omega)
        factors = pd.concat([loadings(name, each) for name, each in fits.items()])
        related = pd.concat([latent_correlations(name, each) for name, each in fits.items()])
        htmt = htmt_table(scores, factors, list(declared))
        out = snakemake.output
        write_table(pd.concat([fit_row(name, each) for name, each in fits.items()]), out.fit)
        write_table(factors, out.loadings)
        write_table(related, out.correlations)
        write_table(validity_table(factors, related, htmt, list(declared)), out.validity)
        write_table(htmt, out.htmt)
