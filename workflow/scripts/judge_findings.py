"""Judge the hypotheses of the protocol and the published claims by the result tables."""

from pathlib import Path

from grassroots.run.log import logged
from grassroots.run.tables import read_rows, write_rows
from grassroots.verdicts.claims import CLAIM_COLUMNS, claims_table
from grassroots.verdicts.hypotheses import HYPOTHESIS_COLUMNS, hypotheses_table

if __name__ == "__main__":
    with logged(snakemake):
        findings, marks = snakemake.params.findings, snakemake.params.marks
        paths = [snakemake.input.flow, *snakemake.input.tables]
        tables = {Path(path).stem: read_rows(path) for path in paths}
        (source,) = read_rows(snakemake.input.source)
        published = findings["raw_sha256"]
        hypotheses = hypotheses_table(findings["hypotheses"], tables, findings["alpha"])
        claims = claims_table(
            findings["claims"],
            tables,
            alpha=findings["alpha"],
            simulated=findings["simulated"],
            other_data=published is not None and published != source["sha256"],
        )
        write_rows(hypotheses, HYPOTHESIS_COLUMNS, snakemake.output.hypotheses, marks)
        write_rows(claims, CLAIM_COLUMNS, snakemake.output.claims, marks)
