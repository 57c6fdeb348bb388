"""Bootstrap intervals and p values from stored draws.

Every function takes draws of shape (R,) or (R, k), one column a statistic, and works on all columns
at once. A draw that failed is NaN (infinite counts as failed): it is dropped, column by column, and
`valid_draws` counts what is left. A column with fewer than two valid draws gives NaN.

Quantiles are read off the order statistics as R's `boot::norm.inter` does, which is what lavaan
prints; numpy's and R's default (type 7) gives narrower intervals.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

METHODS = ("percentile", "bca")
"""The intervals that tables hold, the one that is judged first."""


def valid_draws(draws: np.ndarray) -> np.ndarray:
    """Number of finite draws in each column, shape (k,)."""
    return np.isfinite(_columns(draws)).sum(axis=0)


def interpolated_quantiles(draws: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Quantiles interpolated on the normal quantile scale (Davison and Hinkley 1997, eq. 5.8).

    The order statistic wanted is (R + 1) * alpha; between two of them the value is interpolated
    linearly in the normal quantile of the rank. Outside the first and last order statistic the
    extreme one is returned.

    Args:
        draws: (R,) or (R, k); failed draws NaN.
        probabilities: (q,) for all columns alike, or (q, k) with each column's own.

    Returns:
        (q, k) array; NaN where a column has fewer than two valid draws or the probability is NaN.
    """
    draws = _columns(draws)
    probabilities = np.asarray(probabilities, dtype=float)
    if probabilities.ndim == 1:
        probabilities = np.repeat(probabilities[:, None], draws.shape[1], axis=1)
    if len(draws) < 2:
        return np.full((len(probabilities), draws.shape[1]), np.nan)
    # NaN sorts to the end, so the first `count` rows of each column are its order statistics.
    ordered = np.sort(np.where(np.isfinite(draws), draws, np.nan), axis=0)
    count = valid_draws(draws)
    rank = (count + 1) * probabilities
    usable = (count >= 2) & np.isfinite(rank)
    # (R + 1) * alpha is a whole number for the usual R; rounding must not move it below itself.
    whole = np.round(rank)
    rank = np.where(np.abs(rank - whole) < 1e-9 * (count + 1), whole, rank)
    last = np.maximum(count, 2)  # columns with fewer are NaN in the end
    lower = np.clip(np.floor(np.where(usable, rank, 1.0)), 1, last - 1).astype(int)
    low_value = np.take_along_axis(ordered, lower - 1, axis=0)
    high_value = np.take_along_axis(ordered, lower, axis=0)
    low_z, high_z = ndtri(lower / (last + 1)), ndtri((lower + 1) / (last + 1))
    wanted_z = ndtri(np.clip(rank / (last + 1), lower / (last + 1), (lower + 1) / (last + 1)))
    weight = (wanted_z - low_z) / (high_z - low_z)
    value = low_value + weight * (high_value - low_value)
    return np.where(usable, value, np.nan)


def percentile(draws: np.ndarray, level: float = 0.95) -> np.ndarray:
    """Percentile interval, shape (2, k): lower row, upper row (Efron 1979)."""
    tail = (1.0 - level) / 2.0
    return interpolated_quantiles(draws, np.array([tail, 1.0 - tail]))


def bias_correction(draws: np.ndarray, estimate: np.ndarray) -> np.ndarray:
    """Normal quantile of the share of draws below the estimate, shape (k,) (Efron 1987).

    Infinite if all draws lie on one side.
    """
    draws = _columns(draws)
    below = (draws < np.atleast_1d(estimate)) & np.isfinite(draws)
    count = valid_draws(draws)
    share = np.divide(
        below.sum(axis=0), count, out=np.full(draws.shape[1], np.nan), where=count > 0
    )
    return ndtri(share)


def bias_corrected(draws: np.ndarray, estimate: np.ndarray, level: float = 0.95) -> np.ndarray:
    """Bias-corrected percentile interval, shape (2, k) (Efron 1981): BCa without acceleration."""
    return bca(draws, estimate, np.zeros(_columns(draws).shape[1]), level)


def acceleration(jackknife: np.ndarray) -> np.ndarray:
    """Acceleration from leave-one-out values of shape (n, k) (Efron 1987, eq. 6.6).

    sum L^3 / (6 (sum L^2)^1.5) with L = (n - 1)(mean - value); 0 for a column that never changes.
    Failed leave-one-out values (NaN) are dropped.
    """
    values = _columns(jackknife)
    values = np.where(np.isfinite(values), values, np.nan)
    count = valid_draws(values)
    total = np.nansum(values, axis=0)
    mean = np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)
    influence = np.nan_to_num((count - 1) * (mean - values))
    cubes, squares = (influence**3).sum(axis=0), (influence**2).sum(axis=0)
    varies = squares > 0
    flat = np.where(count >= 2, 0.0, np.nan)
    return np.divide(cubes, 6.0 * squares**1.5, out=flat, where=varies)


def bca(
    draws: np.ndarray, estimate: np.ndarray, acceleration: np.ndarray, level: float = 0.95
) -> np.ndarray:
    """Bias-corrected and accelerated interval, shape (2, k) (Efron 1987).

    `estimate` and `acceleration` have shape (k,). NaN where the estimate lies outside all draws (no
    bias correction can be computed) or where the adjusted probabilities fall apart.
    """
    draws = _columns(draws)
    tail = (1.0 - level) / 2.0
    z = ndtri(np.array([tail, 1.0 - tail]))[:, None]
    bias = bias_correction(draws, estimate)
    bias = np.where(np.isfinite(bias), bias, np.nan)
    shrink = 1.0 - np.atleast_1d(acceleration) * (bias + z)
    shrink = np.where(shrink > 0, shrink, np.nan)
    return interpolated_quantiles(draws, ndtr(bias + (bias + z) / shrink))


def bootstrap_p(draws: np.ndarray) -> np.ndarray:
    """Two-sided p of "the statistic is 0", shape (k,): min(1, 2(b + 1)/(R + 1)).

    b is the number of draws on the smaller side of 0; draws exactly at 0 count on both sides. Never
    0 (Davison and Hinkley 1997, section 4.2). NaN without valid draws.
    """
    draws = _columns(draws)
    count = valid_draws(draws)
    finite = np.isfinite(draws)
    smaller = np.minimum(((draws <= 0) & finite).sum(axis=0), ((draws >= 0) & finite).sum(axis=0))
    return np.where(count > 0, np.minimum(1.0, 2.0 * (smaller + 1) / (count + 1)), np.nan)


def bootstrap_se(draws: np.ndarray) -> np.ndarray:
    """Standard deviation of the valid draws (divisor R - 1), shape (k,); NaN with fewer than 2."""
    draws = _columns(draws)
    finite = np.isfinite(draws)
    count = finite.sum(axis=0)
    filled = np.where(finite, draws, 0.0)
    mean = filled.sum(axis=0) / np.maximum(count, 1)
    squares = (np.where(finite, draws - mean, 0.0) ** 2).sum(axis=0)
    return np.where(count >= 2, np.sqrt(squares / np.maximum(count - 1, 1)), np.nan)


@dataclass(frozen=True)
class Resampled:
    """Effects in one metric: (e,) at the data, (R, e) in the resamples, (e,) acceleration of BCa.

    Failed draws are NaN.
    """

    estimate: np.ndarray
    draws: np.ndarray
    acceleration: np.ndarray

    def interval(self, method: str, level: float) -> np.ndarray:
        """(2, e) by `percentile` or `bca`."""
        if method == "percentile":
            return percentile(self.draws, level)
        return bca(self.draws, self.estimate, self.acceleration, level)


def _columns(draws: np.ndarray) -> np.ndarray:
    draws = np.asarray(draws, dtype=float)
    return draws[:, None] if draws.ndim == 1 else draws
