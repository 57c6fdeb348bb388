"""Describe who answered and how, what is missing, how scores are distributed and related."""

import pandas as pd

from grassroots.description.answers import answers_table
from grassroots.description.distribution import normality_table
from grassroots.description.levels import levels_table
from grassroots.description.sample import missing_table, sample_table
from grassroots.description.scores import correlations, descriptives
from grassroots.description.suppression import suppress_small_cells
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table


def main(scores: pd.DataFrame, plan: dict) -> dict[str, pd.DataFrame]:
    """The tables sample, answers, missing, descriptives, levels, normality, correlations."""
    scales = plan["scales"]
    items = list(dict.fromkeys(item for scale in scales.values() for item in scale))
    numbers = [name for name, levels in plan["background"].items() if not levels]
    smallest = plan["smallest_cell"]
    sample = sample_table(scores, plan["background"])
    return {
        "sample": suppress_small_cells(
            sample, smallest, "variable", "n", also=("percent",), open_to_all=sample["level"] == ""
        ),
        "answers": answers_table(scores, plan["answers"]),
        "missing": missing_table(scores, [*plan["background"], *items]),
        "descriptives": descriptives(scores, [*numbers, *scales], plan["bands"]),
        "levels": levels_table(scores, plan["bands"], smallest),
        "normality": normality_table(scores, scales),
        "correlations": correlations(scores, list(scales), plan["alpha"]),
    }


if __name__ == "__main__":
    with logged(snakemake):
        tables = main(read_respondents(snakemake.input.scores), snakemake.params.plan)
        for name, table in tables.items():
            write_table(table, snakemake.output[name], snakemake.params.marks)
