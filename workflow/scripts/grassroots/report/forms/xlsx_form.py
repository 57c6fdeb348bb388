"""Excel: a sheet for each table, behind a sheet of contents; numbers are true numbers."""

import datetime
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grassroots.report.forms.archive import repacked
from grassroots.report.forms.inline import Lines, plain
from grassroots.report.forms.printed import FORMULA, PrintedCell, PrintedTable, Section
from grassroots.report.forms.widths import column_widths, width
from grassroots.report.forms.xlsx_numbers import true_number

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Chinese letters come from the reader's own Chinese font, as in Word.
FONT = {"font_name": "Times New Roman", "font_size": 11}
CREATED = datetime.datetime(2000, 1, 1)
THICK, THIN, HAIR = 2, 1, 7
NARROWEST, WIDEST, LINE = 6, 44, 15
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_LOOKS = {
    "i": {"italic": True},
    "b": {"bold": True},
    "sup": {"font_script": 1},
    "sub": {"font_script": 2},
}


def xlsx_bytes(sections: list[Section], title: str, contents: str, mark: str) -> bytes:
    """The workbook; `contents` is the name of its first sheet, `mark` tells of simulated data."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": title, "comments": mark, "created": CREATED})
    writer = _Writer(book)
    names = sheet_names(sections, contents)
    writer.contents(contents, sections, names, title, mark)
    for table, name in zip(_tables(sections), names, strict=True):
        writer.table(table, name)
    book.close()
    return repacked(target.getvalue())


def sheet_names(sections: list[Section], contents: str) -> list[str]:
    """The number of each table as the name of its sheet; without one, its caption."""
    taken = {contents.lower()}
    names = []
    for table in _tables(sections):
        wanted = _NOT_IN_A_NAME.sub(" ", table.label or plain(table.caption))[:31].strip()
        name, again = wanted, 2
        while name.lower() in taken:
            name, again = f"{wanted[:27]} {again}", again + 1
        taken.add(name.lower())
        names.append(name)
    return names


def _tables(sections: list[Section]) -> list[PrintedTable]:
    return [table for section in sections for table in section.tables]


class _Writer:
    """Writes sheets into one workbook, each look made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple, Format] = {}

    def look(self, **properties: Any) -> "Format":
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**FONT, **properties})
        return self._made[key]

    def contents(
        self, name: str, sections: list[Section], names: list[str], title: str, mark: str
    ) -> None:
        """The first sheet: what the study is and a link to every table."""
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, title, self.look(bold=True, font_size=14))
        if mark:
            sheet.write_string(1, 0, mark, self.look(bold=True))
        sheet.fit_to_pages(1, 0)
        row, waiting = 3, iter(names)
        link = self.look(font_color="#00568A", underline=1)
        for section in sections:
            sheet.write_string(row, 0, section.title, self.look(bold=True))
            row += 1
            for table in section.tables:
                target = next(waiting)
                sheet.write_url(row, 0, f"internal:'{target}'!A1", link, target)
                sheet.write_string(row, 1, plain(table.caption), self.look())
                row += 1
            row += 1

    def table(self, table: PrintedTable, name: str) -> None:
        """A sheet: number and caption, the three lines, the note."""
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        widths = [min(max(each, NARROWEST), WIDEST) + 2 for each in column_widths(table)]
        for place, letters in enumerate(widths):
            sheet.set_column(place, place, letters)
        sheet.write_string(0, 0, table.title, self.look(bold=True))
        last = len(table.rows) - 1
        for place, cell in enumerate(table.columns):
            look = {"top": THICK, "bottom": THIN, "valign": "bottom"}
            self._cell(sheet, 1, place, cell, look | _apart(table.columns, place))
        self._height(sheet, 1, table.columns, widths)
        for number, cells in enumerate(table.rows):
            self._height(sheet, number + 2, cells, widths)
            look = {"valign": "top"}
            if number == last:
                look["bottom"] = THICK
            if number in table.rules_before:
                look["top"] = HAIR
            for place, cell in enumerate(cells):
                self._cell(sheet, number + 2, place, cell, look | _apart(cells, place))
        if table.note:
            self._note(sheet, len(table.rows) + 2, widths, table.note)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(0, 1)
        sheet.fit_to_pages(1, 0)
        sheet.set_paper(9)
        if table.dense:
            sheet.set_landscape()

    @staticmethod
    def _height(sheet: "Worksheet", row: int, cells: list[PrintedCell], widths: list[int]) -> None:
        """Room for broken lines: not every program finds it by itself."""
        high = max(_broken(cell.text, room) for cell, room in zip(cells, widths, strict=True))
        if high > 1:
            sheet.set_row(row, LINE * high + 1)

    def _cell(
        self, sheet: "Worksheet", row: int, column: int, cell: PrintedCell, look: dict[str, Any]
    ) -> None:
        look = {**look, "align": "right" if cell.right else "left"}
        found = true_number(plain(cell.text), cell.values)
        if found:
            value, form = found
            sheet.write_number(row, column, value, self.look(**look, num_format=form))
            return
        look["text_wrap"] = True
        if cell.text and cell.text[0].indented:
            look["indent"] = 1
        if not cell.text:
            sheet.write_blank(row, column, None, self.look(**look))
            return
        if plain(cell.text).startswith(FORMULA):
            # Text already; the mark keeps it text when somebody edits the cell.
            look["quote_prefix"] = True
        self._text(sheet, row, column, cell.text, self.look(**look))

    def _text(self, sheet: "Worksheet", row: int, column: int, text: Lines, look: "Format") -> None:
        fragments = self._fragments(text)
        if any(style for _, style in fragments) and len(fragments) > 1:
            parts = [part for words, style in fragments for part in (self._run(style), words)]
            sheet.write_rich_string(row, column, *parts, look)
        else:
            sheet.write_string(row, column, plain(text, "\n"), look)

    def _run(self, styles: frozenset[str]) -> "Format":
        properties: dict[str, Any] = {}
        for style in sorted(styles):
            properties |= _LOOKS[style]
        return self.look(**properties)

    @staticmethod
    def _fragments(text: Lines) -> list[tuple[str, frozenset[str]]]:
        found: list[tuple[str, frozenset[str]]] = []
        for number, line in enumerate(text):
            for place, run in enumerate(line.runs):
                start = "\n" if number and not place else ""
                found.append((start + run.text, run.styles))
        return found

    def _note(self, sheet: "Worksheet", row: int, widths: list[int], note: Lines) -> None:
        look = self.look(text_wrap=True, valign="top", font_size=9)
        across = sum(widths)
        while across < 60:
            widths = [*widths, 9]
            across += 9
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", look)
        sheet.set_row(row, 12.5 * _broken(note, int(across * 1.15)) + 3)
        self._text(sheet, row, 0, note, look)


def _apart(cells: Sequence[PrintedCell], place: int) -> dict[str, Any]:
    """Words that stand right of a number keep off it."""
    beside = place > 0 and cells[place - 1].right and not cells[place].right
    return {"indent": 1} if beside else {}


def _broken(text: Lines, room: int) -> int:
    """How many lines a text takes in a column; one if it is empty."""
    return max(sum(-(-width(line) // room) for line in text), 1)
