"""Packaging.

in:   every result that is not about single people, the code, the settings; what Snakemake kept of
      the jobs (when they began and ended)
out:  results/package.zip: all of it, with a Workflow Run Crate, codecheck.yml, the draft of a
      certificate and a run record

What goes in is named one by one in grassroots/packaging/whitelist.py and below.
"""

from grassroots.packaging.version import git_version
from grassroots.packaging.whitelist import ROWS, code_files


def packaged_results(wildcards):
    """Pages, tables, figures and numbers of every dataset, and the index."""
    files = ["results/index.html"]
    for name, dataset in study.datasets.items():
        folder = f"results/{name}"
        files += [file.format(dataset=name) for file in TABLE_FILES.values()]
        files += [f"{folder}/{file}" for file in ("report.html", "numbers.json")]
        files += [f"{folder}/data/{file}.csv" for file in ("flow", "source")]
        files += [f"{folder}/tables/{table}.csv" for table in asked.tables(dataset)]
        files += expand(
            "results/{dataset}/figures/{figure}.{language}.svg",
            dataset=name,
            figure=FIGURES,
            language=study.config.languages,
        )
    return sorted(files)


def packaged_rows(wildcards):
    """Answers a row each, of the datasets that config.yaml or --config names for this."""
    named = [name for name in study.config.package_rows if name in study.datasets]
    return expand("results/{dataset}/{file}", dataset=named, file=ROWS)


def packaged_code(wildcards):
    """The code, the settings and the documents."""
    return code_files(Path("."), study.datasets)


def packaged_version(wildcards):
    """The commit; asked of git only where a package is made."""
    return git_version(Path("."))


def packaged_datasets(wildcards):
    """What the papers of the package say of each dataset."""
    return {name: sections.packaged(each) for name, each in study.datasets.items()}


rule write_package:
    input:
        results=packaged_results,
        models=expand("results/{dataset}/lavaan", dataset=study.datasets),
        rows=packaged_rows,
        code=packaged_code,
        templates=expand(
            "report/package/{paper}.{language}.md.j2",
            paper=["about", "certificate"],
            language=study.config.languages,
        ),
    output:
        package="results/package.zip",
    log:
        "logs/write_package.log",
    conda:
        "../../envs/environment.yaml"
    params:
        datasets=packaged_datasets,
        left_out={
            name: sorted({fault.code for fault in faults})
            for name, faults in study.left_out.items()
        },
        rows=[name for name in study.config.package_rows if name in study.datasets],
        languages=study.config.languages,
        version=packaged_version,
        records=".snakemake/metadata",
        code=code_digest("write_package"),
    message:
        "packing results and code into results/package.zip"
    script:
        "../scripts/write_package.py"
