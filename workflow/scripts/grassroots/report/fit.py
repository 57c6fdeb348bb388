"""The table and the sentence of model fit, shared by measurement and structural models."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, declared, reported
from grassroots.report.study_words import planned
from grassroots.report.tables import Table
from grassroots.report.view import View

# Respondents for each estimated parameter, below which estimates are not to be relied on: the lower
# of the two ratios of Bentler and Chou (1987).
FEWEST_A_PARAMETER = 5

KINDS = {
    "n": "count",
    "chi2": "statistic",
    "df": "df",
    "p": "p",
    "cfi": "fit",
    "tli": "fit",
    "srmr": "fit",
    "aic": "criterion",
    "bic": "criterion",
}


def fit_blocks(view: View, name: str) -> list[Block]:
    """A sentence for each model as it is reported, or why it was not fitted, and the table."""
    rows = declared(view.tables.rows(name))
    if not rows:
        return []
    # Of an exploratory model that was fitted the table tells all.
    told = [row for row in reported(rows) if row in planned(view.study, rows) or not row["chi2"]]
    blocks: list[Block] = [Paragraph(fit_sentence(view, row)) for row in told]
    fitted = [row for row in rows if row.get("chi2")]
    return [*blocks, _table(view, name, fitted)] if fitted else blocks


def fit_sentence(view: View, row: Row) -> Markup:
    """The fit of one model, or why it has none."""
    words = view.words
    model = view.titles.name(row["model"].partition("@")[0])
    status = row.get("status") or "ok"
    if status != "ok" or not row.get("chi2"):
        reason = words.either(f"status.{status}", status)
        return words("fit.failed", model=model, estimator=row["estimator"], reason=reason)
    return words(
        "fit.sentence",
        model=model,
        estimator=row["estimator"],
        df=view.n("df", row["df"]),
        n=view.equals("N", "count", row["n"]),
        chi2=view.n("statistic", row["chi2"]),
        p=view.equals("p", "p", row["p"]),
        cfi=view.n("fit", row["cfi"]),
        tli=view.n("fit", row["tli"]),
        rmsea=view.n("fit", row["rmsea"]),
        rmsea_interval=view.interval("fit", row["rmsea_low"], row["rmsea_high"]),
        srmr=view.n("fit", row["srmr"]),
        judgement=words(f"fit.judgement.{judgement(row)}"),
    )


def _small_samples(view: View, rows: list[Row]) -> list[Markup]:
    """The models whose parameters rest on few respondents each; nothing where there is none."""
    small = {
        row["model"]: view.words(
            "fit.small",
            model=view.titles.name(row["model"]),
            n=view.equals("N", "count", row["n"]),
            parameters=view.n("count", row["npar"]),
        )
        for row in rows
        if number(row["n"]) < FEWEST_A_PARAMETER * number(row["npar"])
    }
    if not small:
        return []
    return [view.words("note.fit.small", models=view.words.both(list(small.values())))]


def judgement(row: Row) -> str:
    """How many of the usual limits are met: CFI .95, RMSEA .06, SRMR .08 (Hu & Bentler 1999)."""
    met = [
        number(row["cfi"]) >= 0.95,
        number(row["rmsea"]) <= 0.06,
        number(row["srmr"]) <= 0.08,
    ]
    return "all" if all(met) else "some" if any(met) else "none"


def _table(view: View, name: str, rows: list[Row]) -> Table:
    cell = view.cell
    columns = [view.column("model", numeric=False), view.column("estimator", numeric=False)]
    body = []
    for row in rows:
        cells = [cell.words(view.titles.name(row["model"])), cell.words(row["estimator"])]
        for key, kind in KINDS.items():
            cells.append(cell.number(kind, row[key]))
            if key == "tli":
                cells.append(cell.number("fit", row["rmsea"]))
                cells.append(cell.interval("fit", row["rmsea_low"], row["rmsea_high"]))
        body.append(cells)
    for key in KINDS:
        columns.append(view.column(key))
        if key == "tli":
            columns += [view.column("rmsea"), view.column("rmsea_interval")]
    notes = [view.words("note.fit"), *_small_samples(view, rows)]
    return Table(name, view.words(f"table.{name}"), columns, body, notes, f"tables/{name}.csv")
