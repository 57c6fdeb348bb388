"""Hierarchical regressions: the tables of coefficients and of fit."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from grassroots.inference.least_squares import (
    Coefficients,
    Diagnostics,
    Regression,
    least_squares,
    unusable,
)
from grassroots.inference.regression_design import Design, Levels, Term, regression_design
from grassroots.inference.residuals import (
    CHECK_COLUMNS,
    RESIDUAL_COLUMNS,
    residual_checks,
    smoothed_residuals,
)

COLUMNS = (
    "model",
    "outcome",
    "step",
    "term",
    "b",
    "se",
    "beta",
    "t",
    "p",
    "ci_low",
    "ci_high",
    "vif",
    "se_hc3",
    "p_hc3",
    "n",
    "reference",
    "status",
    "message",
)
FIT_COLUMNS = (
    "model",
    "outcome",
    "step",
    "n",
    "r2",
    "r2_adjusted",
    "delta_r2",
    "f",
    "df1",
    "df2",
    "p",
    "delta_f",
    "delta_p",
    "delta_df",
    *Diagnostics._fields,
    "status",
    "message",
)
INTERCEPT = "intercept"
SMALL = {"status": "suppressed", "message": "would show the answers of too few respondents"}


class RegressionTables(NamedTuple):
    """Rows of regression.csv, _fit.csv, _diagnostics.csv and _residuals.csv."""

    coefficients: pd.DataFrame
    fit: pd.DataFrame
    checks: pd.DataFrame
    residuals: pd.DataFrame


def regressions(
    scores: pd.DataFrame,
    models: Mapping[str, Mapping[str, Any]],
    levels: Levels,
    alpha: float,
    smallest_cell: int = 0,
    *,
    only_coefficients: bool = False,
) -> RegressionTables:
    """Return the coefficients and the fit of every step of every model.

    Args:
        scores: One row a respondent; numbers, and level ids in the categorical variables.
        models: Id -> ``{"outcome": id, "steps": [[variable, ...], ...]}``; each step adds its
            variables to those before.
        levels: Categorical variable -> level ids in their order; it enters as dummies against the
            first level that somebody has, in the terms ``variable=level``.
        alpha: Intervals have the confidence 1 - alpha.
        smallest_cell: The dummy of a level with fewer respondents than this, and of the next
            smallest, is estimated and not printed: it would tell what those few answered. Its row
            has status ``suppressed``.
        only_coefficients: Residuals are not examined.

    Returns:
        `COLUMNS`, `FIT_COLUMNS`, the checks of the residuals of every step, and the smoothed
        residuals of the last step that was computed (see `residuals`). Steps count from 1; all
        steps of a model have the same n (the rows complete in everything that the last step
        holds). ``delta_r2``, ``delta_f``,
        ``delta_p``: against the step before, on ``delta_df`` and df2 degrees of freedom; against no
        terms at all in step 1 (SPSS), and empty where the step before has no result. The columns
        from ``residual_se`` on: see `least_squares.Diagnostics`. A step that cannot be computed
        keeps its rows, without numbers, with the status of `least_squares.unusable`; the dummy of a
        level that nobody has among these rows has status ``no_cases``.

    Raises:
        KeyError, ValueError: See `regression_design`.
    """
    coefficients: list[dict[str, Any]] = []
    fits: list[dict[str, Any]] = []
    checks: list[dict[str, Any]] = []
    drawn: dict[str, list[dict[str, Any]]] = {}
    for name, model in models.items():
        outcome, steps = model["outcome"], model["steps"]
        design = regression_design(scores, outcome, steps, levels, smallest_cell)
        before: Regression | None = None
        for step in range(len(steps)):
            place = {"model": name, "outcome": outcome, "step": step + 1}
            place["n"] = len(design.outcome)
            fitted, state = _fitted(design, step, alpha)
            change = _change(fitted, before, first=step == 0)
            terms = _term_rows(design, step, fitted, state)
            coefficients += [place | row for row in terms]
            if fitted is not None and not only_coefficients:
                names = [term.name for term in design.entered(step) if term.present]
                checks += [place | row for row in residual_checks(fitted, names)]
                drawn[name] = [place | row for row in smoothed_residuals(fitted, smallest_cell)]
            fits.append(place | state | _fit_row(fitted) | change)
            before = fitted
    whole = ["n", "step", "df1", "df2", "delta_df", "breusch_pagan_df"]
    fit = pd.DataFrame(fits, columns=list(FIT_COLUMNS)).astype(dict.fromkeys(whole, "Int64"))
    table = pd.DataFrame(coefficients, columns=list(COLUMNS))
    numbers = dict.fromkeys(["n", "step"], "Int64")
    found = pd.DataFrame(checks, columns=list(CHECK_COLUMNS)).astype({**numbers, "df": "Int64"})
    points = [row for rows in drawn.values() for row in rows]
    residuals = pd.DataFrame(points, columns=list(RESIDUAL_COLUMNS)).astype(numbers)
    return RegressionTables(table.astype(numbers), fit, found, residuals)


def _fitted(design: Design, step: int, alpha: float) -> tuple[Regression | None, dict[str, str]]:
    """The regression of one step, or None; status and message."""
    terms, matrix = design.entered(step), design.matrix(step)
    alone = _without_contrast(terms)
    problem: tuple[str, str] | None = None
    if len(design.outcome) and alone:
        problem = ("constant_term", "the same in all complete rows: " + ", ".join(alone))
    names = [term.name for term in terms if term.present]
    problem = problem or unusable(design.outcome, matrix, names)
    if problem:
        return None, dict(zip(("status", "message"), problem, strict=True))
    fitted = least_squares(design.outcome, matrix, alpha)
    message = ""
    if np.isnan(fitted.diagnostics.max_cook):
        message = "a case decides its own fitted value: no HC3 standard errors, no Cook's distance"
    return fitted, {"status": "ok", "message": message}


def _without_contrast(terms: Sequence[Term]) -> list[str]:
    """The categorical variables of which only the reference level occurs."""
    contrasted = {term.variable for term in terms if term.present}
    return list(dict.fromkeys(t.variable for t in terms if t.variable not in contrasted))


def _term_rows(
    design: Design,
    step: int,
    fitted: Regression | None,
    state: Mapping[str, str],
) -> list[dict[str, Any]]:
    terms = [Term(INTERCEPT, INTERCEPT), *design.entered(step)]
    numbers = iter(_numbers_by_term(fitted.coefficients) if fitted else [])
    rows = []
    for term in terms:
        row: dict[str, Any] = {"term": term.name, "reference": term.reference, **state}
        if fitted and term.present:
            own = next(numbers)
            row |= SMALL if term.hidden else own
        elif fitted:
            row |= {"status": "no_cases", "message": "nobody has this level in the complete rows"}
        rows.append(row)
    return rows


def _numbers_by_term(coefficients: Coefficients) -> list[dict[str, float]]:
    by_term = zip(*coefficients, strict=True)
    return [dict(zip(Coefficients._fields, values, strict=True)) for values in by_term]


def _fit_row(fitted: Regression | None) -> dict[str, Any]:
    if fitted is None:
        return {}
    own = {name: getattr(fitted, name) for name in ("r2", "r2_adjusted", "f", "df1", "df2", "p")}
    return own | fitted.diagnostics._asdict()


def _change(fitted: Regression | None, before: Regression | None, *, first: bool) -> dict[str, Any]:
    """What the step adds to the one before; in the first step, to the mean of the outcome."""
    if fitted is None or (before is None and not first):
        return {}
    r2, df = (0.0, 0) if before is None else (before.r2, before.df1)
    added = fitted.df1 - df
    f = (fitted.r2 - r2) / added / ((1 - fitted.r2) / fitted.df2)
    return {
        "delta_r2": fitted.r2 - r2,
        "delta_f": f,
        "delta_p": float(special.fdtrc(added, fitted.df2, f)),
        "delta_df": added,
    }
