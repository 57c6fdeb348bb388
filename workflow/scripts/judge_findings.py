"""Judge hypotheses, published claims, themes and recommendations by the result tables."""

from pathlib import Path

from grassroots.run.log import logged
from grassroots.run.tables import read_rows, write_rows
from grassroots.verdicts.claims import CLAIM_COLUMNS, claims_table
from grassroots.verdicts.hypotheses import HYPOTHESIS_COLUMNS, hypotheses_table
from grassroots.verdicts.joint_display import JOINT_COLUMNS, joint_display_table
from grassroots.verdicts.recommendations import RECOMMENDATION_COLUMNS, recommendations_table

if __name__ == "__main__":
    with logged(snakemake):
        findings, marks = snakemake.params.findings, snakemake.params.marks
        paths = [snakemake.input.flow, *snakemake.input.tables]
        tables = {Path(path).stem: read_rows(path) for path in paths}
        (source,) = read_rows(snakemake.input.source)
        published = findings["raw_sha256"]
        alpha, advice = findings["alpha"], findings["recommendations"]
        hypotheses = hypotheses_table(findings["hypotheses"], tables, alpha)
        claims = claims_table(
            findings["claims"],
            tables,
            alpha=alpha,
            simulated=findings["simulated"],
            other_data=published is not None and published != source["sha256"],
        )
        joint = joint_display_table(findings["themes"], tables, alpha)
        called_for = recommendations_table(advice, hypotheses, tables, alpha)
        write_rows(hypotheses, HYPOTHESIS_COLUMNS, snakemake.output.hypotheses, marks)
        write_rows(claims, CLAIM_COLUMNS, snakemake.output.claims, marks)
        write_rows(joint, JOINT_COLUMNS, snakemake.output.joint_display, marks)
        write_rows(called_for, RECOMMENDATION_COLUMNS, snakemake.output.recommendations, marks)
