"""What a platform's export says of its columns, beside the answers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Shape:
    """The headers with which answers are called, and what is known of the columns.

    `columns` are as many as the file has; `questions` say what each asks; `matrices` name the
    question that a column is a row of; `meta` gives the columns of duration, submitted and address;
    `ignored` the columns that are no question, with the reason; `header_rows` counts the rows
    that are not answers; `unasked` are what the platform writes where nobody answered; `preview`
    and `unfinished` name a column and the texts that mark such a row; `span` are the columns of the
    times of beginning and end where no column says how long it took.
    """

    columns: list[str]
    questions: Mapping[str, str] = field(default_factory=dict)
    matrices: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    header_rows: int = 1
    unasked: tuple[str, ...] = ()
    preview: tuple[str, frozenset[str]] | None = None
    unfinished: tuple[str, frozenset[str]] | None = None
    span: tuple[str, str] | None = None


def roles(columns: list[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Role: the first of its known headers that the file has."""
    lower = {column.lower(): column for column in reversed(columns)}
    found = {
        role: next((lower[name.lower()] for name in names if name.lower() in lower), "")
        for role, names in known.items()
    }
    return {role: column for role, column in found.items() if column}


def unique(columns: list[str]) -> list[str]:
    """The headers, each of several equal ones with its place among them: `x (1)`, `x (2)`."""
    total = Counter(columns)
    taken = set(columns)
    places: dict[str, int] = dict.fromkeys(columns, 0)
    result = []
    for column in columns:
        name = column
        while total[column] > 1 and name in taken:
            places[column] += 1
            name = f"{column} ({places[column]})"
        taken.add(name)
        result.append(name)
    return result
