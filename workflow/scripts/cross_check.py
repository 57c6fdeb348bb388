"""Compute what the page prints once more with other programs.

Models with semopy, and with lavaan where R has it; tests of means with pingouin; regressions with
statsmodels.

Fails if another program's numbers differ by more than rounding and stopping rules explain.
"""

from pathlib import Path

import pandas as pd

from grassroots.inference import second_opinion
from grassroots.run.log import logged
from grassroots.run.rscript import run_r
from grassroots.run.tables import read_respondents, read_table, stacked, write_table, write_texts
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


def of_models(fits: dict[str, Fit], lavaan: dict[str, dict[str, float]]) -> list[pd.DataFrame]:
    """The rows of all models."""
    rows = []
    for name, each in fits.items():
        from grassroots.sem.second_opinion import semopy_opinion

        opinions = {"semopy": semopy_opinion(each), "lavaan": lavaan.get(name, {})}
        rows.append(cross_check_rows(name, quantities(each), opinions))
    return rows


def of_inference(
    printed: dict[str, pd.DataFrame], scores: pd.DataFrame, groups: dict, regressions: dict
) -> list[pd.DataFrame]:
    """The rows of the tests of means and of the regressions, where there are any."""
    rows = []
    if "group_differences" in printed:
        ours, theirs = second_opinion.tests_of_means(
            printed["group_differences"], scores, groups["background"], groups["minimum_group"]
        )
        rows.append(cross_check_rows("group_differences", ours, {"pingouin": theirs}))
    if "regression" in printed:
        found = second_opinion.regression_coefficients(
            printed["regression"], scores, regressions["models"], regressions["levels"]
        )
        rows += [
            cross_check_rows(name, ours, {"statsmodels": theirs})
            for name, (ours, theirs) in found.items()
        ]
    return rows


if __name__ == "__main__":
    with logged(snakemake):
        given, out = snakemake.params, snakemake.output
        scores = read_respondents(snakemake.input.scores)
        fits = fitted(scores, given.measurement["declared"], given.structural)
        # A study of groups alone has no model to write, and the folder is an output all the same.
        Path(out.lavaan).mkdir(parents=True, exist_ok=True)
        for name, (syntax, each) in fits.items():
            write_texts(lavaan_files(name, syntax, each, given.marks), out.lavaan)
        rscript = given.r["rscript"]
        lavaan = lavaan_opinions(run_r(rscript, READER, out.lavaan)) if rscript else {}
        printed = {Path(path).stem: read_table(path) for path in snakemake.input.printed}
        rows = of_models({name: each for name, (_, each) in fits.items()}, lavaan)
        rows += of_inference(printed, scores, given.groups, given.regressions)
        table = stacked(rows, COLUMNS)
        write_table(table, out.cross_check, given.marks)
        write_table(summary_rows(table), out.summary, given.marks)
        if problem := disagreement(table):
            raise ValueError(problem)
