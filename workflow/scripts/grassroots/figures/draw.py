"""All figures of a study in one language, by their names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from grassroots.figures import (
    coefficients,
    correlations,
    full_path_diagram,
    group_means,
    indirect_effects,
    likert,
    loadings,
    missing_map,
    path_diagram,
    reliability,
    residuals,
    sample_flow,
    saturation,
    scree,
    simple_slopes,
    themes,
)
from grassroots.figures.drawing import Drawing, Subject, marked_as_simulated
from grassroots.figures.font import Font
from grassroots.figures.pictures import to_pdf, to_png
from grassroots.figures.svg import to_svg
from grassroots.report.catalogue import Words
from grassroots.report.numbers import Numbers
from grassroots.report.records import ResultTables
from grassroots.report.study_words import StudyWords
from grassroots.report.view import NUMBER_STYLES

FIGURES = {
    "sample_flow": sample_flow.draw,
    "missing_map": missing_map.draw,
    "likert": likert.draw,
    "correlations": correlations.draw,
    "reliability": reliability.draw,
    "scree": scree.draw,
    "loadings": loadings.draw,
    "group_means": group_means.draw,
    "coefficients": coefficients.draw,
    "residuals": residuals.draw,
    "path_diagram": path_diagram.draw,
    "full_path_diagram": full_path_diagram.draw,
    "indirect_effects": indirect_effects.draw,
    "themes": themes.draw,
    "saturation": saturation.draw,
    "simple_slopes": simple_slopes.draw,
}


def _svg(drawing: Drawing, identifier: str) -> bytes:
    return to_svg(drawing.sheet, identifier, drawing.title, drawing.description).encode()


def _png(drawing: Drawing, _: str) -> bytes:
    return to_png(drawing.sheet, drawing.title)


def _pdf(drawing: Drawing, _: str) -> bytes:
    return to_pdf(drawing.sheet, drawing.title)


FORMS: dict[str, Callable[[Drawing, str], bytes]] = {"svg": _svg, "png": _png, "pdf": _pdf}


def draw_figures(
    names: Iterable[str],
    language: str,
    study: dict[str, Any],
    tables: Mapping[str, str],
    texts: Mapping[str, str],
    font: str,
    forms: Sequence[str] = tuple(FORMS),
) -> dict[str, dict[str, bytes]]:
    """Name and files by form of each of the figures that has data.

    Raises MissingGlyph for a text that the font cannot draw.
    """
    words = Words(language, texts)
    subject = Subject(
        ResultTables(tables),
        study,
        StudyWords(study, language),
        words,
        Numbers(NUMBER_STYLES[language]),
        Font(font),
    )
    files = {}
    for name in names:
        if not (drawing := FIGURES[name](subject)):
            continue
        if study["simulated"]:
            drawing = marked_as_simulated(drawing, words.plain("fig.simulated"))
        identifier = f"figure-{name}-{language}"
        files[name] = {form: FORMS[form](drawing, identifier) for form in forms}
    return files
