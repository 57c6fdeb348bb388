"""The nonparametric bootstrap of a fitted model, all resamples of a chunk estimated together.

Draws of all free parameters are kept, and from them the unstandardised and standardised values of
every row and definition: percentile, bias-corrected and BCa intervals, p values and contrasts all
come from the same draws. Resamples with a negative variance are kept and counted (as in lavaan);
resamples that cannot be estimated are NaN and counted.
"""

import numpy as np

from grassroots.sem.determinism import one_blas_thread
from grassroots.sem.draws import Draws
from grassroots.sem.fit import Fit
from grassroots.sem.likelihood import Problem
from grassroots.sem.refit import Refit
from grassroots.sem.resample import draw_counts
from grassroots.sem.structure import implied


def bootstrap(
    result: Fit,
    draws: int = 5000,
    seed: int = 1,
    *,
    threads: int = 1,
    counts: list[np.ndarray] | None = None,
) -> Draws:
    """Resample the cases (within groups), refit, keep everything.

    Parameters
    ----------
    result
        A fit with estimates.
    draws, seed
        Number of resamples and the seed of their indices; the result depends on nothing else.
    threads
        Chunks estimated at the same time.
    counts
        Frequencies of the cases in each resample ((draws x n) for each group), to replay given
        resamples instead of drawing them.

    Raises ValueError if the fit has no estimates.
    """
    engine = Refit(_problem(result), result.theta)
    sizes = [sample.n for sample in engine.problem.samples]
    if counts is None:
        counts = draw_counts(sizes, draws, seed)
    parts = engine.run(counts, threads)
    table = result.table
    return Draws(
        parameters=result.parameters,
        theta=np.concatenate([x.theta for x in parts]),
        raw=np.concatenate([x.raw for x in parts]),
        std=np.concatenate([x.std for x in parts]),
        counts=counts,
        inadmissible=np.concatenate([x.inadmissible for x in parts]),
        names=table.names(),
        n=engine.problem.n,
        jackknife=lambda: _jackknife(engine, sizes),
    )


def bollen_stine(
    result: Fit, draws: int = 1000, seed: int = 1, *, threads: int = 1
) -> tuple[float, int]:
    """Bootstrap p of the chi-square (Bollen & Stine 1992) and the number of failed resamples.

    The data are transformed so that the model holds exactly in them; p is the share of resamples
    whose chi-square is at least the observed one. Complete data only (NaN under FIML).
    """
    problem = _problem(result)
    if problem.fiml:
        return float("nan"), 0
    transformed = []
    for g, sample in enumerate(problem.samples):
        sigma, mu = implied(problem.structures[g].fill(result.theta))
        centre = mu if problem.means else sample.mean
        with one_blas_thread():
            turn = _root(sample.S, -0.5) @ _root(sigma, 0.5)
            transformed.append((sample.data - sample.mean) @ turn + centre)
    engine = Refit(problem, result.theta, transformed)
    counts = draw_counts([s.n for s in problem.samples], draws, seed)
    statistic = np.concatenate([x.F for x in engine.run(counts, threads, chi_square=True)])
    statistic = statistic * problem.multiplier
    valid = np.isfinite(statistic)
    if not valid.any():
        return float("nan"), int(draws)
    observed = result.measures["chi2"]
    return float((statistic[valid] >= observed).mean()), int((~valid).sum())


def _jackknife(engine: Refit, sizes: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Leave-one-out values (n x values), unstandardised and standardised."""
    n = sum(sizes)
    counts, at = [], 0
    for size in sizes:
        weights = np.ones((n, size), dtype=np.int32)
        weights[np.arange(at, at + size), np.arange(size)] = 0
        counts.append(weights)
        at += size
    parts = engine.run(counts)
    return np.concatenate([x.raw for x in parts]), np.concatenate([x.std for x in parts])


def _problem(result: Fit) -> Problem:
    if result.problem is None or not result.usable or not result.theta.size:
        raise ValueError(f"no estimates to resample: {result.status} {result.message}")
    return result.problem


def _root(matrix: np.ndarray, power: float) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * values**power) @ vectors.T
