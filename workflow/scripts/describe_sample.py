"""Describe who answered, what is missing, how scores are distributed and related."""

from grassroots.description.sample import missing_table, sample_table
from grassroots.description.scores import correlations, descriptives
from grassroots.run.log import logged
from grassroots.run.tables import read_respondents, write_table

if __name__ == "__main__":
    with logged(snakemake):
        scores = read_respondents(snakemake.input.scores)
        plan = snakemake.params.plan
        scales = list(plan["scales"])
        items = list(dict.fromkeys(i for scale in plan["scales"].values() for i in scale))
        numbers = [name for name, levels in plan["background"].items() if not levels]
        out = snakemake.output
        write_table(sample_table(scores, plan["background"]), out.sample)
        write_table(missing_table(scores, [*plan["background"], *items]), out.missing)
        write_table(descriptives(scores, [*numbers, *scales]), out.descriptives)
        write_table(correlations(scores, scales, plan["alpha"]), out.correlations)
