"""Answers of several options in one cell: taken apart into a column for each option.

That is how the exports by number have them already, so that a codebook names the same columns
whichever export there is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from grassroots.intake.indexed import Indexed, Texts, distinct
from grassroots.intake.reading import Value, has_value

CHOSEN, RANKED, WRITTEN = MARKS = ("┋", "→", "〖")

# What somebody wrote beside an option is free text about a person: it is cut off.
_WRITTEN = re.compile(rf"〖.*?(?:〗(?=\s*(?:[{CHOSEN}{RANKED}]|$))|$)", re.DOTALL)

# More options than any question has: then the cells hold something else.
_MOST_OPTIONS = 80


def has_mark(values: Sequence[Value], mark: str) -> bool:
    """Whether any of the values has the mark in it."""
    if isinstance(values, Texts):
        return values.has(mark)
    # Distinct values are few, however many people answered; which of them occur takes longer.
    if isinstance(values, Indexed) and not _any_marked(values.found, mark):
        return False
    return _any_marked(distinct(values), mark)


def _any_marked(values: Iterable[Value], mark: str) -> bool:
    return any(isinstance(value, str) and mark in value for value in values)


def without_written(values: Sequence[Value]) -> tuple[list[Value], int]:
    """The values without what stands in 〖〗, and how many of them had any."""
    marked = [isinstance(value, str) and WRITTEN in value for value in values]
    cleaned = [
        _WRITTEN.sub("", str(value)) if has else value
        for value, has in zip(values, marked, strict=True)
    ]
    return cleaned, sum(marked)


def options_of(
    values: Sequence[Value], mark: str, unasked: Sequence[str] = ()
) -> dict[str, list[Value]]:
    """Option: one value a row, in the order in which the options first occur.

    Chosen options give 1, others 0; with the mark of a ranking an option gives its place, or None
    where it was not ranked. A row without an answer is None throughout. Empty if there are too
    many different parts to be options.
    """
    parts = [
        _parts(str(value), mark) if has_value(value) and str(value).strip() not in unasked else None
        for value in values
    ]
    options = dict.fromkeys(option for row in parts if row for option in row)
    if len(options) > _MOST_OPTIONS:
        return {}
    absent = None if mark == RANKED else 0
    found: dict[str, list[Value]] = {option: [] for option in options}
    for row in parts:
        for option, column in found.items():
            if row is None:
                column.append(None)
            elif option in row:
                column.append(row.index(option) + 1 if mark == RANKED else 1)
            else:
                column.append(absent)
    return found


def is_list_of_codes(values: Sequence[Value], mark: str) -> bool:
    """Whether cells hold several codes from a short list, such as `a c` or `1,3`.

    Codes have no blanks, stand at most once in a cell, and recur: that is what tells them from
    words that somebody wrote.
    """
    if not has_mark(values, mark):
        return False
    cells = [_parts(str(value), mark) for value in values if has_value(value)]
    seen = Counter(part for cell in cells for part in cell)
    return (
        any(len(cell) > 1 for cell in cells)
        and all(re.fullmatch(r"[\w.-]{1,40}", part) for part in seen)
        and all(len(set(cell)) == len(cell) for cell in cells)
        and len(seen) <= min(_MOST_OPTIONS, max(3, len(cells) // 2))
        and min(seen.values()) > 1
    )


def _parts(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]
