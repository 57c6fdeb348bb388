"""Estimate the reliability of each scale, analyse its items, test whether they can be factored."""

from typing import Any

import pandas as pd

from grassroots.measurement.factorability import factorability_frame, factorability_row
from grassroots.measurement.item_rule import item_rule_table, scales_without
from grassroots.measurement.items import item_rows
from grassroots.measurement.omega_models import omega_loadings
from grassroots.measurement.reliability import reliability_row, scale_omega
from grassroots.measurement.scale_answers import scale_answers
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table


def main(
    scores: pd.DataFrame, plan: dict[str, Any], models: dict[str, Any]
) -> dict[str, pd.DataFrame]:
    """The tables of this rule; the complete answers of one scale after the other are held."""
    reliability, items, factorability = [], [], []
    for scale, names in plan["scales"].items():
        answers = scale_answers(scores, names)
        omega = scale_omega(scale, names, omega_loadings(scale, answers, models))
        reliability.append(reliability_row(scale, answers, omega, 1 - plan["alpha"]))
        items.append(item_rows(scale, answers, plan["reversed"], ends=plan["ends"]))
        factorability.append(factorability_row(scale, answers))
    analysed = pd.concat(items, ignore_index=True)
    rule = item_rule_table(analysed, plan["judged"], plan["rule"]["drop_below_citc"])
    weak = list(rule.loc[rule["below"].astype(bool), "item"])
    return {
        "reliability": pd.DataFrame(reliability),
        "item_analysis": analysed,
        "factorability": factorability_frame(factorability),
        "rule": rule,
        "without": scales_without(scores, plan["scales"], weak, plan["minimum_answered"]),
    }


if __name__ == "__main__":
    with logged(snakemake):
        params = snakemake.params
        scales = params.plan["scales"]
        items = {item for own in scales.values() for item in own}
        scores = read_respondents(snakemake.input.scores, items.union(scales))
        for name, table in main(scores, params.plan, params.models).items():
            write_table(table, snakemake.output[name], params.marks)
