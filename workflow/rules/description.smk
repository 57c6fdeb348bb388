"""Description.

in:   data/scores.parquet
out:  tables/sample.csv, answers.csv, missing.csv, descriptives.csv, levels.csv, normality.csv,
      correlations.csv; where the protocol asks missing_patterns.csv, missing_test.csv,
      fiml_comparison.csv
"""


rule describe_sample:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        sample=shown("results/{dataset}/tables/sample.csv", table="respondents"),
        answers="results/{dataset}/tables/answers.csv",
        missing="results/{dataset}/tables/missing.csv",
        descriptives=shown(
            "results/{dataset}/tables/descriptives.csv", table="means and standard deviations"
        ),
        levels="results/{dataset}/tables/levels.csv",
        normality="results/{dataset}/tables/normality.csv",
        correlations="results/{dataset}/tables/correlations.csv",
    log:
        "logs/describe_sample/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("description"),
        marks=section("marks"),
        code=code_digest("describe_sample"),
    message:
        "{wildcards.dataset}: describing the sample"
    script:
        "../scripts/describe_sample.py"


rule examine_missing:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        patterns="results/{dataset}/tables/missing_patterns.csv",
        test="results/{dataset}/tables/missing_test.csv",
        fiml="results/{dataset}/tables/fiml_comparison.csv",
    log:
        "logs/examine_missing/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    resources:
        alone=alone,
    params:
        dataset="{dataset}",
        plan=section("missing_answers"),
        models=section("planned_models"),
        estimators=section("structural_estimators"),
        alpha=study.config.alpha,
        marks=section("marks"),
        code=code_digest("examine_missing"),
    message:
        "{wildcards.dataset}: examining what is missing"
    script:
        "../scripts/examine_missing.py"
