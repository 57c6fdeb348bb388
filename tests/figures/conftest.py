"""What a figure is drawn from: tables as text, names, words of a language, the font."""

from pathlib import Path

import pytest

from grassroots.figures.drawing import Subject
from grassroots.figures.font import Font
from grassroots.report.catalogue import Words, read_catalogue
from grassroots.report.numbers import Numbers
from grassroots.report.records import ResultTables
from grassroots.report.study_words import StudyWords

REPORT = Path(__file__).parents[2] / "report"
FONT = str(REPORT / "fonts" / "NotoSansSC-GB2312.otf")


@pytest.fixture(scope="session")
def texts():
    return {
        language: read_catalogue((REPORT / "locale" / f"{language}.yaml").read_text("utf-8"))
        for language in ("en", "zh")
    }


@pytest.fixture
def subject(texts):
    def of(tables, study=None, language="en"):
        study = {"simulated": False, "names": {}, "alpha": 0.05, "structural": [], **(study or {})}
        style = {"en": "apa7", "zh": "zh-thesis"}[language]
        return Subject(
            ResultTables(tables),
            study,
            StudyWords(study, language),
            Words(language, texts[language]),
            Numbers(style),
            Font(FONT),
        )

    return of


@pytest.fixture
def font():
    return Font(FONT)
