"""Verdicts.

in:   the result tables
out:  tables/hypotheses.csv, claims.csv, recommendations.csv, joint_display.csv (themes of the
      interviews beside statistics; no rows where there are no interviews)
"""


rule judge_findings:
    input:
        source="results/{dataset}/data/source.csv",
        flow="results/{dataset}/data/flow.csv",
        tables=tables(asked.evidence),
    output:
        hypotheses=shown("results/{dataset}/tables/hypotheses.csv", table="hypotheses"),
        claims=shown("results/{dataset}/tables/claims.csv", table="published findings"),
        joint_display="results/{dataset}/tables/joint_display.csv",
        recommendations="results/{dataset}/tables/recommendations.csv",
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
        "{wildcards.dataset}: judging what was found"
    script:
        "../scripts/judge_findings.py"
