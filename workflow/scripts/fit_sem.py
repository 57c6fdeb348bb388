"""Fit the structural models of one dataset, latent and with observed scores, and bootstrap both.

A model that cannot be estimated keeps its row, with a status and a sentence that says why.
"""

import pandas as pd

from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, stacked, write_table
from grassroots.sem import mediation_rows, tables
from grassroots.sem.block_bootstrap import bootstrapped
from grassroots.sem.covariates import as_terms, with_covariates
from grassroots.sem.fit import fit
from grassroots.sem.observed_mediation import observed_mediation
from grassroots.sem.structural_form import structural_syntax


def main(
    scores: pd.DataFrame,
    models: dict[str, dict],
    estimators: dict[str, list[str]],
    *,
    draws: int,
    largest: int,
    alpha: float,
    seed: int,
) -> dict[str, pd.DataFrame]:
    """The tables fit, parameters and mediation; with their headers only if there is no model."""
    fits, parameters, mediation = [], [], []
    for name, model in models.items():
        form, data = with_covariates(model, scores)
        found = [fit(structural_syntax(form), data, estimator=each) for each in estimators[name]]
        drawn, p = None, float("nan")
        if found[0].usable:
            drawn, p = bootstrapped(found[0], draws, seed, largest)
        fits += [tables.fit_row(name, each).assign(bollen_stine_p=p) for each in found]
        parameters += [as_terms(tables.parameters(name, each)) for each in found]
        observed = observed_mediation(form, data, draws, seed, largest)
        mediation += [
            mediation_rows.latent_rows(name, form, found[0], drawn, 1 - alpha),
            mediation_rows.observed_rows(name, observed, 1 - alpha),
        ]
    return {
        "fit": stacked(fits, [*tables.FIT_COLUMNS, "bollen_stine_p"]),
        "parameters": stacked(parameters, tables.PARAMETER_COLUMNS),
        "mediation": stacked(mediation, mediation_rows.COLUMNS),
    }


def columns(models: dict[str, dict]) -> set[str]:
    """What the models read of the respondents: constructs, their indicators, covariates."""
    used: set[str] = set()
    for model in models.values():
        used |= {model["predictor"], *model["mediators"], model["outcome"], *model["covariates"]}
        used |= {name for names in model["indicators"].values() for name in names}
    return used


if __name__ == "__main__":
    with logged(snakemake):
        given = snakemake.params
        found = main(
            read_respondents(snakemake.input.scores, columns(given.models)),
            given.models,
            given.estimators,
            draws=given.draws,
            largest=given.largest,
            alpha=given.alpha,
            seed=given.seed,
        )
        for table, rows in found.items():
            write_table(rows, snakemake.output[table], snakemake.params.marks)
