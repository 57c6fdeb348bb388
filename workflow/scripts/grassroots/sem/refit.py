"""Refitting a model to many weightings of its cases at once: resamples, jackknife samples."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from grassroots.sem.batch import minimise_batch
from grassroots.sem.conditional import Conditional, conditional, given_covariates
from grassroots.sem.determinism import one_blas_thread
from grassroots.sem.discrepancy import (
    dense,
    dense_gradient,
    positive_definite,
    put_exogenous,
    woodbury,
)
from grassroots.sem.likelihood import Problem
from grassroots.sem.optimise import bfgs
from grassroots.sem.resample import MomentMaker, PatternMoments
from grassroots.sem.standardise import defined_values, group_standardised, row_values
from grassroots.sem.structure import GroupStructure, implied, inverse

Objective = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
# Covariances and means of the resamples of a group; a list of (share, covariances, means) of the
# patterns of missing values where there are some.
Moments = Any
CHUNK = 400  # resamples that are estimated together: fewer cost more steps, more leave the cache


@dataclass
class Chunk:
    """What one chunk of resamples gives."""

    theta: np.ndarray
    F: np.ndarray
    raw: np.ndarray
    std: np.ndarray
    inadmissible: np.ndarray


class Refit:
    """Refits one problem on weighted cases, chunk by chunk."""

    def __init__(
        self, problem: Problem, theta: np.ndarray, data: list[np.ndarray] | None = None
    ) -> None:
        self.problem = problem
        self.start = theta
        with one_blas_thread():
            self.metric = inverse(2 * problem.expected(theta))
        samples = problem.samples
        data = data or [sample.data for sample in samples]
        if problem.fiml:
            self.makers = [
                PatternMoments(d, s.patterns or []) for d, s in zip(data, samples, strict=True)
            ]
        else:
            self.makers = [MomentMaker(d) for d in data]
        variance = [
            at
            for at, row in enumerate(problem.table.rows)
            if row.op == "~~" and row.lhs == row.rhs and row.free >= 0
        ]
        self.variances = np.array(variance, dtype=int)
        complete = not (problem.fiml or problem.means)
        self.given = [given_covariates(s) if complete else None for s in problem.structures]

    def run(
        self, counts: list[np.ndarray], threads: int = 1, chi_square: bool = False
    ) -> list[Chunk]:
        """Estimate all resamples; `counts[g]` is (draws x n_g)."""
        places = [slice(at, at + CHUNK) for at in range(0, len(counts[0]), CHUNK)]
        with one_blas_thread():
            work = [[c[place] for c in counts] for place in places]
            if threads <= 1:
                return [self.chunk(part, chi_square) for part in work]
            with ThreadPoolExecutor(threads) as pool:
                return list(pool.map(lambda part: self.chunk(part, chi_square), work))

    def chunk(self, weights: list[np.ndarray], chi_square: bool) -> Chunk:
        """Estimate the resamples of one chunk."""
        with np.errstate(all="ignore"):
            moments = [maker(w) for maker, w in zip(self.makers, weights, strict=True)]
            count = len(weights[0])
            log_det = [np.zeros(count)] * len(moments)
            if chi_square:
                log_det = [np.linalg.slogdet(S)[1] for S, _ in moments]
            return self.estimate(moments, log_det, count)

    def estimate(self, moments: list, log_det: list[np.ndarray], count: int) -> Chunk:
        """Estimate the resamples with these moments; each group's log determinant enters F."""
        problem = self.problem
        subset = _Subset(moments, log_det)

        def objective(theta: np.ndarray, active: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            F, gradient = np.zeros(len(theta)), np.zeros_like(theta)
            for g, (part, det) in enumerate(subset.at(active)):
                value, slope = group_batch(problem, g, theta, part, det, self.given[g])
                F += problem.weights[g] * value
                gradient += problem.weights[g] * slope
            return F, gradient

        theta, F, done = minimise_batch(objective, self.start, self.metric, count)
        for i in np.flatnonzero(~done):
            self._again(objective, i, theta, F, done)
        theta[~done] = np.nan
        raw, std = self._values(theta, moments)
        inadmissible = (raw[:, self.variances] < 0).any(axis=1)
        return Chunk(theta, np.where(done, F, np.nan), raw, std, inadmissible)

    def _again(
        self, objective: Objective, i: int, theta: np.ndarray, F: np.ndarray, done: np.ndarray
    ) -> None:
        """A second attempt for a resample the batch gave up: on its own, by plain BFGS."""

        def single(x: np.ndarray) -> tuple[float, np.ndarray]:
            value, gradient = objective(x[None], np.array([i]))
            return float(value[0]), gradient[0]

        for start in (theta[i], self.start):
            value, gradient = single(start)
            if np.isfinite(value):
                found = bfgs(single, start, value, gradient, self.metric, 300)
                if found.converged:
                    theta[i], F[i], done[i] = found.theta, found.value, True
                    return

    def _values(self, theta: np.ndarray, moments: list) -> tuple[np.ndarray, np.ndarray]:
        """Unstandardised and standardised values of all rows and definitions."""
        table, structures = self.problem.table, self.problem.structures
        raw = row_values(structures, theta)
        std, at = [], 0
        for g, (structure, part) in enumerate(zip(structures, moments, strict=True)):
            S, mean = (None, None) if self.problem.fiml else part
            if self.problem.fiml and structure.exo:
                S, mean = _pooled(part, self.problem.samples[g].patterns or [], structure)
            std.append(group_standardised(structure, theta, S, mean))
            for k, (row, *_) in enumerate(structure.cells):
                if row.exo and S is not None:
                    place = structure.observed.index
                    source = (
                        S[:, place(row.lhs), place(row.rhs)]
                        if row.op == "~~"
                        else mean[:, place(row.lhs)]
                    )
                    raw[:, at + k] = source
            at += len(structure.cells)
        std = np.concatenate(std, axis=1)
        raw[np.isnan(theta).any(axis=1)] = np.nan
        return (
            np.concatenate([raw, defined_values(table, raw)], axis=1),
            np.concatenate([std, defined_values(table, std)], axis=1),
        )


class _Subset:
    """Moments of the resamples still active; copied only when some have left."""

    def __init__(self, moments: list, log_det: list[np.ndarray]) -> None:
        self.full = list(zip(moments, log_det, strict=True))
        self.active: np.ndarray | None = None
        self.now = self.full

    def at(self, active: np.ndarray) -> list:
        if active is not self.active:
            self.active = active
            whole = len(active) == len(self.full[0][1])
            self.now = self.full if whole else [(_take(m, active), d[active]) for m, d in self.full]
        return self.now


def _take(moments: Moments, places: np.ndarray) -> Moments:
    """The same moments for some of the resamples."""
    if isinstance(moments, tuple):
        return tuple(x[places] for x in moments)
    return [tuple(x[places] for x in part) for part in moments]


def group_batch(
    problem: Problem,
    g: int,
    theta: np.ndarray,
    part: Moments,
    log_det: np.ndarray,
    given: Conditional | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """F and gradient of one group for a batch of resamples; `given` x where the model has some."""
    structure = problem.structures[g]
    if problem.fiml:
        return pattern_batch(problem, g, theta, part)
    S, mean = part
    if problem.wishart:
        n = problem.samples[g].n
        S = S * (n / (n - 1))
    centre = mean if problem.means else None
    if structure.diagonal:
        return woodbury(structure, theta, S, centre, log_det)
    if given is not None:
        return conditional(given, theta, S, log_det)
    return dense(structure, theta, S, centre, log_det, S if structure.exo else None)


def pattern_batch(
    problem: Problem, g: int, theta: np.ndarray, part: list
) -> tuple[np.ndarray, np.ndarray]:
    """Full information discrepancy (up to a constant) for a batch of resamples."""
    structure = problem.structures[g]
    matrices = structure.fill(theta)
    if structure.exo:
        patterns = problem.samples[g].patterns or []
        put_exogenous(structure, matrices, *_pooled(part, patterns, structure))
    sigma, mu = implied(matrices)
    good = positive_definite(sigma)
    sigma = np.where(good[:, None, None], sigma, np.eye(structure.p))
    omega, pull = np.zeros_like(sigma), np.zeros_like(mu)
    F = np.zeros(len(theta))
    for x, (share, S, mean) in zip(problem.samples[g].patterns or [], part, strict=True):
        o = x.observed
        block = sigma[:, o[:, None], o]
        V = inverse(block)
        d = mean - mu[:, o]
        VM = V @ (S + d[:, :, None] * d[:, None, :])
        F += share * (np.linalg.slogdet(block)[1] + np.einsum("bii->b", VM))
        omega[:, o[:, None], o] += share[:, None, None] * (V - VM @ V)
        pull[:, o] -= 2 * share[:, None] * (V @ d[..., None])[..., 0]
    return np.where(good, F, np.inf), dense_gradient(structure, matrices, omega, pull)


def _pooled(part: list, patterns: list, structure: GroupStructure) -> tuple[np.ndarray, np.ndarray]:
    """Moments of the (complete) fixed exogenous variables over all patterns, in p x p places."""
    b, p = len(part[0][0]), structure.p
    x = sorted({i for _, _, _, i, _ in structure.exo})
    mean, second = np.zeros((b, p)), np.zeros((b, p, p))
    for (share, S, centre), pattern in zip(part, patterns, strict=True):
        at = np.searchsorted(pattern.observed, x)
        own = centre[:, at]
        mean[:, x] += share[:, None] * own
        block = S[:, at[:, None], at] + own[:, :, None] * own[:, None, :]
        second[:, np.array(x)[:, None], x] += share[:, None, None] * block
    return second - mean[:, :, None] * mean[:, None, :], mean
