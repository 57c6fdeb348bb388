"""All fit measures of a fitted problem, in lavaan's conventions (see `fit_indices`)."""

from math import nan

import numpy as np

from grassroots.sem import fit_indices as index
from grassroots.sem.likelihood import Problem
from grassroots.sem.moments import (
    Sample,
    complete_sample,
    full_information_sample,
    pattern_loglik,
)
from grassroots.sem.robust import baseline_trace, saturated_trace, scaling_factor

ROBUST = (
    "scaling",
    "chi2_scaled",
    "p_scaled",
    "baseline_scaling",
    "baseline_chi2_scaled",
    "cfi_scaled",
    "tli_scaled",
    "rmsea_scaled",
    "cfi_robust",
    "tli_robust",
    "rmsea_robust",
    "rmsea_robust_low",
    "rmsea_robust_high",
    "pclose_robust",
)


def degrees_of_freedom(problem: Problem) -> int:
    """Moments minus parameters; the moments among fixed x do not count."""
    structure = problem.structures[0]
    p, q = structure.p, len(exogenous(problem))
    moments = index.moments(p, q) + (p - q if problem.means else 0)
    return moments * len(problem.structures) - problem.table.npar


def exogenous(problem: Problem) -> list[int]:
    """Places of the fixed exogenous variables among the observed ones."""
    return predictors(problem) if problem.table.fixed_x else []


def fit_measures(problem: Problem, theta: np.ndarray, F: float) -> dict[str, float]:
    """The measures of `fit_indices.MEASURES`.

    Under the Wishart likelihood RMSEA has N - G where it has N otherwise, as in lavaan.
    """
    groups, n = len(problem.samples), problem.n
    df, npar = degrees_of_freedom(problem), problem.table.npar
    chi2 = max(problem.multiplier * F, 0.0)
    base, base_df = _baseline(problem)
    implied = problem.implied(theta)
    low, high = index.rmsea_interval(chi2, df, problem.multiplier, groups)
    loglik = sum(_loglik(problem, g, sigma, mu) for g, (sigma, mu) in enumerate(implied))
    aic, bic, sabic = index.information_criteria(loglik, npar, n)
    values = (
        n,
        npar,
        chi2,
        df,
        index.chi_square_p(chi2, df),
        index.cfi(chi2, df, base, base_df),
        index.tli(chi2, df, base, base_df),
        index.rmsea(chi2, df, problem.multiplier, groups),
        low,
        high,
        index.close_fit_p(chi2, df, problem.multiplier, groups),
        _srmr(problem, implied),
        _gfi(problem, implied),
        loglik,
        aic,
        bic,
        sabic,
        base,
        base_df,
    )
    return dict(zip(index.MEASURES, values, strict=True))


def robust_measures(
    problem: Problem, measures: dict[str, float], model_trace: float
) -> dict[str, float]:
    """Scaled and robust versions under MLR; `model_trace` = tr(A0^-1 B0)."""
    x, means, n = exogenous(problem), problem.means, problem.n
    groups, df, base_df = len(problem.samples), int(measures["df"]), int(measures["baseline_df"])
    chi2, base = measures["chi2"], measures["baseline_chi2"]
    saturated = sum(saturated_trace(s, means, x) for s in problem.samples)
    together = predictors(problem)
    baseline = sum(baseline_trace(s, means, together) for s in problem.samples)
    if together and not x:  # random x: saturated among themselves
        read = full_information_sample if problem.fiml else complete_sample
        baseline += sum(
            saturated_trace(read(s.data[:, together]), means, []) for s in problem.samples
        )
    c = scaling_factor(saturated, model_trace, df)
    c0 = scaling_factor(saturated, baseline, base_df)
    if not (c > 0 and c0 > 0):
        return dict.fromkeys(ROBUST, nan) | {"scaling": c, "baseline_scaling": c0}
    low, high = index.rmsea_interval(chi2, df, n, groups, c)
    values = (
        c,
        chi2 / c,
        index.chi_square_p(chi2 / c, df),
        c0,
        base / c0,
        index.cfi(chi2 / c, df, base / c0, base_df),
        index.tli(chi2 / c, df, base / c0, base_df),
        index.rmsea(chi2 / c, df, n, groups),
        index.cfi(chi2, df, base, base_df, c, c0),
        index.tli(chi2, df, base, base_df, c, c0),
        index.rmsea(chi2, df, n, groups, c),
        low,
        high,
        index.close_fit_p(chi2, df, n, groups, c),
    )
    return dict(zip(ROBUST, values, strict=True))


def predictors(problem: Problem) -> list[int]:
    """Places of the observed exogenous variables, fixed or not; the baseline correlates them."""
    names = problem.structures[0].observed
    return [names.index(name) for name in problem.table.variables.exogenous]


def _baseline(problem: Problem) -> tuple[float, int]:
    """Chi-square and df of the independence model of all groups."""
    x = predictors(problem)
    chi2, df = 0.0, 0
    for g, sample in enumerate(problem.samples):
        value, freedom = index.baseline(problem.S[g], 1, x)
        df += freedom
        if problem.fiml:
            chi2 += 2 * (sample.h1_loglik - _independent_loglik(sample, x))
        else:
            chi2 += value * problem.weights[g] * problem.multiplier
    return float(max(chi2, 0.0)), df


def _independent_loglik(sample: Sample, x: list[int]) -> float:
    out = 0.0
    for j in range(sample.mean.size):
        if j not in x:
            values = sample.data[:, j]
            values = values[~np.isnan(values)]
            out -= values.size / 2 * (np.log(2 * np.pi * values.var()) + 1)
    if np.isnan(sample.data[:, x]).any():
        return out + full_information_sample(sample.data[:, x]).h1_loglik
    return out + _normal_loglik(sample.S[np.ix_(x, x)], sample.n)


def _normal_loglik(S: np.ndarray, n: int) -> float:
    """Saturated log-likelihood of complete variables."""
    if not len(S):
        return 0.0
    return -n / 2 * (len(S) * (np.log(2 * np.pi) + 1) + index.log_determinant(S))


def _loglik(problem: Problem, g: int, sigma: np.ndarray, mu: np.ndarray) -> float:
    """Log-likelihood of one group, conditional on fixed x."""
    sample, x = problem.samples[g], exogenous(problem)
    marginal = _normal_loglik(sample.S[np.ix_(x, x)], sample.n)
    if problem.fiml:
        return pattern_loglik(sample.patterns or [], mu, sigma) - marginal
    S = problem.S[g]  # under Wishart too, as lavaan
    if problem.means:
        S = S + np.outer(sample.mean - mu, sample.mean - mu)
    joint = len(S) * np.log(2 * np.pi) + index.log_determinant(sigma)
    return float(-sample.n / 2 * (joint + np.trace(np.linalg.solve(sigma, S))) - marginal)


def _srmr(problem: Problem, implied: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """SRMR, groups weighted by their cases; with mean residuals where means are modelled."""
    out = 0.0
    for g, (sigma, mu) in enumerate(implied):
        sample = problem.samples[g]
        residuals = sample.mean - mu if problem.means else None
        out += sample.n / problem.n * index.srmr(problem.S[g], sigma, residuals)
    return out


def _gfi(problem: Problem, implied: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """GFI over all moments (means where modelled, none among fixed x), averaged over the groups.

    1 - e'We / s'Ws with e the residual and s the sample moments and W the expected information of
    the saturated model at the implied moments. Under FIML lavaan takes means of all answers and
    pairwise covariances for s; so do we.
    """
    x, out = exogenous(problem), 0.0
    for g, (sigma, mu) in enumerate(implied):
        sample, S, mean = problem.samples[g], problem.S[g], problem.samples[g].mean
        seen = [(np.arange(len(S)), 1.0)]
        if problem.fiml:
            mean, S = _pairwise(sample.data)
            seen = [(part.observed, part.n / sample.n) for part in sample.patterns or []]
        sizes = []
        for covariance, centre in ((S - sigma, mean - mu), (S.copy(), mean.copy())):
            covariance[np.ix_(x, x)] = 0.0
            centre[x] = 0.0
            sizes.append(sum(w * _weighted(covariance, centre, sigma, o, problem) for o, w in seen))
        out += sample.n / problem.n * (1 - sizes[0] / sizes[1])
    return float(out)


def _weighted(
    covariance: np.ndarray, centre: np.ndarray, sigma: np.ndarray, o: np.ndarray, problem: Problem
) -> float:
    """1/2 tr[(Sigma^-1 E)^2] (+ d' Sigma^-1 d with means) over the variables `o`."""
    part = sigma[np.ix_(o, o)]
    ratio = np.linalg.solve(part, covariance[np.ix_(o, o)])
    value = np.trace(ratio @ ratio) / 2
    if problem.means:
        value += centre[o] @ np.linalg.solve(part, centre[o])
    return float(value)


def _pairwise(data: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Means of the available values, pairwise covariances times (n - 1)/n; 0 without a pair."""
    n, p = data.shape
    seen = ~np.isnan(data)
    S = np.zeros((p, p))
    for i in range(p):
        for j in range(i + 1):
            both = seen[:, i] & seen[:, j]
            if both.sum() > 1:
                a, b = data[both, i], data[both, j]
                S[i, j] = S[j, i] = (a - a.mean()) @ (b - b.mean()) / (both.sum() - 1) * (n - 1) / n
    return np.nanmean(data, axis=0), S
