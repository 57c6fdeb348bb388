"""Fit the moderated models of one dataset with observed scores, and resample their effects.

A model that cannot be estimated keeps a row, with a status and a sentence that says why.
"""

import pandas as pd

from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table
from grassroots.sem import moderation_rows as rows
from grassroots.sem.covariates import with_moderator
from grassroots.sem.moderation import Moderation, moderation


def main(
    scores: pd.DataFrame, models: dict[str, dict], draws: int, seed: int, largest: int
) -> dict[str, Moderation]:
    """Each model, on the rows that are complete in its variables."""
    found = {}
    for name, model in models.items():
        form, data, levels = with_moderator(model, scores)
        cell = model["smallest_cell"]
        found[name] = moderation(form, data, draws, seed, levels, cell, largest=largest)
    return found


if __name__ == "__main__":
    with logged(snakemake):
        given, out = snakemake.params, snakemake.output
        scores = read_respondents(snakemake.input.scores)
        found = main(scores, given.models, given.draws, given.seed, given.largest).items()
        alpha = given.alpha
        for of, path in (
            (rows.coefficient_rows, out.moderation),
            (rows.effect_rows, out.conditional_effects),
            (rows.slope_rows, out.simple_slopes),
        ):
            table = pd.concat([of(name, each, alpha) for name, each in found])
            write_table(table, path, given.marks)
