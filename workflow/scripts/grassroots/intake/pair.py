"""The two exports of one Wenjuanxing survey, by text and by number, joined to one table.

An answer that is a word in the one and a number in the other becomes the number, with the word as
its label, as in an SPSS file: a codebook can then name either. Which of the two files is by number
is seen from their content.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from grassroots.intake.export import Export
from grassroots.intake.indexed import rows_of
from grassroots.intake.multiple import CHOSEN, RANKED
from grassroots.intake.reading import (
    RawTable,
    UnreadableFile,
    Value,
    counted_rows,
    has_value,
    listed_rows,
    plain_text,
)
from grassroots.intake.recognition import recognise, share_of_numbers
from grassroots.intake.wenjuanxing import SUBMITTED, UNASKED, sent_on

# More words than any question has as its answers: then they are what somebody wrote.
_MOST_WORDS = 60
_CODE = re.compile(r"-?\d{1,4}")


def read_export(files: Sequence[Path], plan: Mapping[str, Any]) -> Export:
    """The file of a dataset, or its two files joined, as its plan says (study/sections.py)."""
    stated = {key: plan.get(key) for key in ("format", "encoding")}
    keep = bool(plan.get("keep_unfinished"))
    if len(files) == 1:
        return recognise(files[0], stated["format"], stated["encoding"], keep)
    return recognise_pair(files[0], files[1], plan["joined_on"], **stated)


def recognise_pair(
    path: Path,
    by_number: Path,
    joined_on: str,
    format: str | None = None,
    encoding: str | None = None,
) -> Export:
    """Read both files and join their rows by the values of one column.

    Rows that occur in one file only are left out and named in the notes: `only_first`,
    `only_second`. Row numbers are those of the first file. Raises UnreadableFile, also if the
    column is missing or has a value twice, or if rows of one value were sent on different days.
    """
    first = recognise(path, format, encoding)
    try:
        second = recognise(by_number)
    except UnreadableFile as error:
        error.file = by_number.name
        raise
    rows_first = _rows_by_key(first.raw, joined_on, path.name)
    rows_second = _rows_by_key(second.raw, joined_on, by_number.name)
    both = [(row, rows_second[key]) for key, row in rows_first.items() if key in rows_second]
    notes = {**first.notes, **second.notes}
    for note, table, rows, others in (
        ("only_first", first.raw, rows_first, rows_second),
        ("only_second", second.raw, rows_second, rows_first),
    ):
        alone = [table.row_numbers[row] for key, row in rows.items() if key not in others]
        if alone:
            notes[note] = counted_rows(alone)
    a = _chosen(first.raw, [row for row, _ in both])
    b = _chosen(second.raw, [row for _, row in both])
    _refuse_other_survey(a, b, path.name, by_number.name)
    shares = [share_of_numbers(each.raw, each.questions) for each in (first, second)]
    if shares[0] > shares[1]:
        words, numbers = (b, second), (a, first)
    else:
        words, numbers = (a, first), (b, second)
    joined = _joined(words[0], numbers[0])
    return replace(
        words[1],
        raw=replace(joined, row_numbers=a.row_numbers),
        variant="by text and by number",
        questions={**numbers[1].questions, **words[1].questions},
        matrices={**numbers[1].matrices, **words[1].matrices},
        ignored={**numbers[1].ignored, **words[1].ignored},
        notes=notes,
    )


def _rows_by_key(table: RawTable, column: str, file: str) -> dict[str, int]:
    """Value of the column: the place of its row."""
    if column not in table.columns:
        raise UnreadableFile(
            f'{file} has no column "{column}" to join on', "S126", column=column, file=file
        )
    rows: dict[str, int] = {}
    repeated = []
    for place, value in enumerate(table.values(column)):
        if plain_text(value) in rows or not has_value(value):
            repeated.append(table.row_numbers[place])
        rows[plain_text(value)] = place
    if repeated:
        numbers = listed_rows(repeated)
        detail = f'"{column}" of {file} is empty or stands there before: rows {numbers}'
        raise UnreadableFile(detail, "S127", column=column, file=file, rows=numbers)
    return rows


def _chosen(table: RawTable, rows: Sequence[int]) -> RawTable:
    cells = [rows_of(values, rows) for values in table.cells]
    return replace(table, cells=cells, row_numbers=[table.row_numbers[row] for row in rows])


def _refuse_other_survey(a: RawTable, b: RawTable, first: str, second: str) -> None:
    if not a.row_numbers:
        raise UnreadableFile(
            "the two files share no row", "S128", first=first, second=second, rows="-"
        )
    if SUBMITTED not in a.columns or SUBMITTED not in b.columns:
        return
    days = zip(a.values(SUBMITTED), b.values(SUBMITTED), a.row_numbers, strict=True)
    other = [number for x, y, number in days if sent_on(x) != sent_on(y)]
    if other:
        numbers = listed_rows(other)
        detail = f"the same rows of {first} and {second} were sent on different days: {numbers}"
        raise UnreadableFile(detail, "S128", first=first, second=second, rows=numbers)


def _joined(words: RawTable, numbers: RawTable) -> RawTable:
    """All columns of the first, then those that only the second has."""
    columns, cells, labels = [], [], {}
    for column, spoken in zip(words.columns, words.cells, strict=True):
        columns.append(column)
        coded = numbers.values(column) if column in numbers.columns else None
        own = _labels(spoken, coded) if coded is not None else {}
        cells.append(coded if own and coded is not None else spoken)
        if own:
            labels[column] = own
    for column, coded in zip(numbers.columns, numbers.cells, strict=True):
        if column not in words.columns:
            columns.append(column)
            cells.append(coded)
    return replace(words, columns=columns, cells=cells, labels=labels)


def _labels(spoken: Sequence[Value], coded: Sequence[Value]) -> dict[str, str]:
    """Code: word, if the numbers are codes of the words; else nothing."""
    labels: dict[str, str] = {}
    for word, code in dict.fromkeys(zip(spoken, coded, strict=True)):
        text, digits = plain_text(word), plain_text(code)
        if _nothing(text) or _nothing(digits):
            if _nothing(text) != _nothing(digits):
                return {}
            continue
        if not _CODE.fullmatch(digits) or labels.setdefault(digits, text) != text:
            return {}
        if CHOSEN in text or RANKED in text:
            return {}
    all_numbers = all(text == digits for digits, text in labels.items())
    return {} if all_numbers or len(labels) > _MOST_WORDS else labels


def _nothing(text: str) -> bool:
    return text == "" or text in UNASKED
