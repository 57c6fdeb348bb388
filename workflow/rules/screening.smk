"""Screening.

in:   data/responses.parquet
out:  data/valid.parquet, data/removed_as_flagged.parquet (empty unless the protocol excludes the
      flagged), data/flow.csv (who was removed, and why), data/audit.csv (one row a respondent),
      tables/screening_flags.csv, tables/channels.csv
"""


rule screen_responses:
    input:
        responses="results/{dataset}/data/responses.parquet",
    output:
        valid="results/{dataset}/data/valid.parquet",
        removed="results/{dataset}/data/removed_as_flagged.parquet",
        flow="results/{dataset}/data/flow.csv",
        audit="results/{dataset}/data/audit.csv",
        flags="results/{dataset}/tables/screening_flags.csv",
        channels="results/{dataset}/tables/channels.csv",
    log:
        "logs/screen_responses/{dataset}.log",
    priority: 1
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        rules=section("screening"),
        marks=section("marks"),
        code=code_digest("screen_responses"),
    message:
        "{wildcards.dataset}: screening the respondents"
    script:
        "../scripts/screen_responses.py"
