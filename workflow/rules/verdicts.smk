"""Verdicts.

in:   the result tables
out:  tables/hypotheses.csv, claims.csv
"""


rule judge_findings:
    input:
        source="results/{dataset}/data/source.csv",
        tables=[
            "results/{dataset}/data/flow.csv",
            "results/{dataset}/tables/reliability.csv",
            "results/{dataset}/tables/cfa_fit.csv",
            "results/{dataset}/tables/cfa_loadings.csv",
            "results/{dataset}/tables/cfa_correlations.csv",
            "results/{dataset}/tables/validity.csv",
            "results/{dataset}/tables/correlations.csv",
            "results/{dataset}/tables/group_differences.csv",
            "results/{dataset}/tables/regression.csv",
            "results/{dataset}/tables/sem_fit.csv",
            "results/{dataset}/tables/sem_parameters.csv",
            "results/{dataset}/tables/mediation.csv",
        ],
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
        code=code_digest("judge_findings"),
    message:
        "{wildcards.dataset}: judging hypotheses and claims"
    script:
        "../scripts/judge_findings.py"
