"""What has moved since an earlier run that the configuration names."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Folded, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row
from grassroots.report.tables import Cell, Table
from grassroots.report.view import View

# The tables that a reader's conclusions rest on; what moved elsewhere stands in the file.
CONCLUSIONS = ("hypotheses", "claims", "recommendations")
LONGEST = 40


def chapter(view: View) -> Chapter | None:
    """None if no earlier run was named."""
    if not view.tables.has("changes"):
        return None
    rows, words = view.tables.rows("changes"), view.words
    title = words("chapter.verification")
    if not rows:
        return Chapter("verification", title, [Paragraph(words("changes.none"))])
    verdicts = [row for row in rows if row["column"] in ("verdict", "state")]
    blocks: list[Block] = [
        Paragraph(words("changes.lead", n=view.n("count", len(rows)), tables=_tables(view, rows))),
        Paragraph(words("changes.verdicts" if verdicts else "changes.no_verdict")),
    ]
    if verdicts:
        blocks.append(_table(view, "changed-verdicts", verdicts))
    largest = sorted(rows, key=lambda row: (row["table"] not in CONCLUSIONS, -_size(row)))
    table = _table(view, "changes", largest[:LONGEST])
    return Chapter("verification", title, [*blocks, Folded(words("fold.changes"), [table])])


def _size(row: Row) -> float:
    """How much a number moved; what is new, gone or a word comes first."""
    relative = number(row["relative"])
    return abs(relative) if relative == relative else float("inf")


def _tables(view: View, rows: list[Row]) -> Markup:
    return view.words.sequence(sorted({row["table"] for row in rows}))


def _table(view: View, name: str, rows: list[Row]) -> Table:
    columns = [
        view.column("moved", numeric=False),
        view.column("before"),
        view.column("after"),
        view.column("relative_change"),
    ]
    body = [
        [
            view.cell.words(" | ".join([row["table"], row["row"], row["column"]])),
            _value(view, row["before"]),
            _value(view, row["after"]),
            view.cell.number("proportion", row["relative"]),
        ]
        for row in rows
    ]
    notes = [view.words("note.changes")]
    return Table(name, view.words(f"table.{name}"), columns, body, notes, "data/changes.csv")


def _value(view: View, text: str) -> Cell:
    """A number with six digits, a word as it stands, a dash for what is not there."""
    if number(text) == number(text):
        return view.cell.number("plain", text)
    return view.cell.words(text or view.words.plain("changes.absent"))
