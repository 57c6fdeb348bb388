"""Fit indices of covariance structure models, as lavaan 0.6 prints them.

Everything here is a pure function of a few numbers or matrices, so that any estimator can use it.
Conventions: covariance matrices divide by N; chi-square and RMSEA use N (not N - 1); the moments of
exogenous observed variables that a model conditions on ("fixed x") are neither moments nor
parameters. `df` never includes them.

Degenerate cases:

* df = 0 (saturated): p and pclose are NaN, CFI and TLI 1, RMSEA and its interval 0.
* df < 0 (more parameters than moments): every index that needs df is NaN.
* a singular sample or model-implied matrix: `discrepancy` raises `numpy.linalg.LinAlgError`.
"""

from collections.abc import Sequence
from math import log, nan, pi, sqrt

import numpy as np
from scipy.special import chdtrc, chndtr

MEASURES = tuple(
    "n npar chi2 df p cfi tli rmsea rmsea_low rmsea_high pclose srmr gfi loglik aic bic sabic "
    "baseline_chi2 baseline_df".split()
)


def log_determinant(matrix: np.ndarray) -> float:
    """Log determinant of a symmetric positive definite matrix.

    Raises numpy.linalg.LinAlgError if the matrix is not positive definite: a determinant that is
    positive by accident (two negative eigenvalues) must not pass.
    """
    if matrix.size == 0:
        return 0.0
    return float(2.0 * np.log(np.diagonal(np.linalg.cholesky(matrix))).sum())


def discrepancy(sample: np.ndarray, implied: np.ndarray) -> float:
    """Maximum likelihood discrepancy ln|Sigma| + tr(S Sigma^-1) - ln|S| - p (Joreskog 1967).

    Both matrices are (p, p), variables in the same order. Rounding below zero is clipped, since the
    function is never negative.
    """
    trace = np.trace(np.linalg.solve(implied, sample))
    value = log_determinant(implied) + trace - log_determinant(sample) - len(sample)
    return max(float(value), 0.0)


def chi_square(sample: np.ndarray, implied: np.ndarray, n: int) -> float:
    """Likelihood ratio statistic N * F (lavaan, Mplus; AMOS and EQS multiply by N - 1)."""
    return n * discrepancy(sample, implied)


def chi_square_p(chi2: float, df: float) -> float:
    """Upper tail of the chi-square distribution; NaN for df < 1."""
    if not df >= 1 or np.isnan(chi2):
        return nan
    return float(chdtrc(df, chi2))


def moments(n_variables: int, n_fixed: int = 0) -> int:
    """Number of sample variances and covariances that a model has to explain.

    The n_fixed(n_fixed + 1)/2 moments among fixed x are not counted.
    """
    return n_variables * (n_variables + 1) // 2 - n_fixed * (n_fixed + 1) // 2


def baseline(sample: np.ndarray, n: int, fixed: Sequence[int] = ()) -> tuple[float, int]:
    """Chi-square and df of the independence model of the modelled variables.

    The variables at the positions `fixed` (fixed x) keep their sample covariances among themselves;
    everything else is uncorrelated. N * (sum of ln s_jj over the others + ln|S_xx| - ln|S|).
    """
    p = len(sample)
    fixed = sorted(set(fixed))
    free = [j for j in range(p) if j not in fixed]
    independent = np.log(np.diagonal(sample)[free]).sum()
    chi2 = n * (
        independent + log_determinant(sample[np.ix_(fixed, fixed)]) - log_determinant(sample)
    )
    return float(max(chi2, 0.0)), moments(p, len(fixed)) - len(free)


def cfi(
    chi2: float,
    df: float,
    baseline_chi2: float,
    baseline_df: float,
    scale: float = 1.0,
    baseline_scale: float = 1.0,
) -> float:
    """Comparative fit index (Bentler 1990), within [0, 1].

    With the scaling factors of a corrected statistic and the uncorrected chi-squares it is the
    robust CFI (Brosseau-Liard and Savalei 2014). 1 if neither model misfits; NaN if df < 0.
    """
    if not df >= 0:
        return nan
    misfit = max(chi2 - scale * df, 0.0)
    worst = max(misfit, baseline_chi2 - baseline_scale * baseline_df, 0.0)
    if misfit < 1e-8 and worst < 1e-8:
        return 1.0
    return 1.0 - misfit / worst


def tli(
    chi2: float,
    df: float,
    baseline_chi2: float,
    baseline_df: float,
    scale: float = 1.0,
    baseline_scale: float = 1.0,
) -> float:
    """Tucker-Lewis index (Tucker and Lewis 1973), not clipped: it can exceed 1 or be negative.

    Robust with scaling factors, as for `cfi`. 1 if df = 0; NaN if df < 0.
    """
    if not df >= 0:
        return nan
    denominator = (baseline_chi2 - baseline_scale * baseline_df) * df
    if df == 0 or denominator == 0:
        return 1.0
    return 1.0 - (chi2 - scale * df) * baseline_df / denominator


def rmsea(chi2: float, df: float, n: int, n_groups: int = 1, scale: float = 1.0) -> float:
    """Root mean square error of approximation with N (Steiger 1990; groups: Steiger 1998).

    `n` counts the cases of all groups. With a scaling factor and the uncorrected chi-square it is
    the robust RMSEA (Brosseau-Liard, Savalei and Li 2012). 0 if df = 0; NaN if df < 0.
    """
    if not df >= 0:
        return nan
    if df == 0:
        return 0.0
    return sqrt(max((chi2 / n) / df - scale / n, 0.0)) * sqrt(n_groups)


def rmsea_interval(
    chi2: float,
    df: float,
    n: int,
    n_groups: int = 1,
    scale: float = 1.0,
    level: float = 0.90,
) -> tuple[float, float]:
    """Confidence interval of RMSEA from the noncentral chi-square (Browne and Cudeck 1993).

    `chi2` is the uncorrected statistic; it is divided by `scale` here. A bound is 0 where no
    noncentrality reaches the wanted tail. (0, 0) if df = 0; (NaN, NaN) if df < 0.
    """
    if not df >= 0 or np.isnan(chi2):
        return nan, nan
    if df == 0:
        return 0.0, 0.0
    tail = (1.0 - level) / 2.0
    low, high = (
        sqrt(scale * _noncentrality(chi2 / scale, df, probability) / (n * df)) * sqrt(n_groups)
        for probability in (1.0 - tail, tail)
    )
    return low, high


def _noncentrality(chi2: float, df: float, probability: float) -> float:
    """The noncentrality at which P(chi2_df(lambda) <= chi2) = probability; 0 if there is none."""
    if chndtr(chi2, df, 0.0) <= probability:
        return 0.0
    lower, upper = 0.0, max(4.0 * chi2, 1.0)
    while chndtr(chi2, df, upper) > probability:
        lower, upper = upper, 2.0 * upper
    # Halving to the last digit, since scipy's root finders cost a quarter of a second to import.
    for _ in range(60):
        middle = (lower + upper) / 2.0
        below = chndtr(chi2, df, middle) > probability
        lower, upper = (middle, upper) if below else (lower, middle)
    return float(middle)


def close_fit_p(
    chi2: float,
    df: float,
    n: int,
    n_groups: int = 1,
    scale: float = 1.0,
    close: float = 0.05,
) -> float:
    """p of the hypothesis RMSEA <= `close` (Browne and Cudeck 1993); NaN for df < 1."""
    if not df >= 1 or np.isnan(chi2):
        return nan
    noncentrality = n * df * close**2 / (scale * n_groups)
    return float(1.0 - chndtr(chi2 / scale, df, noncentrality))


def srmr(
    sample: np.ndarray, implied: np.ndarray, mean_residuals: np.ndarray | None = None
) -> float:
    """Standardised root mean square residual, Bentler's form (lavaan's default).

    Root of the mean over the p(p + 1)/2 moments of ((s_ij - sigma_ij) / sqrt(s_ii s_jj))^2. With
    `mean_residuals` (sample minus implied means, length p) these, divided by the standard
    deviations, join the mean.
    """
    deviations = np.sqrt(np.diagonal(sample))
    residuals = (sample - implied) / np.outer(deviations, deviations)
    squares = residuals[np.tril_indices(len(sample))] ** 2
    if mean_residuals is not None:
        squares = np.concatenate([squares, (np.asarray(mean_residuals) / deviations) ** 2])
    return float(np.sqrt(squares.mean()))


def gfi(sample: np.ndarray, implied: np.ndarray, fixed: Sequence[int] = ()) -> float:
    """Goodness of fit index for ML without means (Joreskog and Sorbom 1984).

    1 - tr[(Sigma^-1 (S - Sigma))^2] / tr[(Sigma^-1 S)^2]; the moments among the variables at
    `fixed` are left out of the denominator, as in lavaan (they have no residual).
    """
    weighed = sample.copy()
    weighed[np.ix_(sorted(set(fixed)), sorted(set(fixed)))] = 0.0
    residual = np.linalg.solve(implied, sample - implied)
    total = np.linalg.solve(implied, weighed)
    return float(1.0 - np.trace(residual @ residual) / np.trace(total @ total))


def log_likelihood(
    sample: np.ndarray, implied: np.ndarray, n: int, fixed: Sequence[int] = ()
) -> float:
    """Normal log-likelihood at the sample means; conditional on the variables at `fixed`."""
    trace = np.trace(np.linalg.solve(implied, sample))
    joint = len(sample) * log(2 * pi) + log_determinant(implied) + trace
    fixed = sorted(set(fixed))
    marginal = 0.0
    if fixed:
        block = sample[np.ix_(fixed, fixed)]
        marginal = len(fixed) * (log(2 * pi) + 1.0) + log_determinant(block)
    return float(-n / 2.0 * (joint - marginal))


def information_criteria(loglik: float, npar: int, n: int) -> tuple[float, float, float]:
    """AIC, BIC and the sample-size adjusted BIC (Sclove 1987, with ln((N + 2)/24))."""
    deviance = -2.0 * loglik
    return (
        deviance + 2.0 * npar,
        deviance + log(n) * npar,
        deviance + log((n + 2.0) / 24.0) * npar,
    )


def fit_measures(
    sample: np.ndarray,
    implied: np.ndarray,
    n: int,
    npar: int,
    df: int | None = None,
    fixed: Sequence[int] = (),
) -> dict[str, float]:
    """All `MEASURES` of one model in one group without means.

    Args:
        sample: (p, p) sample covariances, divisor N.
        implied: (p, p) model-implied covariances, variables in the same order.
        n: Number of cases.
        npar: Number of free parameters (parameters held equal count once; fixed x not at all).
        df: Degrees of freedom; counted from moments and `npar` if not given.
        fixed: Positions of the observed exogenous variables that the model conditions on.

    Raises numpy.linalg.LinAlgError if either matrix is not positive definite.
    """
    if df is None:
        df = moments(len(sample), len(set(fixed))) - npar
    chi2 = chi_square(sample, implied, n)
    baseline_chi2, baseline_df = baseline(sample, n, fixed)
    low, high = rmsea_interval(chi2, df, n)
    loglik = log_likelihood(sample, implied, n, fixed)
    aic, bic, sabic = information_criteria(loglik, npar, n)
    values = (
        n,
        npar,
        chi2,
        df,
        chi_square_p(chi2, df),
        cfi(chi2, df, baseline_chi2, baseline_df),
        tli(chi2, df, baseline_chi2, baseline_df),
        rmsea(chi2, df, n),
        low,
        high,
        close_fit_p(chi2, df, n),
        srmr(sample, implied),
        gfi(sample, implied, fixed),
        loglik,
        aic,
        bic,
        sabic,
        baseline_chi2,
        baseline_df,
    )
    return dict(zip(MEASURES, values, strict=True))


def no_measures(n: float = nan, npar: float = nan, df: float = nan) -> dict[str, float]:
    """The same keys, NaN except what is known: for a model that has no fit to speak of."""
    return dict.fromkeys(MEASURES, nan) | {"n": n, "npar": npar, "df": df}
