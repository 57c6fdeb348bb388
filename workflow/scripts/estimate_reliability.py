"""Estimate the reliability of each scale, analyse its items, test whether they can be factored."""

from grassroots.measurement.factorability import factorability_table
from grassroots.measurement.item_rule import item_rule_table, scales_without
from grassroots.measurement.items import item_table
from grassroots.measurement.reliability import reliability_table
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, read_table, write_table

if __name__ == "__main__":
    with logged(snakemake):
        scores = read_respondents(snakemake.input.scores)
        loadings = read_table(snakemake.input.loadings)
        plan, marks = snakemake.params.plan, snakemake.params.marks
        out = snakemake.output
        scales, confidence = plan["scales"], 1 - plan["alpha"]
        reliability = reliability_table(scores, scales, loadings, confidence=confidence)
        items = item_table(scores, scales, plan["reversed"], ends=plan["ends"])
        rule = item_rule_table(items, plan["judged"], plan["rule"]["drop_below_citc"])
        weak = list(rule.loc[rule["below"].astype(bool), "item"])
        without = scales_without(scores, scales, weak, plan["minimum_answered"])
        write_table(reliability, out.reliability, marks)
        write_table(items, out.item_analysis, marks)
        write_table(factorability_table(scores, scales), out.factorability, marks)
        write_table(rule, out.rule, marks)
        write_table(without, out.without, marks)
