"""A Wenjuanxing export for SPSS, the same bytes whenever it is written."""

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from grassroots.simulation.mess import Returned
from grassroots.simulation.survey import StudyFiles, Survey
from grassroots.simulation.wenjuanxing import matrix_answers, time_of_sending

SKIPPED, EMPTY = -3, -2
CONSENT = {1: "同意", 2: "不同意"}

# Where the header holds the date and the time of writing, and what stands there instead.
_WRITTEN = slice(92, 109)
_FIXED = b"01 Jan 2600:00:00"


def write_sav(path: Path, survey: Survey, back: Returned, files: StudyFiles) -> None:
    """Write the file: codes, value labels, and the codes of no answer declared as missing.

    The columns are those that the codebook names, with the title of each item as its label, and
    what that service puts before them.
    """
    import pyreadstat

    questions, values, labels = _questions(survey, back, files)
    when = [survey.opened + datetime.timedelta(seconds=int(each)) for each in back.sent]
    meta = {
        "index": np.arange(1, len(when) + 1),
        "submittime": [time_of_sending(each) for each in when],
        "totalseconds": back.seconds.astype(int),
        "source": back.channels,
        "ip": [f"{address}{survey.place}" for address in back.addresses],
    }
    pyreadstat.write_sav(
        pd.DataFrame(meta | values),
        path,
        column_labels=dict(questions),
        variable_value_labels=labels,
        missing_ranges={name: [{"lo": SKIPPED, "hi": EMPTY}] for name in values},
        variable_measure=dict.fromkeys(values, "nominal"),
    )
    fix_date(path)


def fix_date(path: Path) -> None:
    """Set the time of writing in a file's header to a fixed one, or no two files would be equal."""
    content = bytearray(path.read_bytes())
    content[_WRITTEN] = _FIXED
    path.write_bytes(content)


def _questions(
    survey: Survey, back: Returned, files: StudyFiles
) -> tuple[dict[str, str], dict[str, np.ndarray], dict[str, dict[int, str]]]:
    """Column: the question, its codes, and their labels."""
    codebook = files.codebook
    consent = codebook.meta.consent.column
    questions = {consent: "您是否同意参加本次调查"}
    values = {consent: np.where(back.consent, 1, 2)}
    labels = {consent: _numbered(CONSENT)}
    for name, part in codebook.background.items():
        questions[part.column] = f"您的{files.protocol.background[name].title.zh}"
        codes = np.where(back.consent, back.background[name] + 1, SKIPPED)
        values[part.column] = codes
        labels[part.column] = _numbered(dict(enumerate(map(str, part.levels), start=1)))
    answered = [matrix_answers(survey, back, row, codebook) for row in range(len(back.consent))]
    for number, scale in enumerate(survey.scales):
        given = np.array([each[number] for each in answered])
        instrument = files.instruments[scale]
        columns: list[Any] = list(codebook.scales[scale].items)
        titles = [item.text.zh for item in instrument.items.values()]
        if number in survey.checks:
            after, answer = survey.checks[number]
            place = list(survey.checks).index(number)
            columns.insert(after, codebook.meta.attention_checks[place].column)
            titles.insert(after, f"本题请选{answer}")
        empty = np.where(back.consent, EMPTY, SKIPPED)
        for column, title, codes in zip(columns, titles, given.T, strict=True):
            questions[column] = f"{survey.stems[number]}({title})"
            values[column] = np.where(np.isfinite(codes), codes, empty).astype(int)
            labels[column] = _numbered(AGREEMENT)
    return questions, values, labels


AGREEMENT = {1: "非常不符合", 2: "不太符合", 3: "一般", 4: "比较符合", 5: "非常符合"}


def _numbered(words: dict[int, str]) -> dict[int, str]:
    """Value labels as that service writes them: `1.男`."""
    return {code: f"{code}.{word}" for code, word in words.items()} | {
        SKIPPED: "(跳过)",
        EMPTY: "(空)",
    }
