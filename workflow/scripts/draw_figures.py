"""Draw the figures of one dataset, once in each language.

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
    figures: list[tuple[str, str]],
    study: dict[str, Any],
    tables: dict[str, str],
    catalogues: dict[str, str],
    font: str,
) -> dict[tuple[str, str], str]:
    """The SVG of each (figure, language); tables and catalogues by name, as texts."""
    drawn = {}
    for language in dict.fromkeys(language for _, language in figures):
        names = [name for name, own in figures if own == language]
        texts = read_catalogue(catalogues[language])
        for name, svg in draw_figures(names, language, study, tables, texts, font).items():
            drawn[name, language] = svg
    return drawn


if __name__ == "__main__":
    with logged(snakemake):
        font = snakemake.input.font
        paths = [Path(path) for path in snakemake.input if path != font]
        given = by_kind({str(path): path.read_text(encoding="utf-8") for path in paths})
        outputs = {tuple(Path(path).name.split(".")[:2]): Path(path) for path in snakemake.output}
        study = snakemake.params.study
        drawn = main(list(outputs), study, given.tables, given.catalogues, font)
        for figure, svg in drawn.items():
            outputs[figure].write_text(svg, encoding="utf-8")
