"""Compute each declared model once more with semopy, and with lavaan where R has it.

Fails if another program's numbers differ by more than rounding and stopping rules explain.
"""

import pandas as pd

from grassroots.run.log import logged
from grassroots.run.rscript import run_r
from grassroots.run.tables import read_respondents, stacked, write_table, write_texts
from grassroots.sem.covariates import hides, with_covariates
from grassroots.sem.cross_check import COLUMNS, cross_check_rows, disagreement, summary_rows
from grassroots.sem.fit import Fit, fit
from grassroots.sem.lavaan import READER, lavaan_files, lavaan_opinions
from grassroots.sem.quantities import quantities
from grassroots.sem.structural_form import measurement_syntax, structural_syntax


def fitted(
    scores: pd.DataFrame, measurement: dict[str, dict], structural: dict[str, dict]
) -> dict[str, tuple[str, Fit]]:
    """The declared models in lavaan syntax, and their fits by maximum likelihood."""
    models = {name: (measurement_syntax(**model), scores) for name, model in measurement.items()}
    for name, model in structural.items():
        form, data = with_covariates(model, scores)
        if hides(form):
            continue  # its covariances would tell how few a level has
        models[name] = structural_syntax(form), data
    return {name: (syntax, fit(syntax, data)) for name, (syntax, data) in models.items()}


def main(fits: dict[str, Fit], lavaan: dict[str, dict[str, float]]) -> pd.DataFrame:
    """The table of all models; with its header only if there is no model."""
    rows = []
    for name, each in fits.items():
        from grassroots.sem.second_opinion import semopy_opinion

        rows.append(
            cross_check_rows(name, quantities(each), semopy_opinion(each), lavaan.get(name, {}))
        )
    return stacked(rows, COLUMNS)


if __name__ == "__main__":
    with logged(snakemake):
        given, out = snakemake.params, snakemake.output
        scores = read_respondents(snakemake.input.scores)
        fits = fitted(scores, given.measurement["declared"], given.structural)
        for name, (syntax, each) in fits.items():
            write_texts(lavaan_files(name, syntax, each, given.marks), out.lavaan)
        rscript = given.r["rscript"]
        lavaan = lavaan_opinions(run_r(rscript, READER, out.lavaan)) if rscript else {}
        table = main({name: each for name, (_, each) in fits.items()}, lavaan)
        write_table(table, out.cross_check, given.marks)
        write_table(summary_rows(table), out.summary, given.marks)
        if problem := disagreement(table):
            raise ValueError(problem)
