"""Sizes of group differences with intervals from noncentral distributions.

Two estimates of one population value stand side by side: the familiar one (Cohen's d, eta squared)
and the one corrected for its bias in small samples (Hedges' g, omega squared). The interval belongs
to the population value, so there is one for both.

The interval of eta squared has the confidence 1 - 2 alpha (90 % at alpha = .05). The F test is
one-sided: this interval, and not the 95 % one, excludes zero exactly when the classical F is
significant at alpha (Steiger 2004; Lakens 2013). Its lower limit is the lower limit that
``effectsize::eta_squared`` prints (one-sided, 95 %); both limits are those of
``effectsize::eta_squared(ci = .90, alternative = "two.sided")``.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

FloatArray = NDArray[np.float64]


class EffectSize(NamedTuple):
    """An estimate, the limits of its interval, the interval's confidence; the corrected estimate.

    `effect` and `corrected` name the two estimates; what does not exist is NaN or empty.
    """

    effect: str = ""
    size: float = np.nan
    low: float = np.nan
    high: float = np.nan
    confidence: float = np.nan
    corrected: str = ""
    corrected_size: float = np.nan


NONE = EffectSize()


def standardised_difference(first: FloatArray, second: FloatArray, alpha: float) -> EffectSize:
    """Return Cohen's d of first minus second, with the pooled standard deviation, and Hedges' g.

    Interval of confidence 1 - alpha from the noncentral t (Steiger & Fouladi 1997; Cumming & Finch
    2001), as ``effectsize::cohens_d(pooled_sd = TRUE)``: it excludes zero exactly when Student's
    t is significant. g = J d with the exact J = gamma(m/2) / (sqrt(m/2) gamma((m - 1)/2)),
    m = n1 + n2 - 2 (Hedges 1981), as ``effectsize::hedges_g``; effectsize multiplies the interval
    by J as well, here it is left as it is.

    Needs two values a group and some variance within the groups.
    """
    n1, n2 = len(first), len(second)
    df = n1 + n2 - 2
    pooled = np.sqrt(((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / df)
    d = float((first.mean() - second.mean()) / pooled)
    unit = np.sqrt(1 / n1 + 1 / n2)
    low, high = noncentral_t_limits(d / unit, df, 1 - alpha)
    correction = np.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / np.sqrt(df / 2)
    return EffectSize(
        "cohens_d", d, low * unit, high * unit, 1 - alpha, "hedges_g", float(correction * d)
    )


def explained_variance(f: float, df1: float, df2: float, alpha: float) -> EffectSize:
    """Return eta squared and omega squared of a one-way analysis of variance from its classical F.

    eta2 = SSb / SSt; omega2 = (SSb - df1 MSw) / (SSt + MSw) (Hays 1963). omega2 may be negative and
    is not cut off at zero (Okada 2017); effectsize cuts it off.

    The limits L of the noncentrality become L / (L + df2), as effectsize has them; Steiger (2004)
    divides by L + N, which is smaller by about k / N of the value.
    """
    eta2 = f * df1 / (f * df1 + df2)
    omega2 = (f - 1) * df1 / (f * df1 + df2 + 1)
    confidence = 1 - 2 * alpha
    limits = [nc / (nc + df2) for nc in noncentral_f_limits(f, df1, df2, confidence)]
    return EffectSize("eta2", eta2, *limits, confidence, "omega2", omega2)


def rank_biserial(u: float, n1: int, n2: int, alpha: float) -> EffectSize:
    """Return the rank-biserial correlation from Mann-Whitney's U of the first of two groups.

    Positive where the first group is higher: 2 U / (n1 n2) - 1 (Cureton 1956; Glass 1965). Interval
    of confidence 1 - alpha by Fisher's z with standard error sqrt((n1 + n2 + 1) / (3 n1 n2)), as
    ``effectsize::rank_biserial``; none where the groups do not overlap.
    """
    r = 2 * u / (n1 * n2) - 1
    if abs(r) >= 1:
        return EffectSize("rank_biserial", r)
    margin = special.ndtri(1 - alpha / 2) * np.sqrt((n1 + n2 + 1) / (3 * n1 * n2))
    low, high = np.tanh(np.arctanh(r) + np.array([-margin, margin]))
    return EffectSize("rank_biserial", r, float(low), float(high), 1 - alpha)


def rank_epsilon_squared(h: float, n: int) -> EffectSize:
    """Return epsilon squared of Kruskal and Wallis's H: H / (n - 1).

    Kelley (1935), Tomczak & Tomczak (2014); as ``effectsize::rank_epsilon_squared``, which has a
    bootstrap interval; here there is none.
    """
    return EffectSize("rank_epsilon2", h / (n - 1))


def noncentral_t_limits(t: float, df: float, confidence: float) -> tuple[float, float]:
    """Return the noncentralities under which t is the upper and the lower tail's quantile."""
    tail = (1 - confidence) / 2

    def limit(probability: float) -> float:
        def excess(nc: float) -> float:
            below = float(special.nctdtr(df, nc, t))
            # Where t and nc are far apart the series fails; the probability is 0 or 1 there.
            return (float(nc < t) if np.isnan(below) else below) - probability

        step = 1.0
        while excess(t - step) < 0 or excess(t + step) > 0:
            step *= 2
        return _root(excess, t - step, t + step)

    return limit(1 - tail), limit(tail)


def noncentral_f_limits(f: float, df1: float, df2: float, confidence: float) -> tuple[float, float]:
    """Return the noncentralities under which f is the upper and the lower tail's quantile.

    Zero where even the central distribution puts f below the quantile.
    """
    tail = (1 - confidence) / 2

    def limit(probability: float) -> float:
        def excess(nc: float) -> float:
            return float(special.ncfdtr(df1, df2, nc, f)) - probability

        if special.fdtr(df1, df2, f) <= probability:
            return 0.0
        high = df1 * f + 10.0
        while excess(high) > 0:
            high *= 2
        return _root(excess, 0.0, high)

    return limit(1 - tail), limit(tail)


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(optimize.brentq(function, low, high, xtol=1e-13, rtol=1e-14))
