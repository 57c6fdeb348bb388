"""A raw export as a plain table: a header row and columns of values, nothing interpreted.

pandas is not imported here: the same reader checks every file before the first job, where its
start-up time would be felt in every run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from pathlib import Path

# Rows turned into columns at a time: few, or Python looks through all columns for garbage again and
# again.
_CHUNK = 500

Value = str | float | int | bool | None | object


class UnreadableFile(ValueError):
    """The file is not what it was said to be; `detail` tells what was found.

    `code` is that of the fault that explains it, `words` what its sentence needs, `file` the name
    of the file where there are two. `phrase` is the key of a sentence in workflow/messages/ that
    says what `detail` says, where there is one.
    """

    file: str | None = None

    def __init__(self, detail: str, code: str = "S102", *, phrase: str = "", **words: str) -> None:
        self.detail = detail
        self.code = code
        self.words = {"detail": detail, **words}
        self.phrases = {"detail": phrase} if phrase else {}
        super().__init__(detail)


def damaged(
    error: BaseException, code: str = "S102", *, phrases: Mapping[str, str], otherwise: str
) -> UnreadableFile:
    """What to say of a file that a reader of another's making gave up on, in whatever way.

    `phrases` tells by which pattern in its words, in lower case, which sentence says the same to
    a user; `otherwise` is the sentence for all other words.

    Readers written in Rust panic with an exception that is no Exception. What somebody else means
    to stop the program by, such as KeyboardInterrupt, is raised again.
    """
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        raise error
    detail = " ".join(str(error).split())[:200] or type(error).__name__
    found = (phrase for pattern, phrase in phrases.items() if re.search(pattern, detail.lower()))
    return UnreadableFile(detail, code, phrase=next(found, otherwise))


@dataclass(frozen=True)
class RawTable:
    """A header and the values under it, column by column; nothing else is known of a column.

    `cells` holds one sequence for each of `columns` (a list; of a large file an Indexed), None
    where a row of the file ends before it, and `row_numbers` the rows of the file, as a person
    counts them. `encoding` is that of a csv file. `labels` are the value labels of a sav file:
    column, value as text, label. `unasked` are what the platform writes where nobody answered.
    """

    columns: list[str]
    cells: Sequence[Sequence[Value]]
    row_numbers: list[int]
    encoding: str = ""
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unasked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lengths = [len(values) for values in self.cells]
        if lengths != [len(self.row_numbers)] * len(self.columns):
            raise ValueError("cells are not one sequence a column, as long as there are rows")

    @classmethod
    def from_rows(
        cls,
        columns: list[str],
        rows: Iterable[Sequence[Value]],
        row_numbers: list[int],
        encoding: str = "",
        labels: Mapping[str, Mapping[str, str]] | None = None,
    ) -> "RawTable":
        """The table of these rows; cells beyond the last column are left out."""
        cells = _transposed(rows, len(columns))
        return cls(columns, cells, row_numbers, encoding, labels or {})

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The rows, each as long as the header: for small tables."""
        return list(zip(*self.cells, strict=True))

    def values(self, column: str) -> Sequence[Value]:
        """The values of one column, of the first of this name; do not change it."""
        return self.cells[self.columns.index(column)]


def read_raw(path: Path, file_format: str | None = None, encoding: str | None = None) -> RawTable:
    """The table alone of what `recognise` finds in a file; see there. Raises UnreadableFile."""
    from grassroots.intake.recognition import recognise

    return recognise(path, file_format, encoding).raw


def _transposed(rows: Iterable[Sequence[Value]], width: int) -> list[list[Value]]:
    """The rows as so many columns, by chunks, so that not all rows are held at once."""
    cells: list[list[Value]] = [[] for _ in range(width)]
    blank = (None,) * width
    rows = iter(rows)
    while chunk := list(islice(rows, _CHUNK)):
        # The blank row makes every chunk as wide as the header.
        for column, values in zip(cells, zip_longest(*chunk, blank), strict=False):
            column.extend(values[:-1])
    return cells


def has_value(value: Value) -> bool:
    """Whether a cell holds anything but blanks."""
    return value is not None and str(value).strip() != ""


def plain_text(value: Value) -> str:
    """A cell as text; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def counted_rows(numbers: Sequence[int]) -> str:
    """How many rows, and their numbers: `2: 5, 9`."""
    return f"{len(numbers)}: {listed_rows(numbers)}"


def listed_rows(numbers: Sequence[int], longest: int = 8) -> str:
    """Row numbers as a message gives them: the first few, and dots if there are more."""
    return ", ".join(map(str, numbers[:longest])) + (" …" if len(numbers) > longest else "")
