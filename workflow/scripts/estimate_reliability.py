"""Estimate the reliability of each scale, analyse its items, test whether they can be factored."""

from grassroots.measurement.factorability import factorability_table
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
        write_table(reliability, out.reliability, marks)
        write_table(item_table(scores, scales, plan["reversed"]), out.item_analysis, marks)
        write_table(factorability_table(scores, scales), out.factorability, marks)
