"""Hierarchical regressions: the steps side by side, and the coefficients in full."""

from collections.abc import Mapping

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View

INTERCEPT = "intercept"
# From here on a variance inflation factor is large by custom (Hair et al. 2010).
VIF = 10
# Rows below the coefficients of the steps: column of the fit table, kind of number.
FIT_ROWS = {"r2": "r", "r2_adjusted": "r", "delta_r2": "r"}


def regression_blocks(view: View) -> list[Block]:
    """The coefficient figure, then for each model its sentences and tables."""
    rows = view.tables.rows("regression")
    blocks: list[Block] = []
    if any(row["beta"] for row in rows):
        note = view.words("note.figure.coefficients", level=view.level())
        blocks += view.figure("coefficients", _caption(view, rows), note, "tables/regression.csv")
    for model in distinct(rows, "model") if rows else []:
        own = [row for row in rows if row["model"] == model]
        fits = view.tables.rows("regression_fit", model=model)
        blocks += _model(view, model, own, fits)
    return blocks


def _model(view: View, model: str, rows: list[Row], fits: list[Row]) -> list[Block]:
    failed = [row for row in fits if (row.get("status") or "ok") != "ok"]
    blocks: list[Block] = [
        Paragraph(
            view.words(
                "regression.failed",
                model=view.titles.name(model),
                step=view.n("count", row["step"]),
                reason=_reason(view, row["status"]),
            )
        )
        for row in failed
    ]
    fitted = [row for row in fits if row["r2"]]
    if not fitted or not any(row["b"] for row in rows):
        return blocks
    blocks += [Paragraph(_sentence(view, model, fit, rows)) for fit in _told(fitted)]
    blocks.append(Paragraph(_checks(view, rows, fitted)))
    return [*blocks, _overview(view, model, rows, fitted), _in_full(view, model, rows, fitted)]


def _reason(view: View, status: str) -> str:
    """Why a step was not computed; of the predictors what of a model's items is said elsewhere."""
    return view.words.either(
        f"regression.failed.{status}", view.words.either(f"status.{status}", status)
    )


def _caption(view: View, rows: list[Row]) -> Markup:
    """How many of the coefficients that the figure shows have an interval without zero."""
    drawn: list[Row] = []
    for model in distinct(rows, "model"):
        own = [row for row in rows if row["model"] == model and row["term"] != INTERCEPT]
        first = {row["term"] for row in own if row["step"] == "1"}
        later = [row for row in own if row["term"] not in first]
        drawn += [row for row in later or own if row["beta"]]
    outside = [r for r in drawn if number(r["ci_low"]) > 0 or number(r["ci_high"]) < 0]
    values = {"count": view.n("count", len(outside)), "all": view.n("count", len(drawn))}
    return view.words("figure.coefficients", **values)


def _told(fits: list[Row]) -> list[Row]:
    """The steps that sentences tell: those after the controls, or the only one."""
    return fits[1:] or fits


def entered(rows: list[Row], step: str) -> list[Row]:
    """The terms that a step adds, as it estimates them; the intercept left out."""
    before = {row["term"] for row in rows if int(row["step"]) < int(step)}
    return [
        row
        for row in rows
        if row["step"] == step and row["term"] not in before and row["term"] != INTERCEPT
    ]


def _sentence(view: View, model: str, fit: Row, rows: list[Row]) -> Markup:
    """What a step adds, and what its new terms are associated with."""
    words = view.words
    first = fit["step"] == "1"
    change = ("f", "df1", "p") if first else ("delta_f", "delta_df", "delta_p")
    added = words(
        "regression.step.first" if first else "regression.step",
        model=view.titles.name(model),
        step=view.n("count", fit["step"]),
        delta=view.n("r", fit["delta_r2"]),
        r2=view.n("r", fit["r2"]),
        f=view.n("statistic", fit[change[0]]),
        df1=view.n("df", fit[change[1]]),
        df2=view.n("df", fit["df2"]),
        p=view.equals("p", "p", fit[change[2]]),
    )
    terms = [row for row in entered(rows, fit["step"]) if row["b"] and "=" not in row["term"]]
    sentences = [_association(view, fit["outcome"], row) for row in terms]
    return Markup(words("sentence.space")).join([added, *sentences])


def _association(view: View, outcome: str, row: Row) -> Markup:
    low, high = number(row["ci_low"]), number(row["ci_high"])
    how = "positive" if low > 0 else "negative" if high < 0 else "none"
    return view.words(
        f"regression.association.{how}",
        outcome=view.titles.within(outcome),
        term=view.titles.within(row["term"]),
        b=view.n("b", row["b"]),
        interval=view.confidence("b", row["ci_low"], row["ci_high"]),
        beta=view.n("beta", row["beta"]),
        p=view.equals("p", "p", row["p"]),
    )


def _checks(view: View, rows: list[Row], fits: list[Row]) -> Markup:
    """Collinearity, and whether robust standard errors change a conclusion."""
    words = view.words
    last = [row for row in rows if row["step"] == fits[-1]["step"] and row["term"] != INTERCEPT]
    parts = []
    known = [row for row in last if row["vif"]]
    if known:
        highest = max(known, key=lambda row: number(row["vif"]))
        parts.append(
            words(
                "regression.vif",
                vif=view.n("statistic", highest["vif"]),
                term=_plain_term(view, highest["term"]),
            )
        )
    robust = [row for row in last if row.get("p_hc3") and row["p"]]
    if robust:
        other = [
            _plain_term(view, row["term"])
            for row in robust
            if (number(row["p"]) < view.alpha) != (number(row["p_hc3"]) < view.alpha)
        ]
        parts.append(
            words("regression.hc3.other", terms=words.both(other))
            if other
            else words("regression.hc3.same")
        )
    return Markup(words("sentence.space")).join(parts)


def _plain_term(view: View, term: str) -> str:
    variable, level = view.titles.term(term)
    return view.words.plain("term.category", variable=variable, level=level) if level else variable


def _overview(view: View, model: str, rows: list[Row], fits: list[Row]) -> Table:
    """Standardised coefficients step by step, and below them how much each step explains."""
    words, cell = view.words, view.cell
    by_term = {(row["term"], row["step"]): row for row in rows}
    # A term that only a step without a solution adds has no line.
    shown = [row for row in rows if row["step"] in {fit["step"] for fit in fits}]
    terms = [term for term in distinct(shown, "term") if term != INTERCEPT]
    columns = [view.column("predictor", numeric=False)]
    columns += [
        Column(words("column.step", step=view.numbers.text("count", fit["step"]))) for fit in fits
    ]
    lines = []
    for term in terms:
        steps = [by_term.get((term, fit["step"]), {}) for fit in fits]
        lines.append((next(step for step in steps if step), _betas(view, steps)))
    body, starts = _with_terms(view, lines)
    starts.append(len(body))
    for key, kind in FIT_ROWS.items():
        numbers = [cell.number(kind, fit[key]) for fit in fits]
        body.append([cell.words(words(f"column.{key}")), *numbers])
    body.append([cell.words(words("column.f")), *_f(view, fits, "f", "p")])
    changes = [{**fit, "delta_f": "", "delta_p": ""} if fit["step"] == "1" else fit for fit in fits]
    added = _f(view, changes, "delta_f", "delta_p")
    body.append([cell.words(words("column.delta_f")), *added])
    counts = [cell.number("count", fit["n"]) for fit in fits]
    body.append([cell.words(words("column.n")), *counts])
    key = "note.regression.stars" if view.numbers.style.stars else "note.regression.p"
    notes = [words(key), *view.stars_note()]
    caption = words(
        "table.regression",
        model=view.titles.name(model),
        outcome=view.titles.name(fits[0]["outcome"]),
    )
    file = "tables/regression.csv"
    return Table(f"regression-{model}", caption, columns, body, notes, file, tuple(starts))


def _with_terms(
    view: View, lines: list[tuple[Row, list[Cell]]]
) -> tuple[list[list[Cell]], list[int]]:
    """The lines below their terms, and where a rule stands: before and after a variable's levels.

    A variable with several dummies has a line of its own that names the reference; its levels are
    set in below it.
    """
    body: list[list[Cell]] = []
    starts: list[int] = []
    variables = [row["term"].partition("=")[0] for row, _ in lines]
    previous, was_category = "", False
    for (row, cells), variable in zip(lines, variables, strict=True):
        category = "=" in row["term"]
        if body and variable != previous and (category or was_category):
            starts.append(len(body))
        several = category and variables.count(variable) > 1
        if several and variable != previous:
            heading = _named_reference(view, row, view.titles.name(variable))
            body.append([Cell(heading), *[view.cell.words("")] * len(cells)])
        body.append([_term(view, row, several), *cells])
        previous, was_category = variable, category
    return body, starts


def _named_reference(view: View, row: Row, title: str) -> Markup:
    reference = view.titles.level(row["term"].partition("=")[0], row.get("reference", ""))
    small = view.words("term.reference", level=reference)
    return Markup("{} <small>{}</small>").format(title, small)


def _term(view: View, row: Row, below_heading: bool) -> Cell:
    """A scale, a level below the heading of its variable, or a variable's only dummy."""
    if row["term"] == INTERCEPT:
        return view.cell.words(view.words("term.intercept"))
    variable, level = view.titles.term(row["term"])
    if not level:
        return view.cell.words(variable)
    if below_heading:
        return Cell(Markup('<span class="in">{}</span>').format(level))
    return Cell(_named_reference(view, row, _plain_term(view, row["term"])))


def _betas(view: View, steps: list[Row] | list[Mapping[str, str]]) -> list[Cell]:
    return [
        view.cell.with_p("beta", row["beta"], row["p"]) if row else view.cell.words("")
        for row in steps
    ]


def _f(view: View, fits: list[Row], f: str, p: str) -> list[Cell]:
    cell = view.cell
    return [cell.with_p("statistic", fit[f], fit[p]) if fit[f] else cell.words("") for fit in fits]


def _in_full(view: View, model: str, rows: list[Row], fits: list[Row]) -> Table:
    """What each later step adds and the whole last step: B, SE, β, t, p, interval, VIF, HC3."""
    words = view.words
    last = fits[-1]["step"]
    parts = [(fit["step"], entered(rows, fit["step"])) for fit in fits[1:-1]]
    parts.append((last, [row for row in rows if row["step"] == last]))
    keys = ("b", "se", "beta", "t", "p", "interval", "vif", "se_hc3", "p_hc3")
    columns = [view.column("predictor", numeric=False), *(view.column(key) for key in keys)]
    body: list[list[Cell]] = []
    starts: list[int] = []
    for step, shown in parts:
        if len(parts) > 1:
            title = words("term.step", step=view.numbers.text("count", step))
            starts += [len(body)] if body else []
            body.append([Cell(title), *[view.cell.words("")] * len(keys)])
        lines, within = _with_terms(view, [(row, _numbers(view, row)) for row in shown])
        starts += [len(body) + index for index in within]
        body += lines
    notes = [words("note.regression.full")]
    collinear = [row for row in rows if row["step"] == last and number(row["vif"]) >= VIF]
    if collinear:
        terms = [_plain_term(view, row["term"]) for row in collinear]
        notes.append(words("note.regression.collinear", terms=words.both(terms)))
    caption = words("table.regression.full", model=view.titles.name(model))
    file = "tables/regression.csv"
    return Table(f"coefficients-{model}", caption, columns, body, notes, file, tuple(starts))


def _numbers(view: View, row: Row) -> list[Cell]:
    cell = view.cell
    return [
        cell.number("b", row["b"]),
        cell.number("b", row["se"]),
        cell.number("beta", row["beta"]) if row["beta"] else cell.words(""),
        cell.number("statistic", row["t"]),
        cell.number("p", row["p"]),
        cell.interval("b", row["ci_low"], row["ci_high"]),
        cell.number("statistic", row["vif"]) if row["vif"] else cell.words(""),
        cell.number("b", row.get("se_hc3", "")),
        cell.number("p", row.get("p_hc3", "")),
    ]
