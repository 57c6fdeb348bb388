"""Draw the figures of one dataset, once in each language, as SVG, PNG and PDF.

Reads the result tables, the language catalogues and the font; computes nothing.
Fails if a text has a character that the font lacks; the message names it.
"""

from pathlib import Path
from typing import Any

from grassroots.figures.draw import draw_figures
from grassroots.report.catalogue import read_catalogue
from grassroots.report.inputs import by_kind
from grassroots.run.log import logged


def main(
    files: list[tuple[str, str, str]],
    study: dict[str, Any],
    tables: dict[str, str],
    catalogues: dict[str, str],
    font: str,
) -> dict[tuple[str, str, str], bytes]:
    """The content of each (figure, language, form); tables and catalogues by name, as texts."""
    drawn = {}
    for language in dict.fromkeys(language for _, language, _ in files):
        names = sorted({name for name, own, _ in files if own == language})
        texts = read_catalogue(catalogues[language])
        for name, forms in draw_figures(names, language, study, tables, texts, font).items():
            drawn |= {(name, language, form): content for form, content in forms.items()}
    return drawn


if __name__ == "__main__":
    with logged(snakemake):
        font = snakemake.input.font
        paths = [Path(path) for path in snakemake.input if path != font]
        given = by_kind({str(path): path.read_text(encoding="utf-8") for path in paths})
        outputs = {tuple(Path(path).name.split(".")): Path(path) for path in snakemake.output}
        study = snakemake.params.study
        drawn = main(list(outputs), study, given.tables, given.catalogues, font)
        for file, content in drawn.items():
            outputs[file].write_bytes(content)
