"""Pack results, code and the reviewer's papers into one zip file, and say what is in it.

Rows of respondents are among its inputs only for datasets that `package_rows` names.
"""

import sys
from pathlib import Path

from grassroots.packaging.citation import cited
from grassroots.packaging.papers import papers
from grassroots.packaging.reviewed import packaged, verified_by_language
from grassroots.packaging.run_record import read_records, run_record
from grassroots.packaging.version import code_sha256
from grassroots.packaging.whitelist import FIGURES, MODELS, files_within
from grassroots.report.forms.archive import packed
from grassroots.run.log import logged
from grassroots.study.faults import catalogue
from grassroots.study.yaml_source import load_yaml

if __name__ == "__main__":
    terminal = sys.stdout
    with logged(snakemake):
        given, params = snakemake.input, snakemake.params
        code = {path: Path(path).read_bytes() for path in given.code}
        models = files_within(given.models, MODELS)
        drawn = [f"{folder}{inside}" for folder in given.figures for inside in ("", "/print")]
        made = [*given.results, *models, *files_within(drawn, FIGURES), *given.rows]
        results = {path: Path(path).read_bytes() for path in made}
        datasets, claims = packaged(params.datasets, results)
        written = papers(
            files=code | results,
            cited=cited(load_yaml(code["CITATION.cff"].decode())[0]),
            datasets=datasets,
            left_out=params.left_out,
            claims=claims,
            said=verified_by_language(
                params.datasets, code | results, params.left_out, params.languages
            ),
            record=run_record(read_records(Path(params.records)), params.datasets),
            code={**params.version, "sha256": code_sha256(code)},
            rows=params.rows,
            templates={Path(path).name: Path(path).read_text("utf-8") for path in given.templates},
        )
        package = packed(dict(sorted({**code, **results, **written}.items())), mode=0o644)
        Path(snakemake.output.package).write_bytes(package)
        said = catalogue(params.languages[0])
        none = said["packaged_none"]
        told = said["packaged"].format(
            file=snakemake.output.package,
            size=f"{len(package) / 1e6:.1f}",
            names=", ".join(datasets) or none,
            left_out=", ".join(params.left_out) or none,
            rows=", ".join(params.rows) or none,
        )
        terminal.write(f"\n{told}\n\n")
