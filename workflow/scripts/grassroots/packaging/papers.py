"""The files of the package that are written for it: everything but results and code."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, StrictUndefined

from grassroots.packaging.citation import Cited
from grassroots.packaging.codecheck import codecheck_yml, manifest
from grassroots.packaging.crate import METADATA, RUN_RECORD, crate

Datasets = Mapping[str, Mapping[str, Any]]


def papers(
    files: Mapping[str, bytes],
    cited: Cited,
    datasets: Datasets,
    left_out: Mapping[str, Sequence[str]],
    claims: Mapping[str, Sequence[Mapping[str, str]]],
    said: Mapping[str, str],
    record: Mapping[str, Any],
    code: Mapping[str, Any],
    rows: Sequence[str],
    templates: Mapping[str, str],
) -> dict[str, bytes]:
    """File: content.

    `files`: the results and the code; `datasets`: name: title, titles, licence, licences,
    simulated, raw (file: sha256), tables (table: file); `left_out`: name: codes of faults;
    `claims`: the rows of claims.csv; `said`: language: what verify says; `record`: the run record;
    `code`: commit, clean, sha256; `rows`: the datasets whose answers are in it; `templates`: name
    of a template: its text, certificate and about for each language.
    """
    listed = {file: what for file, what in manifest(datasets, claims).items() if file in files}
    values = {
        "cited": cited,
        "version": cited.version,
        "code": code,
        "datasets": datasets,
        "left_out": left_out,
        "manifest": listed,
        "sizes": {file: len(files[file]) for file in listed},
        "rows": rows,
    }
    texts = {
        "codecheck.yml": codecheck_yml(cited, listed, _source(datasets)),
        RUN_RECORD: json.dumps(record, ensure_ascii=False, indent=1) + "\n",
    }
    for language, verified in said.items():
        for name, file in (("certificate", "codecheck/certificate"), ("about", "PACKAGE")):
            template = templates[f"{name}.{language}.md.j2"]
            texts[f"{file}.{language}.md"] = filled(template, {**values, "verified": verified})
    written = {name: text.encode() for name, text in texts.items()}
    everything = dict(sorted({**files, **written}.items()))
    return written | {METADATA: crate(everything, cited, datasets, record, code).encode()}


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A Markdown template filled in; a name that it has and `values` have not is an error."""
    environment = Environment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|")
    return environment.from_string(template).render(values)


def _source(datasets: Datasets) -> str:
    """Where code and data are from, in words."""
    each = "; ".join(f"{name}: {about['origin']}" for name, about in datasets.items())
    return f"The code is in this package. The data are not, and are from: {each}"
