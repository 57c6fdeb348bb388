"""The models computed again: how far other programs' numbers are from ours."""

from grassroots.report.blocks import Chapter, Paragraph
from grassroots.report.records import Row
from grassroots.report.tables import Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter | None:
    """None if no model was declared, or no other program could compute one."""
    rows = view.tables.rows("cross_check_summary")
    if not rows:
        return None
    paragraph = Paragraph(view.words("cross_check.lead"))
    return Chapter(
        "cross_check", view.words("chapter.cross_check"), [paragraph, _table(view, rows)]
    )


def _what(view: View, model: str) -> str:
    """What was computed again: a model by its title, or all tests of means together."""
    if model == "group_differences":
        return view.words.plain("cross_check.group_differences")
    return view.titles.name(model)


def _table(view: View, rows: list[Row]) -> Table:
    words, cell = view.words, view.cell
    columns = [
        view.column("model", numeric=False),
        view.column("program", numeric=False),
        view.column("n_compared"),
        view.column("largest_difference"),
    ]
    body = [
        [
            cell.words(_what(view, row["model"])),
            cell.words(row["program"]),
            cell.number("count", row["n_compared"]),
            cell.number("magnitude", row["difference"]),
        ]
        for row in rows
    ]
    caption = words("table.cross_check")
    notes = [words("note.cross_check")]
    return Table("cross_check", caption, columns, body, notes, "tables/cross_check.csv")
