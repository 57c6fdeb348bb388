"""What every chapter is given: the study, its tables and figures, and the words of one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from grassroots.report.blocks import Figure
from grassroots.report.catalogue import Words
from grassroots.report.drawings import in_pieces, within_page
from grassroots.report.numbers import Numbers
from grassroots.report.records import ResultTables
from grassroots.report.study_words import StudyWords
from grassroots.report.tables import CellMaker, Column, marked, symbol_markup

# A drawing with more points across cannot be read on a phone if it is made to fit.
WIDE = 400.0
NUMBER_STYLES = {"en": "apa7", "zh": "zh-thesis"}


@dataclass(frozen=True)
class View:
    """One study seen in one language."""

    language: str
    study: Mapping[str, Any]
    tables: ResultTables
    words: Words
    titles: StudyWords
    numbers: Numbers
    figures: Mapping[str, str]

    @property
    def cell(self) -> CellMaker:
        """The maker of table cells."""
        return CellMaker(self.numbers)

    @property
    def alpha(self) -> float:
        """The level of significance of the study."""
        return float(self.study.get("alpha", 0.05))

    @property
    def simulated(self) -> bool:
        """Whether the data come from a program and not from people."""
        return bool(self.study.get("simulated"))

    @property
    def collected(self) -> str:
        """When people answered; nobody did where the data are simulated."""
        return "" if self.simulated else self.titles.text("collected")

    def n(self, kind: str, value: object) -> Markup:
        """A number inside a sentence."""
        return marked(self.numbers.text(kind, value), value)

    def equals(self, symbol: str, kind: str, value: object) -> Markup:
        """A symbol and its number inside a sentence; Latin symbols are italic, Greek upright."""
        return marked(symbol_markup(symbol) + self.numbers.equation("", kind, value), value)

    def confidence(self, kind: str, low: object, high: object) -> Markup:
        """An interval inside a sentence."""
        return marked(self.numbers.confidence(kind, low, high, self.alpha), low, high)

    def interval(self, kind: str, low: object, high: object) -> Markup:
        """The two limits of an interval inside a sentence that names its level."""
        return marked(self.numbers.interval(kind, low, high), low, high)

    def equals_alpha(self) -> Markup:
        """The level of significance inside a sentence, as a limit: .05."""
        return self.n("r", self.alpha)

    def level(self) -> str:
        """The confidence level as text: 95%."""
        return self.numbers.level(self.alpha)

    def column(self, key: str, numeric: bool = True) -> Column:
        """A column with its heading from the catalogue."""
        return Column(self.words(f"column.{key}", level=self.level()), numeric)

    def stars_note(self) -> list[Markup]:
        """The note that explains the stars, where the style has them."""
        return [self.words("note.stars")] if self.numbers.style.stars else []

    def figure(self, name: str, caption: Markup, note: Markup, data: str) -> list[Figure]:
        """The figure as a list of one; an empty list if it has no data and was not drawn."""
        svg = self.figures.get(f"{name}.{self.language}")
        if not svg:
            return []
        file = f"{name}.{self.language}"
        size = re.search(r'viewBox="0 0 ([\d.]+) ', svg)
        across = float(size[1]) if size else 0.0
        drawing = Markup(within_page(svg) + in_pieces(svg))
        cut = "data-cuts" in svg[: svg.find(">")]
        return [Figure(name, drawing, caption, note, file, data, across > WIDE, cut)]


def view(
    language: str,
    study: Mapping[str, Any],
    tables: ResultTables,
    texts: Mapping[str, str],
    figures: Mapping[str, str],
) -> View:
    """The view of a study in one language, with that language's number style."""
    words = Words(language, texts)
    numbers = Numbers(NUMBER_STYLES[language], {"fixed": words.plain("mark.fixed")})
    return View(language, study, tables, words, StudyWords(study, language), numbers, figures)
