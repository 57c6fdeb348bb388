"""Draw the figures of one dataset that have data, once in each language, as SVG, PNG and PDF.

Reads the result tables, the language catalogues and the font; computes nothing.
Fails if a text has a character that the font lacks; the message names it.
"""

from pathlib import Path
from typing import Any

from grassroots.figures.draw import FIGURES, draw_figures
from grassroots.report.catalogue import read_catalogue
from grassroots.report.inputs import by_kind
from grassroots.run.log import logged


def main(
    study: dict[str, Any],
    tables: dict[str, str],
    catalogues: dict[str, str],
    font: str,
) -> dict[str, bytes]:
    """File in the folder of figures: content, in the language of each catalogue."""
    drawn = {}
    for language, catalogue in catalogues.items():
        texts = read_catalogue(catalogue)
        for name, forms in draw_figures(FIGURES, language, study, tables, texts, font).items():
            for form, content in forms.items():
                folder = "" if form == "svg" else "print/"
                drawn[f"{folder}{name}.{language}.{form}"] = content
    return drawn


if __name__ == "__main__":
    with logged(snakemake):
        font = snakemake.input.font
        paths = [Path(path) for path in snakemake.input if path != font]
        given = by_kind({str(path): path.read_text(encoding="utf-8") for path in paths})
        folder = Path(snakemake.output.figures)
        (folder / "print").mkdir(parents=True)
        drawn = main(snakemake.params.study, given.tables, given.catalogues, font)
        for name, content in drawn.items():
            (folder / name).write_bytes(content)
