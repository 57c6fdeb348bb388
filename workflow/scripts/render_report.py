"""Write the page of one dataset: both languages, all figures, one file.

Reads the result tables, the drawn figures, the templates, the stylesheet, the script and the
language catalogues; computes nothing. A table that is missing leaves its place out.
"""

import json
from pathlib import Path
from typing import Any

from grassroots.report.catalogue import read_catalogue
from grassroots.report.inputs import Inputs, by_kind
from grassroots.report.page import render_page
from grassroots.run.log import logged


def main(
    given: Inputs, study: dict[str, Any], languages: list[str], versions: dict[str, str]
) -> str:
    """The HTML of the page; the first language is shown first."""
    texts = {language: read_catalogue(given.catalogues[language]) for language in languages}
    return render_page(
        {**study, "versions": versions},
        given.tables,
        given.figures,
        texts,
        given.templates,
        given.style,
        given.script,
        json.loads(given.numbers),
    )


if __name__ == "__main__":
    with logged(snakemake):
        params = snakemake.params
        given = by_kind({path: Path(path).read_text(encoding="utf-8") for path in snakemake.input})
        page = main(given, params.study, list(params.languages), dict(params.versions))
        Path(snakemake.output[0]).write_text(page, encoding="utf-8")
