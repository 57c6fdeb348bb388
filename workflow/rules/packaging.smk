"""Packaging.

in:   every result that is not about single people, the code, the settings; what Snakemake kept of
      the jobs (when they began and ended)
out:  results/package.zip: all of it, with a Workflow Run Crate, codecheck.yml, the draft of a
      certificate and a run record

What goes in is named one by one in grassroots/packaging/whitelist.py and below.
"""


rule write_package:
    input:
        results=packaged_results,
        models=expand("results/{dataset}/lavaan", dataset=study.datasets),
        figures=expand("results/{dataset}/figures", dataset=study.datasets),
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
