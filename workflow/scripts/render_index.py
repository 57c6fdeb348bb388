"""Write results/index.html: the datasets of this run, and those that were left out."""

from pathlib import Path
from typing import Any

from grassroots.report.catalogue import read_catalogue
from grassroots.report.index import render_index
from grassroots.report.inputs import Inputs, by_kind, tables_by_dataset
from grassroots.run.log import logged


def main(
    given: Inputs,
    studies: dict[str, dict[str, Any]],
    tables: dict[str, dict[str, str]],
    left_out: dict[str, dict[str, list[str]]],
    protocols: dict[str, str],
    languages: list[str],
) -> str:
    """The HTML of the index; `studies` and `tables` by dataset.

    `left_out`: dataset: language: its faults; `protocols`: every dataset of the configuration and
    the protocol that it follows.
    """
    texts = {language: read_catalogue(given.catalogues[language]) for language in languages}
    return render_index(
        studies, tables, left_out, protocols, texts, given.templates, given.style, given.script
    )


if __name__ == "__main__":
    with logged(snakemake):
        params = snakemake.params
        paths = [Path(path) for path in snakemake.input if not path.endswith(".html")]
        texts = {str(path): path.read_text(encoding="utf-8") for path in paths}
        page = main(
            by_kind(texts),
            dict(params.studies),
            tables_by_dataset(texts),
            dict(params.left_out),
            dict(params.protocols),
            list(params.languages),
        )
        Path(snakemake.output[0]).write_text(page, encoding="utf-8")
