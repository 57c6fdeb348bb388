"""A Wenjuanxing export as an xlsx or a csv file, the same bytes wherever it is written.

Headers as that service writes them: a number and the question, and for a matrix question the
question before the first row title only. Single questions are answered in words, matrix questions
in numbers or, where the codebook lists answers in words, in these.
"""

import csv
import datetime
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np

from grassroots.simulation.mess import Returned
from grassroots.simulation.survey import Survey
from grassroots.study.codebook import Codebook

META_COLUMNS = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
SKIPPED = "(跳过)"
EMPTY = "(空)"

# What the workbook says of the time of its making: a fixed date, or no two files would be equal.
CREATED = datetime.datetime(2026, 1, 1)

Cell = str | int


@dataclass(frozen=True)
class Matrix:
    """A matrix question: its stem and the titles of its rows."""

    stem: str
    rows: Sequence[str]


def headers(questions: Sequence[str | Matrix]) -> list[str]:
    """The header row: the meta columns, then the questions, numbered from 1."""
    found = list(META_COLUMNS)
    for number, question in enumerate(questions, start=1):
        if isinstance(question, str):
            found.append(f"{number}、{question}")
        else:
            first, *rest = question.rows
            found += [f"{number}、{question.stem}—{first}", *rest]
    return found


def time_of_sending(when: datetime.datetime) -> str:
    """A time as the export writes it, without zeros in front: 2026/3/2 9:05:07."""
    return f"{when.year}/{when.month}/{when.day} {when.hour}:{when:%M:%S}"


def questions(survey: Survey, codebook: Codebook) -> list[str | Matrix]:
    """The questionnaire: consent, the background variables, a matrix for each instrument."""
    columns = [part.column for part in codebook.background.values()]
    consent = codebook.meta.consent.column
    singles = [column.split("、", 1)[1] for column in [consent, *columns]]
    matrices = []
    for number, (stem, scale) in enumerate(zip(survey.stems, survey.scales, strict=True)):
        rows = [f"题目{item}" for item in range(1, len(codebook.scales[scale].items) + 1)]
        if number in survey.checks:
            after, answer = survey.checks[number]
            rows.insert(after, f"本行请选{_words(answer, codebook, scale)}")
        matrices.append(Matrix(stem, rows))
    return [*singles, *matrices]


def export_rows(survey: Survey, back: Returned, codebook: Codebook) -> list[list[Cell]]:
    """The rows under the header."""
    choices = {name: list(part.levels) for name, part in codebook.background.items()}
    rows = []
    for row, consents in enumerate(map(bool, back.consent)):
        when = survey.opened + datetime.timedelta(seconds=int(back.sent[row]))
        cells: list[Cell] = [
            row + 1,
            time_of_sending(when),
            f"{int(back.seconds[row])}秒",
            back.channels[row],
            "直接访问" if back.channels[row] == "链接" else "N/A",
            f"{back.addresses[row]}{survey.place}",
            "同意" if consents else "不同意",
        ]
        cells += [
            str(options[back.background[name][row]]) if consents else SKIPPED
            for name, options in choices.items()
        ]
        for scale, given in zip(
            survey.scales, matrix_answers(survey, back, row, codebook), strict=True
        ):
            cells += [_cell(value, consents, codebook, scale) for value in given]
        rows.append(cells)
    return rows


def matrix_answers(
    survey: Survey, back: Returned, row: int, codebook: Codebook
) -> list[list[float]]:
    """The answers of one respondent in each matrix, attention checks in their places."""
    lengths = [len(codebook.scales[scale].items) for scale in survey.scales]
    starts = [0, *accumulate(lengths)]
    matrices = []
    for number, length in enumerate(lengths):
        given = list(back.answers[row, starts[number] : starts[number] + length])
        if number in survey.checks:
            place = list(survey.checks).index(number)
            given.insert(survey.checks[number][0], back.checks[row, place])
        matrices.append(given)
    return matrices


def _cell(value: float, asked: bool, codebook: Codebook, scale: str) -> Cell:
    if np.isfinite(value):
        return _words(int(value), codebook, scale)
    return EMPTY if asked else SKIPPED


def _words(answer: int, codebook: Codebook, scale: str) -> Cell:
    """An answer in the codebook's words, if it has words; they are listed from 1."""
    words = codebook.scales[scale].answers
    return list(words)[answer - 1] if words else answer


def write_csv(
    path: Path, header: Sequence[str], rows: Sequence[Sequence[Cell]], encoding: str
) -> None:
    """Write a csv file, with the line ends of Windows."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
    path.write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: Path, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Write one sheet.

    The parts of the file are stored as they are: what a compressor makes of them differs between
    machines.
    """
    import xlsxwriter

    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"in_memory": True})
    workbook.set_properties({"created": CREATED})
    sheet = workbook.add_worksheet("Sheet1")
    for number, row in enumerate([header, *rows]):
        sheet.write_row(number, 0, row)
    workbook.close()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(path, "w") as target:
        for part in source.infolist():
            target.writestr(zipfile.ZipInfo(part.filename), source.read(part))
