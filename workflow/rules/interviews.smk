"""Interviews.

in:   the file of coded interviews in data/raw/<dataset>/
out:  tables/themes.csv, coder_agreement.csv, saturation.csv, excerpts.csv (only what was reviewed
      for the page, under the numbers of the interviews)

Only datasets whose codebook names such a file have this job; verdicts, figures and the page take
the tables where there are any.
"""


rule count_themes:
    input:
        interviews=interview_file,
    output:
        themes="results/{dataset}/tables/themes.csv",
        agreement="results/{dataset}/tables/coder_agreement.csv",
        saturation="results/{dataset}/tables/saturation.csv",
        excerpts="results/{dataset}/tables/excerpts.csv",
    log:
        "logs/count_themes/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        plan=section("interviews"),
        marks=section("marks"),
        code=code_digest("count_themes"),
    message:
        "{wildcards.dataset}: counting the themes of the interviews"
    script:
        "../scripts/count_themes.py"
