"""Verdicts.

in:   the result tables
out:  tables/hypotheses.csv, claims.csv
"""


rule judge_findings:
    input:
        source="results/{dataset}/data/source.csv",
        flow="results/{dataset}/data/flow.csv",
        tables=tables(asked.evidence),
    output:
        hypotheses="results/{dataset}/tables/hypotheses.csv",
        claims="results/{dataset}/tables/claims.csv",
    log:
        "logs/judge_findings/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        findings=section("findings"),
        marks=section("marks"),
        code=code_digest("judge_findings"),
    message:
        "{wildcards.dataset}: judging hypotheses and claims"
    script:
        "../scripts/judge_findings.py"
