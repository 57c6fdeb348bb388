"""Inference.

in:   data/scores.parquet
out:  tables/group_differences.csv, group_means.csv, post_hoc.csv, regression.csv,
      regression_fit.csv, regression_diagnostics.csv, regression_residuals.csv (smoothed),
      sensitivity.csv (with and without the flagged respondents)
"""


rule compare_groups:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        differences=shown(
            "results/{dataset}/tables/group_differences.csv", table="group differences"
        ),
        means="results/{dataset}/tables/group_means.csv",
        pairs="results/{dataset}/tables/post_hoc.csv",
    log:
        "logs/compare_groups/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("group_comparisons"),
        marks=section("marks"),
        code=code_digest("compare_groups"),
    message:
        "{wildcards.dataset}: comparing groups"
    script:
        "../scripts/compare_groups.py"


rule fit_regressions:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        coefficients=shown("results/{dataset}/tables/regression.csv", table="regressions"),
        fit="results/{dataset}/tables/regression_fit.csv",
        checks="results/{dataset}/tables/regression_diagnostics.csv",
        residuals="results/{dataset}/tables/regression_residuals.csv",
    log:
        "logs/fit_regressions/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("regressions"),
        marks=section("marks"),
        code=code_digest("fit_regressions"),
    message:
        "{wildcards.dataset}: fitting the regressions"
    script:
        "../scripts/fit_regressions.py"


rule compare_without_flagged:
    input:
        scores="results/{dataset}/data/scores.parquet",
        removed="results/{dataset}/data/removed_as_flagged.parquet",
        everybody=tables(asked.compared),
    output:
        sensitivity="results/{dataset}/tables/sensitivity.csv",
    log:
        "logs/compare_without_flagged/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("sensitivity"),
        marks=section("marks"),
        code=code_digest("compare_without_flagged"),
    message:
        "{wildcards.dataset}: repeating the analyses without the flagged respondents"
    script:
        "../scripts/compare_without_flagged.py"
