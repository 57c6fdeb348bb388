"""Verification.

in:   the result tables; what was published (claims), and the numbers of the published run
      (expected/<dataset>.json)
out:  numbers.json (every number by name, with what it was computed from); where config.yaml
      names an earlier run, data/changes.csv
"""


rule collect_numbers:
    input:
        raw=raw_files,
        data=expand(
            "results/{{dataset}}/data/{file}.parquet",
            file=["responses", "valid", "scores"],
        ),
        flow="results/{dataset}/data/flow.csv",
        tables=tables(),
    output:
        numbers="results/{dataset}/numbers.json",
    log:
        "logs/collect_numbers/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        study=section("named"),
        origins=origins,
        code=code_digest("collect_numbers"),
    message:
        "{wildcards.dataset}: collecting the numbers"
    script:
        "../scripts/collect_numbers.py"


rule compare_with_earlier:
    input:
        earlier=earlier_numbers,
        numbers="results/{dataset}/numbers.json",
    output:
        changes="results/{dataset}/data/changes.csv",
    log:
        "logs/compare_with_earlier/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        marks=section("marks"),
        code=code_digest("compare_with_earlier"),
    message:
        "{wildcards.dataset}: comparing with an earlier run"
    script:
        "../scripts/compare_with_earlier.py"


# Prints whenever it is asked for, so it makes no file.
rule verify:
    input:
        numbers=expand("results/{dataset}/numbers.json", dataset=study.datasets),
        claims=expand("results/{dataset}/tables/claims.csv", dataset=study.datasets),
        expected=sorted(str(path) for path in Path("expected").glob("*.json")),
    log:
        "logs/verify.log",
    conda:
        "../../envs/environment.yaml"
    params:
        tests={name: sections.published_tests(each) for name, each in study.datasets.items()},
        left_out=list(study.left_out),
        language=study.language,
        code=code_digest("verify"),
    message:
        "comparing with what was published"
    script:
        "../scripts/verify.py"
