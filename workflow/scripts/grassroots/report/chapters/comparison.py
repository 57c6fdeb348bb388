"""Measurement models against simpler ones."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, reported
from grassroots.report.tables import Table
from grassroots.report.view import View

FIT = {
    "chi2": "statistic",
    "df": "df",
    "cfi": "fit",
    "tli": "fit",
    "rmsea": "fit",
    "srmr": "fit",
}
DIFFERENCE = {
    "delta_chi2": "statistic",
    "delta_df": "df",
    "delta_p": "p",
    "delta_cfi": "fit",
    "delta_rmsea": "fit",
}


def comparison_blocks(view: View) -> list[Block]:
    """For each compared model what the tests say, and its table; by the reported estimator."""
    rows = reported(view.tables.rows("cfa_comparison"))
    blocks: list[Block] = []
    for model in distinct(rows, "model"):
        own = [row for row in rows if row["model"] == model]
        blocks += [Paragraph(_sentences(view, model, own)), _table(view, model, own)]
    return blocks


def _sentences(view: View, model: str, rows: list[Row]) -> Markup:
    """Which alternatives fit significantly worse, which do not, which could not be tested."""
    words = view.words
    alternatives = [row for row in rows if row["alternative"] != "declared"]
    tested = [row for row in alternatives if row["delta_p"]]
    groups = {
        "worse": [row for row in tested if number(row["delta_p"]) < view.alpha],
        "no_worse": [row for row in tested if number(row["delta_p"]) >= view.alpha],
    }
    sentences = [
        words(
            f"comparison.{name}",
            model=view.titles.name(model),
            alternatives=words.both([_named_test(view, row) for row in own]),
            alpha=view.equals_alpha(),
        )
        for name, own in groups.items()
        if own
    ]
    for row in alternatives:
        if row not in tested:
            failed = row["delta_status"] == "no_model"
            status = row["status"] if failed and not row["chi2"] else row["delta_status"]
            reason = words.either(f"status.{status}", status)
            named = named_alternative(view, row)
            sentences.append(words("comparison.untested", alternative=named, reason=reason))
    return Markup(words("sentence.space")).join(sentences)


def _named_test(view: View, row: Row) -> Markup:
    return view.words(
        "comparison.test",
        alternative=named_alternative(view, row),
        df=view.n("df", row["delta_df"]),
        chi2=view.n("statistic", row["delta_chi2"]),
        p=view.equals("p", "p", row["delta_p"]),
    )


def named_alternative(view: View, row: Row) -> str:
    """An alternative in words; merged factors by their names."""
    kind, _, factors = row["alternative"].partition(":")
    if kind != "merged":
        return view.words.plain(f"alternative.{kind}")
    named = [view.titles.within(factor) for factor in factors.split("+")]
    return view.words.plain("alternative.merged", factors=view.words.both(named))


def _table(view: View, model: str, rows: list[Row]) -> Table:
    words, cell = view.words, view.cell
    kinds = FIT | DIFFERENCE
    columns = [view.column("model", numeric=False), *(view.column(key) for key in kinds)]
    body = []
    for row in rows:
        first = row["alternative"] == "declared"
        name = view.titles.name(model) if first else named_alternative(view, row)
        cells = [cell.words(name[:1].upper() + name[1:])]
        for key, kind in kinds.items():
            blank = first and key in DIFFERENCE
            cells.append(cell.words("") if blank else cell.number(kind, row[key]))
        body.append(cells)
    scaled = rows[0]["estimator"] == "MLR"
    notes = [words("note.comparison.scaled" if scaled else "note.comparison")]
    notes.append(words("note.comparison.nested"))
    caption = words(
        "table.comparison",
        model=view.titles.name(model),
        estimator=rows[0]["estimator"],
        n=view.equals("N", "count", rows[0]["n"]),
    )
    name = f"comparison-{model}"
    return Table(name, caption, columns, body, notes, "tables/cfa_comparison.csv")
