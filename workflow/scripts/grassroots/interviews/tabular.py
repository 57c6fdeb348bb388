"""Coded passages in tables: the project's own form, Taguette's highlights, QualCoder's report.

The columns of Taguette's export are those of `taguette/export.py` (id, document, tag, content; one
row a tag), those of QualCoder's coding report are `File` or `Case`, `Coder`, `Coded`, `Id`,
`Codename`; both programs write csv and xlsx.
"""

from collections.abc import Callable, Mapping

from grassroots.intake.personal import masked, may_name
from grassroots.intake.reading import RawTable, has_value
from grassroots.interviews.passages import CodedFile, Passage, UnreadableInterviews

Record = Mapping[str, str]

OWN = ("interview", "code", "theme", "level", "coder", "excerpt", "reviewed")
TAGUETTE = ("id", "document", "tag", "content")
QUALCODER = ("Coder", "Coded", "Id", "Codename")


def read_table(raw: RawTable) -> CodedFile:
    """The passages of a table, whose form its columns tell; UnreadableInterviews if none does."""
    columns = set(raw.columns)
    if columns >= set(OWN):
        return CodedFile("csv", _passages(raw, _own))
    if columns >= set(TAGUETTE):
        return CodedFile("taguette", _passages(raw, _taguette))
    if columns >= set(QUALCODER) and columns & {"File", "Case"}:
        return CodedFile("qualcoder", _passages(raw, _qualcoder))
    # A file without a header has a passage in its first row.
    shown = ["[may be a name]" if may_name(name) else masked(name)[:40] for name in raw.columns]
    columns = ", ".join(shown)
    raise UnreadableInterviews(f"the columns are {columns}", "interview_columns", columns=columns)


def _passages(raw: RawTable, make: Callable[[Record, str], Passage | None]) -> list[Passage]:
    found = []
    for row, number in zip(raw.rows, raw.row_numbers, strict=True):
        values = [_text(value) for value in row]
        # Reversed: of columns with one name (QualCoder's categories) the first counts.
        record = dict(zip(reversed(raw.columns), reversed(values), strict=True))
        passage = make(record, f"row {number}")
        if passage:
            found.append(passage)
    return found


def _own(row: Record, place: str) -> Passage:
    """A column `segment` tells passages apart where their texts do not."""
    return Passage(
        place,
        row["interview"],
        row["code"],
        row["coder"],
        row["excerpt"],
        row.get("segment") or row["excerpt"] or place,
        row["theme"],
        row["level"],
        row["reviewed"],
    )


def _taguette(row: Record, place: str) -> Passage | None:
    """A highlight without a tag is not coded; Taguette does not say who coded."""
    if not row["tag"]:
        return None
    return Passage(place, row["document"], row["tag"], "", row["content"], row["id"])


def _qualcoder(row: Record, place: str) -> Passage | None:
    """Coded images and sounds (ids imid: and avid:) have no text and are passed over."""
    if row["Id"] and not row["Id"].startswith("ctid:"):
        return None
    interview = row.get("Case") or row.get("File") or ""
    text = row["Coded"]
    return Passage(place, interview, row["Codename"], row["Coder"], text, text or place)


def _text(value: object) -> str:
    """A cell as text: a whole number that Excel made of an id without its decimals."""
    if not has_value(value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
