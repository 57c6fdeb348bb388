"""What the residuals of a regression look like: tests of them, and a picture without respondents.

No residual of anybody is given: each point of the picture is a mean of several respondents, and the
curve is a smooth through all of them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from grassroots.inference.least_squares import FULL_LEVERAGE, Regression

FloatArray = NDArray[np.float64]

CHECK_COLUMNS = ("model", "step", "check", "statistic", "df", "p", "n", "term")
RESIDUAL_COLUMNS = ("model", "step", "kind", "x", "y", "sd", "n")

#: Most points of each panel, and fewest respondents behind one.
POINTS = 50
BEHIND_A_POINT = 5
#: Share of the respondents that the smooth sees from each of its points, as in R's `lowess`.
SPAN = 2 / 3


def residual_checks(fitted: Regression, terms: Sequence[str]) -> list[dict[str, Any]]:
    """The checks of one regression on k `terms`, one row each: check, statistic, df, p, term.

    - ``breusch_pagan``: equal variance, Koenker's (1981) studentised form (``lmtest::bptest``).
    - ``shapiro_wilk``: normality (``shapiro.test(residuals(fit))``), up to 5000 cases.
    - ``jarque_bera``: n/6 (S^2 + K^2/4), S and K the skewness and excess kurtosis with divisor n,
      chi-square on 2 df (Jarque & Bera 1980; ``tseries::jarque.bera.test``).
    - ``durbin_watson``: see `Diagnostics`; no p, because rows have no order in time.
    - ``max_cook``: the largest of Cook's distances; ``max_vif``: the largest variance inflation,
      with its term. Both are measures and have no p.
    """
    found, n = fitted.diagnostics, len(fitted.residual)
    rows = [
        ("breusch_pagan", found.breusch_pagan, found.breusch_pagan_df, found.breusch_pagan_p, ""),
        ("shapiro_wilk", *_shapiro_wilk(fitted.residual), ""),
        ("jarque_bera", *jarque_bera(fitted.residual), ""),
        ("durbin_watson", found.durbin_watson, None, np.nan, ""),
        ("max_cook", found.max_cook, None, np.nan, ""),
    ]
    vif = fitted.coefficients.vif[1:]
    largest = int(np.nanargmax(vif))
    rows.append(("max_vif", float(vif[largest]), None, np.nan, terms[largest]))
    names = ("check", "statistic", "df", "p", "term")
    return [dict(zip(names, row, strict=True)) | {"n": n} for row in rows]


def jarque_bera(residual: FloatArray) -> tuple[float, int, float]:
    """Statistic, df and p; see `residual_checks`."""
    centred = residual - residual.mean()
    variance = (centred**2).mean()
    skewness = (centred**3).mean() / variance**1.5
    kurtosis = (centred**4).mean() / variance**2 - 3
    statistic = float(len(residual) / 6 * (skewness**2 + kurtosis**2 / 4))
    return statistic, 2, float(special.chdtrc(2, statistic))


def _shapiro_wilk(residual: FloatArray) -> tuple[float, None, float]:
    if not 3 <= len(residual) <= 5000:
        return np.nan, None, np.nan
    # statsmodels has imported it by then.
    from scipy import stats

    found = stats.shapiro(residual)
    return float(found.statistic), None, float(found.pvalue)


def standardised_residuals(fitted: Regression) -> FloatArray:
    """Residuals over their standard errors (``rstandard``); NaN where the leverage is 1."""
    left = np.where(fitted.hat < FULL_LEVERAGE, 1 - fitted.hat, np.nan)
    return fitted.residual / (fitted.diagnostics.residual_se * np.sqrt(left))


def local_line(x: FloatArray, y: FloatArray, at: float) -> float:
    """The value at `at` of the line through the nearest `SPAN` of the points, tricube weights."""
    distance = np.abs(x - at)
    near = max(int(SPAN * len(x) + 1e-10), 2)
    reach = np.partition(distance, near - 1)[near - 1]
    # lowess takes what is within .999 of the reach, and .001 of it for no distance at all.
    weight = np.where(distance <= 0.999 * reach, 1 - (distance / max(reach, 1e-300)) ** 3, 0.0) ** 3
    weight[distance <= 0.001 * reach] = 1.0
    weight /= weight.sum()
    centre = weight @ x
    spread = weight @ (x - centre) ** 2
    slope = weight @ ((x - centre) * y) / spread if spread > 1e-6 * np.ptp(x) ** 2 else 0.0
    return float(weight @ y + slope * (at - centre))


def smoothed_residuals(fitted: Regression, smallest_cell: int = 0) -> list[dict[str, Any]]:
    """The picture of the standardised residuals, one row a point: kind, x, y, sd, n.

    - ``bin``: respondents in the order of their fitted values, cut into as many sets of nearly
      equal size as `POINTS` and the smallest cell allow: mean fitted value, mean and SD of the
      residuals.
    - ``smooth``: Cleveland's (1979) local line through all of them at the x of the bins, without
      his down-weighting of outliers (``lowess(x, y, iter = 0, delta = 0)``); no n, no sd.
    - ``quantile``: the residuals in their order, cut likewise: mean of the normal scores of the
      ranks, (i - 1/2) / n, and mean of the residuals.

    Respondents with leverage 1 are left out; fewer than two sets give no row.
    """
    residual = standardised_residuals(fitted)
    known = np.isfinite(residual)
    x, y = fitted.fitted[known], residual[known]
    n = len(y)
    sets = min(POINTS, n // max(BEHIND_A_POINT, smallest_cell))
    if sets < 2:
        return []
    order = np.argsort(x, kind="stable")
    parts = np.array_split(order, sets)
    centres = np.array([x[part].mean() for part in parts])
    smooth = [local_line(x, y, centre) for centre in centres]
    ranked = np.array_split(np.sort(y), sets)
    scores = np.array_split(special.ndtri((np.arange(n) + 0.5) / n), sets)
    rows: list[tuple[Any, ...]] = [
        ("bin", centre, y[part].mean(), y[part].std(ddof=1), len(part))
        for centre, part in zip(centres, parts, strict=True)
    ]
    rows += [("smooth", *point, np.nan, None) for point in zip(centres, smooth, strict=True)]
    rows += [
        ("quantile", normal.mean(), values.mean(), np.nan, len(values))
        for normal, values in zip(scores, ranked, strict=True)
    ]
    return [dict(zip(("kind", "x", "y", "sd", "n"), row, strict=True)) for row in rows]
