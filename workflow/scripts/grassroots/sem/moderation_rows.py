"""Rows of the tables of a moderated model: coefficients, simple slopes, conditional effects."""

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from grassroots.sem import intervals
from grassroots.sem.covariates import HIDDEN, as_term
from grassroots.sem.intervals import METHODS, Resampled
from grassroots.sem.moderation import Equation, Moderation
from grassroots.sem.moderation_form import ConditionalEffect, arrow, interaction
from grassroots.sem.simple_slopes import boundaries, moderated_slopes, predicted, slope_at

COEFFICIENT_COLUMNS = [
    "model", "path", "term", "b", "se", "t", "p", "ci_low", "ci_high", "n", "outcome", "beta", "df",
    "r2", "delta_r2", "method", "status", "message",
]  # fmt: skip
EFFECT_COLUMNS = [
    "model", "path", "at", "value", "est", "se", "ci_low", "ci_high", "method", "effect", "p", "n",
    "draws", "n_failed", "blocks",
]  # fmt: skip
SLOPE_COLUMNS = [
    "model", "path", "at", "value", "est", "se", "t", "p", "ci_low", "ci_high", "n", "df", "x_low",
    "x_high", "y_low", "y_high", "significant",
]  # fmt: skip
AT_POINTS = ("indirect", "direct")


def coefficient_rows(model: str, found: Moderation, alpha: float) -> pd.DataFrame:
    """Rows of moderation.csv: every coefficient of every equation, then the indices.

    `path` is the path that a term stands for (its cause and the response); for a product it is the
    path that is moderated, and `delta_r2` is what the product adds to R squared. An index or a
    difference (`term`) has no t: its interval is the percentile and the BCa one of the resamples
    (`method`), and p is theirs. A model without estimates has one row with the reason.
    """
    told = {"model": model, "n": found.n, "status": found.status, "message": found.message}
    if found.resampled is None:
        return pd.DataFrame([told], columns=COEFFICIENT_COLUMNS)
    rows = [
        told | row for equation in found.equations for row in _coefficients(found, equation, alpha)
    ]
    renamed = {"est": "b", "effect": "term"}
    over = _effect_frame(found, alpha).rename(columns=renamed)
    over = over[~over["term"].isin(AT_POINTS)].assign(**told, outcome=found.form.outcome)
    parts = [pd.DataFrame(rows, columns=COEFFICIENT_COLUMNS)]
    if len(over):
        parts.append(over.reindex(columns=COEFFICIENT_COLUMNS).dropna(axis=1, how="all"))
    frame = pd.concat(parts, ignore_index=True)
    return frame[COEFFICIENT_COLUMNS].astype({"n": "Int64", "df": "Int64"})


def effect_rows(model: str, found: Moderation, alpha: float) -> pd.DataFrame:
    """Rows of conditional_effects.csv: indirect and direct effects at each point, two methods."""
    if found.resampled is None:
        return pd.DataFrame(columns=EFFECT_COLUMNS)
    rows = _effect_frame(found, alpha)
    rows = rows[rows["effect"].isin(AT_POINTS)]
    return rows.assign(model=model, n=found.n)[EFFECT_COLUMNS].reset_index(drop=True)


def slope_rows(model: str, found: Moderation, alpha: float) -> pd.DataFrame:
    """Rows of simple_slopes.csv: the slope of each moderated path at each point.

    `y_low` and `y_high` are the predicted responses where the cause is one standard deviation below
    and above its mean (`x_low`, `x_high`), all other terms at their means. Rows `boundary` are the
    values of a moderator that is a number beyond which (`significant`: below, above) the slope
    differs from zero; only those within the data.
    """
    rows = []
    form, points = found.form, found.points or {}
    for equation, cause in moderated_slopes(found) if found.resampled else ():
        mean, sd = (found.spread or {})[cause]
        told = {
            "model": model,
            "path": arrow(cause, equation.response),
            "n": found.n,
            "df": equation.df,
        }
        for at, (w, shown) in points.items():
            low, high = (predicted(equation, cause, form.moderator, x, w) for x in (-sd, sd))
            ends = {"x_low": mean - sd, "x_high": mean + sd, "y_low": low, "y_high": high}
            slope = slope_at(equation, cause, form.moderator, w, alpha)
            rows.append(told | {"at": at, "value": shown} | vars(slope) | ends)
        if "mean" not in points:
            continue
        for w, side in boundaries(equation, cause, form.moderator, found.span, alpha):
            slope = slope_at(equation, cause, form.moderator, w, alpha)
            own = {"at": "boundary", "value": w + found.centre, "significant": side}
            rows.append(told | own | vars(slope))
    return pd.DataFrame(rows, columns=SLOPE_COLUMNS).astype({"n": "Int64", "df": "Int64"})


def _coefficients(found: Moderation, equation: Equation, alpha: float) -> list[dict[str, object]]:
    moderator = found.form.moderator
    products = {interaction(cause, moderator): cause for cause in found.form.multiplied}
    reach = float(stdtrit(equation.df, 1 - alpha / 2))
    rows = []
    for j, term in enumerate(["intercept", *equation.terms]):
        if term.endswith(HIDDEN):
            continue
        b, se = float(equation.b[j]), float(equation.se[j])
        t = b / se
        added = t**2 * (1 - equation.r2) / equation.df if term in products else np.nan
        shown = as_term(term)
        rows.append(
            {
                "path": arrow(products.get(term, shown), equation.response),
                "term": shown,
                "b": b,
                "se": se,
                "t": t,
                "p": float(2 * stdtr(equation.df, -abs(t))),
                "ci_low": b - reach * se,
                "ci_high": b + reach * se,
                "outcome": equation.response,
                "beta": equation.beta[j],
                "df": equation.df,
                "r2": equation.r2,
                "delta_r2": added,
                "method": "t",
            }
        )
    return rows


def _effect_frame(found: Moderation, alpha: float) -> pd.DataFrame:
    """All effects by both methods, those of one effect together."""
    assert found.resampled is not None
    effects: tuple[ConditionalEffect, ...] = found.resampled.effects
    drawn = found.resampled.draws
    jackknife = intervals.acceleration(found.resampled.jackknife)
    plain = Resampled(found.resampled.estimate, drawn, jackknife)
    common = {
        "effect": [e.kind for e in effects],
        "path": [e.path for e in effects],
        "at": [e.at for e in effects],
        "value": [e.shown for e in effects],
        "est": plain.estimate,
        "se": intervals.bootstrap_se(drawn),
        "p": intervals.bootstrap_p(drawn),
        "draws": len(drawn),
        "n_failed": len(drawn) - intervals.valid_draws(drawn),
        "blocks": found.resampled.blocks or pd.NA,
    }
    frames = []
    for method in METHODS:
        low, high = plain.interval(method, 1 - alpha)
        frames.append(pd.DataFrame(common | {"ci_low": low, "ci_high": high, "method": method}))
    return pd.concat(frames).sort_index(kind="stable").reset_index(drop=True)
