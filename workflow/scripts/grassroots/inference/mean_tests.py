"""The tests of means, on samples (n_j,) without NaN and with some variance where needed.

Formulas of a few lines: pingouin, which takes two seconds to load, computes the same numbers once
more in each run (see `second_opinion`).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

FloatArray = NDArray[np.float64]


def welch_t(first: FloatArray, second: FloatArray) -> tuple[float, float, float]:
    """t, df and two-sided p of Welch's (1947) test of first minus second."""
    v1, v2 = first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)
    t = (first.mean() - second.mean()) / np.sqrt(v1 + v2)
    df = (v1 + v2) ** 2 / (v1**2 / (len(first) - 1) + v2**2 / (len(second) - 1))
    return float(t), float(df), float(2 * special.stdtr(df, -abs(t)))


def student_t(first: FloatArray, second: FloatArray) -> tuple[float, float, float]:
    """t, df and two-sided p of Student's (1908) test of first minus second: one variance."""
    n1, n2 = len(first), len(second)
    df = n1 + n2 - 2
    pooled = ((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / df
    t = (first.mean() - second.mean()) / np.sqrt(pooled * (1 / n1 + 1 / n2))
    return float(t), float(df), float(2 * special.stdtr(df, -abs(t)))


def classical_f(samples: Sequence[FloatArray]) -> tuple[float, float, float, float]:
    """F, its two df and p of the one-way analysis of variance."""
    n, means = _sizes_and_means(samples)
    df1, df2 = float(len(n) - 1), float(n.sum() - len(n))
    between = n @ (means - n @ means / n.sum()) ** 2
    within = sum(((x - m) ** 2).sum() for x, m in zip(samples, means, strict=True))
    f = (between / df1) / (within / df2)
    return float(f), df1, df2, float(special.fdtrc(df1, df2, f))


def welch_f(samples: Sequence[FloatArray]) -> tuple[float, float, float, float]:
    """F, its two df and p of Welch's (1951) analysis of variance."""
    n, means = _sizes_and_means(samples)
    weights = n / np.array([sample.var(ddof=1) for sample in samples])
    groups, shares = len(n), weights / weights.sum()
    between = weights @ (means - shares @ means) ** 2 / (groups - 1)
    spread = ((1 - shares) ** 2 / (n - 1)).sum()
    f = between / (1 + 2 * (groups - 2) / (groups**2 - 1) * spread)
    df2 = (groups**2 - 1) / (3 * spread)
    return float(f), float(groups - 1), float(df2), float(special.fdtrc(groups - 1, df2, f))


def _sizes_and_means(samples: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    sizes = np.array([len(sample) for sample in samples], dtype=float)
    return sizes, np.array([sample.mean() for sample in samples])
