"""Explore the factors of the instruments for which the protocol asks.

An instrument whose factors cannot be computed keeps its row in exploration.csv, with the reason.
"""

import pandas as pd

from grassroots.measurement.exploration import Explored, explore
from grassroots.measurement.halves import half_of
from grassroots.measurement.scale_answers import complete_answers
from grassroots.run.log import logged
from grassroots.run.seeds import derived_seed
from grassroots.run.tables import read_respondents, write_table


def main(scores: pd.DataFrame, plan: dict[str, dict], seed: int) -> list[Explored]:
    """The analysis of each instrument, on one half of the respondents where the plan splits."""
    found = []
    for scale, asked in plan.items():
        items = [item for own in asked["dimensions"].values() for item in own]
        explored, n_other = scores, 0
        if asked["split_half"]:
            explored = half_of(scores, seed, "explored")
            n_other = len(complete_answers(half_of(scores, seed, "other"), items))
        own_seed = derived_seed(seed, "parallel_analysis", scale)
        found.append(
            explore(
                explored,
                scale,
                asked["dimensions"],
                factors=asked["factors"],
                rotation=asked["rotation"],
                seed=own_seed,
                n_other=n_other,
            )
        )
    return found


if __name__ == "__main__":
    with logged(snakemake):
        scores = read_respondents(snakemake.input.scores)
        found = main(scores, snakemake.params.plan, snakemake.params.seed)
        out, marks = snakemake.output, snakemake.params.marks
        write_table(pd.concat([each.loadings for each in found]), out.loadings, marks)
        write_table(pd.concat([each.eigenvalues for each in found]), out.eigenvalues, marks)
        write_table(pd.concat([each.correlations for each in found]), out.correlations, marks)
        write_table(pd.concat([each.summary for each in found]), out.summary, marks)
