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
    names: list[tuple[str, str]],
    study: dict[str, Any],
    tables: dict[str, str],
    catalogues: dict[str, str],
    font: str,
) -> dict[str, bytes]:
    """File name: content, of each (figure, language); tables and catalogues by name, as texts."""
    drawn = {}
    for language in dict.fromkeys(language for _, language in names):
        own = sorted(name for name, its in names if its == language)
        texts = read_catalogue(catalogues[language])
        for name, forms in draw_figures(own, language, study, tables, texts, font).items():
            drawn |= {f"{name}.{language}.{form}": content for form, content in forms.items()}
    return drawn


if __name__ == "__main__":
    with logged(snakemake):
        font, prints = snakemake.input.font, Path(snakemake.output.print)
        paths = [Path(path) for path in snakemake.input if path != font]
        given = by_kind({str(path): path.read_text(encoding="utf-8") for path in paths})
        shown = {Path(path).name: Path(path) for path in snakemake.output if Path(path) != prints}
        names = [(name.split(".")[0], name.split(".")[1]) for name in shown]
        study = snakemake.params.study
        prints.mkdir(exist_ok=True)
        for name, content in main(names, study, given.tables, given.catalogues, font).items():
            shown.get(name, prints / name).write_bytes(content)
