"""Multivariate normality of the items of each scale."""

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.tables import Table
from grassroots.report.view import View

KINDS = {
    "n_items": "count",
    "n": "count",
    "skewness": "statistic",
    "chi2": "statistic",
    "df": "df",
    "p": "p",
    "kurtosis": "statistic",
    "z": "statistic",
    "z_p": "p",
}
HEADS = {"skewness": "mardia_skewness", "kurtosis": "mardia_kurtosis", "z_p": "p"}


def normality_blocks(view: View) -> list[Block]:
    """Mardia's tests: what they say of the maximum-likelihood results that follow."""
    rows = [row for row in view.tables.rows("normality") if row["skewness"]]
    words, cell = view.words, view.cell
    if not rows:
        return []
    away = [row for row in rows if min(number(row["p"]), number(row["z_p"])) < view.alpha]
    how = "all" if len(away) == len(rows) else "some" if away else "none"
    values = {"count": view.n("count", len(away)), "all": view.n("count", len(rows))}
    columns = [view.column("scale", numeric=False)]
    columns += [view.column(HEADS.get(key, key)) for key in KINDS]
    body = [
        [
            cell.words(view.titles.name(row["scale"])),
            *(cell.number(kind, row[key]) for key, kind in KINDS.items()),
        ]
        for row in rows
    ]
    notes = [words("note.normality")]
    caption = words("table.normality")
    table = Table("normality", caption, columns, body, notes, "tables/normality.csv")
    return [Paragraph(words(f"normality.{how}", **values)), table]
