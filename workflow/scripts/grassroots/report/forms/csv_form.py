"""CSV: caption, header, rows and note of a table as the page prints them.

The file begins with a byte order mark, without which Excel takes Chinese for another encoding. Full
precision is in the result tables, which the page links beside each table.
"""

import csv
import io

from grassroots.report.forms.archive import packed
from grassroots.report.forms.inline import plain
from grassroots.report.forms.printed import PrintedTable, Section, bare


def csv_text(table: PrintedTable) -> str:
    """One table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([table.title])
    writer.writerows([bare(cell) for cell in row] for row in [table.columns, *table.rows])
    if table.note:
        writer.writerow([plain(table.note)])
    return text.getvalue()


def csv_archive(sections: list[Section]) -> bytes:
    """Every table as a file of its own, numbered in the order of the page."""
    tables = [table for section in sections for table in section.tables]
    return packed(
        {
            f"{number:02d}-{table.file}.csv": csv_text(table).encode("utf-8-sig")
            for number, table in enumerate(tables, 1)
        }
    )
