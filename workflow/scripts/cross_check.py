"""Compute each declared model once more with semopy, and with lavaan where R has it.

Fails if another program's numbers differ by more than rounding and stopping rules explain.
"""

import pandas as pd

from grassroots.run.log import logged
from grassroots.run.rscript import run_r
from grassroots.run.tables import read_respondents, stacked, write_table, write_texts
from grassroots.sem.cross_check import COLUMNS, cross_check_rows, disagreement, summary_rows
from grassroots.sem.fit import Fit, fit
from grassroots.sem.lavaan import READER, lavaan_files, lavaan_opinions
from grassroots.sem.quantities import quantities
from grassroots.sem.structural_form import StructuralForm, measurement_syntax, structural_syntax


def syntaxes(measurement: dict[str, dict], structural: dict[str, dict]) -> dict[str, str]:
    """The declared models in lavaan syntax."""
    models = {name: measurement_syntax(**model) for name, model in measurement.items()}
    forms = {name: StructuralForm(**model) for name, model in structural.items()}
    return models | {name: structural_syntax(form) for name, form in forms.items()}


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
        models = syntaxes(given.measurement["declared"], given.structural)
        fits = {name: fit(syntax, scores) for name, syntax in models.items()}
        for name, each in fits.items():
            write_texts(lavaan_files(name, models[name], each, given.marks), out.lavaan)
        rscript = given.r["rscript"]
        lavaan = lavaan_opinions(run_r(rscript, READER, out.lavaan)) if rscript else {}
        table = main(fits, lavaan)
        write_table(table, out.cross_check, given.marks)
        write_table(summary_rows(table), out.summary, given.marks)
        if problem := disagreement(table):
            raise ValueError(problem)
