"""Write the page of one dataset, its codebook, and its tables for Word, Excel, LaTeX and as CSV.

Reads the result tables, the drawn figures, the templates, the stylesheet, the scripts and the
language catalogues; computes nothing. A table that is missing leaves its place out. The files are
made from the same tables as the page, one of each kind and language. The finished page is checked
against itself: a p that does not follow from its statistic ends the run.
"""

import json
from pathlib import Path
from typing import Any

from grassroots.report.catalogue import read_catalogue
from grassroots.report.checklists import read_checklists
from grassroots.report.consistency import check
from grassroots.report.forms.codebook_form import CODEBOOK_COLUMNS, codebook_rows
from grassroots.report.forms.study import table_files
from grassroots.report.inputs import Inputs, by_kind
from grassroots.report.page import editions_of, environment, page_of
from grassroots.report.records import ResultTables
from grassroots.report.references import read_references
from grassroots.run.log import logged
from grassroots.run.tables import write_rows


def main(
    given: Inputs, study: dict[str, Any], languages: list[str], versions: dict[str, str]
) -> dict[str, bytes]:
    """File name and content: of the page, whose first language is shown first, and the tables."""
    texts = {language: read_catalogue(given.catalogues[language]) for language in languages}
    study = {**study, "versions": versions}
    editions = editions_of(
        study,
        given.tables,
        given.figures,
        texts,
        read_references(given.references),
        read_checklists(given.checklists),
    )
    numbers = json.loads(given.numbers)
    page = page_of(study, editions, given.templates, given.style, given.script, numbers)
    check(page)
    templates = environment(given.templates)
    files = {
        f"tables.{edition.view.language}.{ending}": content
        for edition in editions
        for ending, content in table_files(edition, templates).items()
    }
    return {"report.html": page.encode(), **files}


if __name__ == "__main__":
    with logged(snakemake):
        params = snakemake.params
        folder = Path(snakemake.input.figures)
        paths = [path for path in map(Path, snakemake.input) if path != folder]
        paths += sorted(folder.glob("*.svg"))
        given = by_kind({str(path): path.read_text(encoding="utf-8") for path in paths})
        files = main(given, params.study, list(params.languages), dict(params.versions))
        for path in map(Path, snakemake.output):
            if path.name in files:
                path.write_bytes(files[path.name])
        codebook = codebook_rows(params.study, ResultTables(given.tables))
        write_rows(codebook, CODEBOOK_COLUMNS, snakemake.output.codebook, params.marks)
