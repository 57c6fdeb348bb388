"""What every form of a table is made from: the text that the page shows, and the values behind."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from grassroots.report.forms.inline import Lines, lines, plain
from grassroots.report.page import Edition, flat
from grassroots.report.tables import Table

DENSE = 8
# A whole cell that is one number and nothing else; a reader of the file may compute with it.
NUMBER = re.compile("−(?=[0-9.])(?=[0-9]*[.]?[0-9]*%?$)")
# What a spreadsheet takes for the start of a formula, in both widths.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class PrintedCell:
    """What is printed and the full values behind it; `right`: it stands at the right edge."""

    text: Lines
    values: tuple[str, ...] = ()
    right: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """A table with its number, and with its notes as one text, the simulated mark among them."""

    name: str
    label: str
    caption: Lines
    columns: list[PrintedCell]
    rows: list[list[PrintedCell]]
    rules_before: frozenset[int]
    note: Lines

    @property
    def dense(self) -> bool:
        """Whether there are too many columns for an upright page."""
        return len(self.columns) > DENSE

    @property
    def file(self) -> str:
        """The name as part of the name of a file or of a label."""
        return re.sub(r"[^A-Za-z0-9_.-]", "-", self.name)

    @property
    def title(self) -> str:
        """Number and caption without looks."""
        return f"{self.label} {plain(self.caption)}".strip()


@dataclass(frozen=True)
class Section:
    """The tables of one chapter."""

    title: str
    tables: list[PrintedTable]


def printed_sections(edition: Edition) -> list[Section]:
    """The chapters that have tables, in the order of the page, the verdicts before them."""
    words = edition.view.words
    found = []
    if edition.verdict_table:
        title = plain(lines(words("chapter.answer")))
        found.append(Section(title, [_printed(edition, edition.verdict_table, "")]))
    for title, blocks in edition.sections:
        tables = [
            _printed(edition, block, plain(lines(edition.labels[f"table-{block.name}"])))
            for block in flat(blocks)
            if isinstance(block, Table)
        ]
        if tables:
            found.append(Section(plain(lines(title)), tables))
    return found


def _printed(edition: Edition, table: Table, label: str) -> PrintedTable:
    numeric = [column.numeric for column in table.columns]
    return PrintedTable(
        table.name,
        label,
        lines(table.caption),
        [PrintedCell(lines(column.title), right=column.numeric) for column in table.columns],
        [
            [
                PrintedCell(lines(cell.text), cell.values, bool(right or cell.values) and place > 0)
                for place, (cell, right) in enumerate(zip(row, numeric, strict=True))
            ]
            for row in table.rows
        ],
        frozenset(table.rules_before),
        _note(edition, table),
    )


def _note(edition: Edition, table: Table) -> Lines:
    """The notes as the page runs them together, behind the word for note."""
    notes = edition.notes(table)
    if not notes:
        return ()
    words = edition.view.words
    opening = Markup("<i>{}</i>" if edition.view.language == "en" else "{}")
    text = Markup(words("sentence.space")).join(notes)
    return lines(opening.format(words("note.word")) + text)


def bare(cell: PrintedCell) -> str:
    """A cell for a file of plain text.

    A lone number has the hyphen that programs read as minus; a quote stands before whatever a
    spreadsheet would take for a formula.
    """
    text = plain(cell.text)
    if NUMBER.match(text):
        return text.replace("−", "-", 1)
    return f"'{text}" if text.startswith(FORMULA) else text
