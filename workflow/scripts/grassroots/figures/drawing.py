"""What a figure module is given and what it gives back."""

from dataclasses import dataclass, replace
from typing import Any

from grassroots.figures.font import Font
from grassroots.figures.palette import MUTED
from grassroots.figures.sheet import SMALL, Sheet
from grassroots.report.catalogue import Words
from grassroots.report.numbers import Numbers
from grassroots.report.records import ResultTables
from grassroots.report.study_words import StudyWords

WIDTH = 390.0
MARK = 18.0
LINE_END = ";\n"


@dataclass(frozen=True)
class Subject:
    """One study in one language, as the figures see it."""

    tables: ResultTables
    study: dict[str, Any]
    titles: StudyWords
    words: Words
    numbers: Numbers
    font: Font

    @property
    def alpha(self) -> float:
        """The level of significance."""
        return float(self.study.get("alpha", 0.05))

    @property
    def level(self) -> str:
        """The confidence level as text."""
        return self.numbers.level(self.alpha)


@dataclass(frozen=True)
class Drawing:
    """A finished sheet with its title and its alternative text, both made from the data."""

    sheet: Sheet
    title: str
    description: str


def described(sheet: Sheet, *more: str) -> str:
    """The values of the marks, a line each, and what else is to be said: the alternative text.

    The page finds the text of a mark by its line.
    """
    return LINE_END.join([*(value.text for value in sheet.values), *more])


def marked_as_simulated(drawing: Drawing, word: str) -> Drawing:
    """The drawing with `word` below it and in its title: the file may leave the page."""
    sheet = drawing.sheet
    sheet.extend(MARK)
    sheet.text(0, sheet.height - MARK / 2 + 2, word, SMALL, MUTED)
    return replace(drawing, title=f"{drawing.title} ({word})")
