"""Intake.

in:   data/raw/<dataset>/ and the mapping of its codebook
out:  data/responses.parquet (only what the codebook maps), data/source.csv
"""


rule read_responses:
    input:
        raw=raw_file,
        second=second_file,
    output:
        responses="results/{dataset}/data/responses.parquet",
        source="results/{dataset}/data/source.csv",
    log:
        "logs/read_responses/{dataset}.log",
    priority: 1
    conda:
        "../../envs/environment.yaml"
    threads: readers
    params:
        dataset="{dataset}",
        plan=section("intake"),
        marks=section("marks"),
        code=code_digest("read_responses"),
    message:
        "{wildcards.dataset}: reading the raw file"
    script:
        "../scripts/read_responses.py"
