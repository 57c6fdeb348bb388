"""Corrections for non-normal data: Huber-White standard errors, Yuan-Bentler scaling (MLR).

The scaling factor is Mplus's variant (lavaan: yuan.bentler.mplus, the default of MLR):
c = [tr(A1^-1 B1) - tr(A0^-1 B0)] / df, with A the observed information and B the mean outer
product of casewise scores; index 1 for the saturated, 0 for the fitted model. The saturated part
is taken at the unstructured moments, where it reduces to Mardia's kurtosis for complete data:
tr(A1^-1 B1) = (mean of d^4 - p)/2 (+ p with means), d the Mahalanobis distance.
"""

import numpy as np

from grassroots.sem.likelihood import Problem, pattern_information
from grassroots.sem.moments import Sample


def sandwich(problem: Problem, theta: np.ndarray, observed: np.ndarray) -> tuple[np.ndarray, float]:
    """Robust covariance matrix of the estimates and tr(A0^-1 B0)."""
    B = np.zeros_like(observed)
    for scores in problem.scores(theta):
        B += scores.T @ scores / problem.n
    inverse = np.linalg.inv(observed)
    return inverse @ B @ inverse / problem.n, float(np.trace(inverse @ B))


def saturated_trace(sample: Sample, means: bool, exogenous: list[int]) -> float:
    """tr(A1^-1 B1) of one group, times its share of N; without the part of fixed x."""
    if sample.patterns is not None:
        return _pattern_trace(sample, exogenous)
    return _kurtosis_trace(sample.data, means) - (
        _kurtosis_trace(sample.data[:, exogenous], means) if exogenous else 0.0
    )


def _kurtosis_trace(data: np.ndarray, means: bool) -> float:
    n, p = data.shape
    centred = data - data.mean(axis=0)
    S = centred.T @ centred / n
    distance = np.einsum("ij,ij->i", centred @ np.linalg.inv(S), centred)
    return float((distance @ distance / n - p) / 2 + (p if means else 0))


def _pattern_trace(sample: Sample, exogenous: list[int]) -> float:
    p = sample.mean.size
    a, b = np.tril_indices(p)
    half = np.where(a == b, 0.5, 1.0)
    A = np.zeros((p + a.size, p + a.size))
    scores = np.zeros((sample.n, p + a.size))
    for x in sample.patterns or []:
        o = x.observed
        A += pattern_information(x, sample.mean, sample.S) / sample.n
        V = np.zeros((p, p))
        V[np.ix_(o, o)] = np.linalg.inv(sample.S[np.ix_(o, o)])
        d = np.where(np.isnan(sample.data[x.rows]), 0.0, sample.data[x.rows] - sample.mean)
        z = d @ V
        scores[x.rows, :p] = z
        scores[x.rows, p:] = (z[:, a] * z[:, b] - V[a, b]) * half
    keep = np.ones(p + a.size, dtype=bool)
    if exogenous:
        fixed = np.isin(np.arange(p), exogenous)
        keep = ~np.concatenate([fixed, fixed[a] & fixed[b]])
    B = scores[:, keep].T @ scores[:, keep] / sample.n
    return float(np.trace(np.linalg.solve(A[np.ix_(keep, keep)], B)))


def baseline_trace(sample: Sample, means: bool, exogenous: list[int]) -> float:
    """tr(A0^-1 B0) of the independence model: sum over variables of (kurtosis - 1)/2 (+ 1)."""
    out = 0.0
    for j in range(sample.mean.size):
        if j not in exogenous:
            x = sample.data[:, j]
            x = x[~np.isnan(x)]
            u = (x - x.mean()) ** 2
            out += float(((u / u.mean()) ** 2).mean() - 1) / 2 + (1 if means else 0)
    return out


def scaling_factor(saturated: float, model: float, df: int) -> float:
    """c; NaN for df = 0."""
    return (saturated - model) / df if df > 0 else float("nan")
