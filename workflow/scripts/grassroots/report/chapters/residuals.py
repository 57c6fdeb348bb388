"""Whether the residuals of the regressions look as least squares supposes."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct
from grassroots.report.tables import Cell, Table
from grassroots.report.view import View

FILE = "tables/regression_diagnostics.csv"
# How the statistic of each check is printed.
KINDS = {"shapiro_wilk": "fit"}
TESTS = ("breusch_pagan", "shapiro_wilk", "jarque_bera")
# A distance from here on is a case that decides much of the result by itself.
COOK = 1.0


def residual_blocks(view: View) -> list[Block]:
    """For the last step of each regression: what the checks say, the figure, the table."""
    last = _last_steps(view.tables.rows("regression_diagnostics"))
    if not last:
        return []
    blocks: list[Block] = [Paragraph(_sentence(view, model, rows)) for model, rows in last.items()]
    points = view.tables.rows("regression_residuals", kind="bin")
    behind = [int(row["n"]) for row in points if row["n"]]
    if behind:
        note = view.words("note.figure.residuals", n=view.n("count", min(behind)))
        caption, data = view.words("figure.residuals"), "tables/regression_residuals.csv"
        blocks += view.figure("residuals", caption, note, data)
    return [*blocks, _table(view, last)]


def _last_steps(rows: list[Row]) -> dict[str, list[Row]]:
    """Model: the checks of its last step."""
    found = {}
    for model in distinct(rows, "model") if rows else []:
        own = [row for row in rows if row["model"] == model]
        step = max(int(row["step"]) for row in own)
        found[model] = [row for row in own if int(row["step"]) == step]
    return found


def _sentence(view: View, model: str, rows: list[Row]) -> Markup:
    words = view.words
    by_check = {row["check"]: row for row in rows}
    parts = [words("residuals.model", model=view.titles.name(model))]
    for check in ("breusch_pagan", "shapiro_wilk"):
        row = by_check.get(check, {})
        if row.get("p"):
            how = "against" if number(row["p"]) < view.alpha else "for"
            parts.append(words(f"residuals.{check}.{how}", p=view.equals("p", "p", row["p"])))
    cook = by_check.get("max_cook", {}).get("statistic")
    if cook:
        how = "large" if number(cook) >= COOK else "small"
        parts.append(words(f"residuals.cook.{how}", value=view.n("r", cook)))
    return Markup(words("sentence.space")).join(parts)


def _table(view: View, models: dict[str, list[Row]]) -> Table:
    words, cell = view.words, view.cell
    columns = [view.column("model", numeric=False), view.column("check", numeric=False)]
    columns += [view.column(key) for key in ("value", "df", "p", "n")]
    body: list[list[Cell]] = []
    starts: list[int] = []
    for model, rows in models.items():
        starts += [len(body)] if body else []
        for index, row in enumerate(rows):
            body.append(
                [
                    cell.words(view.titles.name(model) if index == 0 else ""),
                    cell.words(_check(view, row)),
                    cell.number(KINDS.get(row["check"], "statistic"), row["statistic"]),
                    cell.number("df", row["df"]) if row["df"] else cell.words(""),
                    cell.number("p", row["p"]) if row["check"] in TESTS else cell.words(""),
                    cell.number("count", row["n"]),
                ]
            )
    notes = [words("note.residuals")]
    caption = words("table.residuals")
    return Table("regression-checks", caption, columns, body, notes, FILE, tuple(starts))


def _check(view: View, row: Row) -> str | Markup:
    name = view.words(f"check.{row['check']}")
    if not row.get("term"):
        return name
    variable, level = view.titles.term(row["term"])
    term = view.words("term.category", variable=variable, level=level) if level else variable
    return Markup("{} <small>{}</small>").format(name, term)
