"""Scoring.

in:   data/valid.parquet
out:  data/scores.parquet (items with reversed ones turned, scale and dimension scores)
"""


rule score_scales:
    input:
        valid="results/{dataset}/data/valid.parquet",
    output:
        scores="results/{dataset}/data/scores.parquet",
    log:
        "logs/score_scales/{dataset}.log",
    priority: 1
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        rules=section("scoring"),
        code=code_digest("score_scales"),
    message:
        "{wildcards.dataset}: scoring the scales"
    script:
        "../scripts/score_scales.py"
