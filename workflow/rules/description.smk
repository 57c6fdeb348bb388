"""Description.

in:   data/scores.parquet
out:  tables/sample.csv, answers.csv, missing.csv, descriptives.csv, normality.csv,
      correlations.csv
"""


rule describe_sample:
    input:
        scores="results/{dataset}/data/scores.parquet",
    output:
        sample="results/{dataset}/tables/sample.csv",
        answers="results/{dataset}/tables/answers.csv",
        missing="results/{dataset}/tables/missing.csv",
        descriptives="results/{dataset}/tables/descriptives.csv",
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
