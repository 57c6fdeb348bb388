"""One regression by ordinary least squares, with robust standard errors and diagnostics.

statsmodels, which takes two seconds to load, computes the coefficients once more in each run (see
`second_opinion`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

FloatArray = NDArray[np.float64]

#: Share of its variance that a term must keep beside the others, and the outcome beside all.
RELATIVE_ZERO = 1e-10
#: A case with this leverage has no residual of its own.
FULL_LEVERAGE = 1 - 1e-9


class Coefficients(NamedTuple):
    """Arrays (k + 1,), the intercept first; `beta` and `vif` of the intercept are NaN."""

    b: FloatArray
    se: FloatArray
    beta: FloatArray
    t: FloatArray
    p: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    vif: FloatArray
    se_hc3: FloatArray
    p_hc3: FloatArray


class Diagnostics(NamedTuple):
    """What the residuals look like.

    `durbin_watson` depends on the order of the rows and means something only if that order does.
    `breusch_pagan` is Koenker's (1981) studentised version, n R squared of the squared residuals on
    the terms, with its df and p (``lmtest::bptest``). `max_cook` is the largest of Cook's (1977)
    distances (``cooks.distance``), NaN if a case has leverage 1. `residual_skew` and
    `residual_kurtosis` are SPSS's G1 and G2.
    """

    residual_se: float
    durbin_watson: float
    breusch_pagan: float
    breusch_pagan_df: int
    breusch_pagan_p: float
    max_leverage: float
    max_cook: float
    residual_skew: float
    residual_kurtosis: float


class Regression(NamedTuple):
    """A fitted regression of n cases on k terms."""

    r2: float
    f: float
    df1: int
    df2: int
    p: float
    coefficients: Coefficients
    diagnostics: Diagnostics
    fitted: FloatArray
    """(n,) what the model predicts."""
    residual: FloatArray
    """(n,) outcome minus that."""
    hat: FloatArray
    """(n,) leverages."""

    @property
    def r2_adjusted(self) -> float:
        """1 - (1 - R squared)(n - 1) / (n - k - 1), as SPSS and ``summary.lm``."""
        return 1 - (1 - self.r2) * (self.df1 + self.df2) / self.df2


def unusable(
    outcome: FloatArray, terms: FloatArray, names: Sequence[str]
) -> tuple[str, str] | None:
    """Return status and message if the regression cannot be computed, else None.

    ``too_few_cases`` (no degree of freedom is left), ``constant_outcome``, ``constant_term``,
    ``singular`` (a term follows from those before it), ``perfect_fit`` (the outcome follows from
    the terms, such as a total from its dimensions).
    """
    n, k = terms.shape
    if n < k + 2:
        return "too_few_cases", f"{n} complete rows for {k} terms, at least {k + 2} are needed"
    if np.ptp(outcome) <= RELATIVE_ZERO * np.abs(outcome).max():
        return "constant_outcome", "the outcome is the same in all complete rows"
    constant = [
        name
        for name, column in zip(names, terms.T, strict=True)
        if np.ptp(column) <= RELATIVE_ZERO * np.abs(column).max()
    ]
    if constant:
        return "constant_term", "the same in all complete rows: " + ", ".join(constant)
    kept = _kept_variance(np.column_stack([terms, outcome]))
    dependent = [name for name, share in zip(names, kept, strict=False) if share < RELATIVE_ZERO]
    if dependent:
        return "singular", "follows from the terms before it: " + ", ".join(dependent)
    if kept[-1] < RELATIVE_ZERO:
        return "perfect_fit", "the outcome follows from the terms without any residual"
    return None


def least_squares(outcome: FloatArray, terms: FloatArray, alpha: float) -> Regression:
    """Return the regression of `outcome` (n,) on `terms` (n, k), k >= 1, and an intercept.

    ``lm(outcome ~ terms)``; see `unusable` for what must hold. Intervals have the confidence
    1 - alpha. ``beta`` is b sd(x) / sd(y), for dummies as well, as SPSS prints it (so it depends on
    how many respondents have the level). HC3 (MacKinnon & White 1985) divides each residual by one
    minus its leverage, as ``car::hccm(type = "hc3")``; its p is from t with n - k - 1 df. It is NaN
    if a case has leverage 1, such as the only member of a level.
    """
    n, k = terms.shape
    design = np.column_stack([np.ones(n), terms])
    hat = (np.linalg.qr(design)[0] ** 2).sum(axis=1)
    b = np.linalg.lstsq(design, outcome, rcond=None)[0]
    residual, df = outcome - design @ b, n - k - 1
    inverse = np.linalg.pinv(design)
    se = np.sqrt((residual**2).sum() / df * (inverse**2).sum(axis=1))
    se_hc3 = np.full(k + 1, np.nan)
    if hat.max() < FULL_LEVERAGE:
        se_hc3 = np.sqrt((inverse**2) @ (residual / (1 - hat)) ** 2)
    t = b / se
    r2 = 1 - (residual**2).sum() / ((outcome - outcome.mean()) ** 2).sum()
    f = float(r2 / k / ((1 - r2) / df))
    margin = special.stdtrit(df, 1 - alpha / 2) * se
    no_intercept = np.array([np.nan])
    spread = terms.std(axis=0, ddof=1) / outcome.std(ddof=1)
    coefficients = Coefficients(
        b=b,
        se=se,
        beta=np.concatenate([no_intercept, b[1:] * spread]),
        t=t,
        p=2 * special.stdtr(df, -np.abs(t)),
        ci_low=b - margin,
        ci_high=b + margin,
        vif=np.concatenate([no_intercept, variance_inflation(terms)]),
        se_hc3=se_hc3,
        p_hc3=2 * special.stdtr(df, -np.abs(b / se_hc3)),
    )
    return Regression(
        float(r2),
        f,
        k,
        df,
        float(special.fdtrc(k, df, f)),
        coefficients,
        _diagnostics(residual, terms, hat),
        outcome - residual,
        residual,
        hat,
    )


def variance_inflation(terms: FloatArray) -> FloatArray:
    """Return 1 / (1 - R squared) of each of k terms on the others, (n, k) -> (k,); 1 if k is 1.

    As ``car::vif`` of a model with numeric columns: each dummy has its own value (SPSS), and there
    is no generalised one for a whole variable.
    """
    correlation = np.corrcoef(terms, rowvar=False).reshape(terms.shape[1], -1)
    return np.diag(np.linalg.inv(correlation)).copy()


def _diagnostics(residual: FloatArray, terms: FloatArray, hat: FloatArray) -> Diagnostics:
    n, k = terms.shape
    squares = residual**2
    residual_sum = squares.sum()
    mean_square = residual_sum / (n - k - 1)
    design = np.column_stack([np.ones(n), terms])
    explained = design @ np.linalg.lstsq(design, squares, rcond=None)[0] - squares.mean()
    spread = ((squares - squares.mean()) ** 2).sum()
    koenker = float(n * (explained**2).sum() / spread) if spread > 0 else np.nan
    cook = np.nan
    if hat.max() < FULL_LEVERAGE:
        cook = float((squares * hat / (1 - hat) ** 2).max() / ((k + 1) * mean_square))
    of_residual = pd.Series(residual)
    return Diagnostics(
        float(np.sqrt(mean_square)),
        float((np.diff(residual) ** 2).sum() / residual_sum),
        koenker,
        k,
        float(special.chdtrc(k, koenker)),
        float(hat.max()),
        cook,
        float(of_residual.skew()),
        float(of_residual.kurt()),
    )


def _kept_variance(columns: FloatArray) -> FloatArray:
    """Return for each column (n, m) the share of its variance that those before leave to it."""
    centred = columns - columns.mean(axis=0)
    centred = centred / np.sqrt((centred**2).sum(axis=0))
    triangle = np.linalg.qr(centred, mode="r")
    return np.diag(triangle) ** 2
