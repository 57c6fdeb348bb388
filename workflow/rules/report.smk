"""Report.

in:   the result tables and figures; report/ (templates, stylesheet, script, language catalogues)
out:  results/<dataset>/report.html and its tables as tables.<language>.<docx|xlsx|tex|csv.zip>,
      tables/codebook.csv, results/index.html
"""


rule render_report:
    input:
        data=["results/{dataset}/data/source.csv", "results/{dataset}/data/flow.csv"],
        numbers="results/{dataset}/numbers.json",
        changes=changes,
        tables=tables(),
        figures="results/{dataset}/figures",
        page=PAGE_PARTS,
        references="report/references.yaml",
        checklists=CHECKLISTS,
    output:
        **TABLE_FILES,
        codebook=shown("results/{dataset}/tables/codebook.csv", table="codebook"),
        page=shown("results/{dataset}/report.html", page="the whole report"),
    log:
        "logs/render_report/{dataset}.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        dataset="{dataset}",
        study=section("page"),
        languages=study.config.languages,
        versions=installed_versions(),
        marks=section("marks"),
        code=code_digest("render_report"),
    message:
        "{wildcards.dataset}: writing the page and its tables"
    script:
        "../scripts/render_report.py"


rule render_index:
    input:
        pages=expand("results/{dataset}/report.html", dataset=study.datasets),
        tables=expand(
            "results/{dataset}/{table}.csv",
            dataset=study.datasets,
            table=["data/flow", "tables/hypotheses", "tables/claims"],
        ),
        page=PAGE_PARTS,
    output:
        index="results/index.html",
    log:
        "logs/render_index.log",
    cache: between_checkouts
    conda:
        "../../envs/environment.yaml"
    params:
        studies={name: sections.page(study, each) for name, each in study.datasets.items()},
        left_out={
            name: {
                language: [fault.text(language) for fault in faults]
                for language in study.config.languages
            }
            for name, faults in study.left_out.items()
        },
        protocols={name: each.protocol for name, each in study.config.datasets.items()},
        languages=study.config.languages,
        code=code_digest("render_index"),
    message:
        "writing the index"
    script:
        "../scripts/render_index.py"


# After the index, so that what is to mend stands at the end of what a run prints.
rule left_out:
    input:
        index="results/index.html",
    output:
        LEFT_OUT or "results/.left_out",
    log:
        "logs/left_out.log",
    conda:
        "../../envs/environment.yaml"
    params:
        said=[
            left_out_text(name, faults, study.language) for name, faults in study.left_out.items()
        ],
        code=code_digest("left_out"),
    message:
        "naming the datasets that were left out"
    script:
        "../scripts/left_out.py"
