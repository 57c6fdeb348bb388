"""What is minimised: the discrepancy of all groups, by moments or by patterns of missing values.

`Problem` knows the model and the data. F is scaled so that N F is the likelihood ratio statistic
against the saturated model (N - G in place of N under the Wishart likelihood).
"""

from dataclasses import dataclass

import numpy as np

from grassroots.sem.discrepancy import dense, dense_gradient, woodbury
from grassroots.sem.information import (
    case_scores,
    cell_derivatives,
    expected_information,
    free_cells,
    hessian,
)
from grassroots.sem.moments import Pattern, Sample
from grassroots.sem.partable import ParameterTable
from grassroots.sem.structure import GroupStructure, Matrices, implied, inverse


@dataclass
class Problem:
    """A model with its samples. `S` are the covariances fitted (divisor n, or n - 1 if wishart)."""

    table: ParameterTable
    structures: list[GroupStructure]
    samples: list[Sample]
    wishart: bool = False

    def __post_init__(self) -> None:
        self.fiml = self.samples[0].patterns is not None
        self.means = self.table.means
        n = np.array([s.n for s in self.samples], dtype=float)
        self.n = int(n.sum())
        divisors = n - 1 if self.wishart else n
        self.multiplier = float(divisors.sum())
        self.weights = divisors / self.multiplier
        self.S = [s.S * (s.n / (s.n - 1) if self.wishart else 1.0) for s in self.samples]
        self.mean = [s.mean if self.means else None for s in self.samples]
        self.log_det = [np.linalg.slogdet(S)[1] for S in self.S]
        for structure, S, sample in zip(self.structures, self.S, self.samples, strict=True):
            structure.set_exogenous(S, sample.mean)

    def objective(self, theta: np.ndarray) -> tuple[float, np.ndarray]:
        """F and its gradient at one parameter vector; F is inf where Sigma is not PD."""
        F, gradient = 0.0, np.zeros(theta.size)
        for g, weight in enumerate(self.weights):
            value, slope = self._group(g, theta)
            if not np.isfinite(value):
                return np.inf, gradient
            F += weight * value
            gradient += weight * slope
        return F, gradient

    def _group(self, g: int, theta: np.ndarray) -> tuple[float, np.ndarray]:
        structure = self.structures[g]
        if self.fiml:
            return pattern_discrepancy(structure, theta, self.samples[g])
        if structure.diagonal:
            mean = None if self.mean[g] is None else self.mean[g][None]
            F, gradient = woodbury(structure, theta[None], self.S[g][None], mean, self.log_det[g])
            return float(F[0]), gradient[0]
        F, gradient = dense(structure, theta, self.S[g], self.mean[g], self.log_det[g])
        return float(F), gradient

    def gradients(self, thetas: np.ndarray) -> np.ndarray:
        """Gradients (without values) at stacked, possibly complex, parameter vectors."""
        out = np.zeros_like(thetas)
        for g, weight in enumerate(self.weights):
            if self.fiml:
                slope = pattern_discrepancy(self.structures[g], thetas, self.samples[g], False)[1]
            else:
                slope = dense(
                    self.structures[g], thetas, self.S[g], self.mean[g], 0.0, value=False
                )[1]
            out += weight * slope
        return out

    def matrices(self, theta: np.ndarray) -> list[Matrices]:
        """The model matrices of each group."""
        return [structure.fill(theta) for structure in self.structures]

    def implied(self, theta: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Model-implied covariances and means of each group."""
        return [implied(m) for m in self.matrices(theta)]

    def expected(self, theta: np.ndarray) -> np.ndarray:
        """Expected information of one observation (complete data)."""
        out = np.zeros((theta.size, theta.size))
        for structure, weight in zip(self.structures, self.weights, strict=True):
            matrices = structure.fill(theta)
            sigma, _ = implied(matrices)
            V = inverse(sigma)
            out += weight * expected_information(structure, matrices, V, self.means)
        return out

    def observed(self, theta: np.ndarray) -> np.ndarray:
        """Observed information of one observation: half the Hessian of F."""
        return hessian(self.gradients, theta, chunk=32) / 2

    def scores(self, theta: np.ndarray) -> list[np.ndarray]:
        """Casewise derivatives of the log-likelihood by parameters, for each group (n x npar)."""
        out = []
        for structure, sample in zip(self.structures, self.samples, strict=True):
            matrices = structure.fill(theta)
            sigma, mu = implied(matrices)
            d = cell_derivatives(matrices, free_cells(structure))
            if self.fiml:
                cells = np.zeros((sample.n, d.a.shape[0]))
                for x in sample.patterns or []:
                    o = x.observed
                    V = inverse(sigma[np.ix_(o, o)])
                    part = type(d)(d.a[:, o], d.b[:, o], d.mean[:, o])
                    residuals = sample.data[np.ix_(x.rows, o)] - mu[o]
                    cells[x.rows] = case_scores(part, residuals, V, True)
            else:
                centre = mu if self.means else sample.mean
                cells = case_scores(d, sample.data - centre, inverse(sigma), self.means)
            out.append(cells @ structure.selection)
        return out


def pattern_discrepancy(
    structure: GroupStructure, theta: np.ndarray, sample: Sample, value: bool = True
) -> tuple[float, np.ndarray]:
    """Full information F of one group, 2/n (saturated - model log-likelihood), and its gradient.

    `value=False` allows stacked complex `theta` and returns 0 for F.
    """
    matrices = structure.fill(theta)
    sigma, mu = implied(matrices)
    batch = theta.shape[:-1]
    p = structure.p
    omega = np.zeros((*batch, p, p), dtype=theta.dtype)
    pull = np.zeros((*batch, p), dtype=theta.dtype)
    F = 2 * sample.h1_loglik / sample.n
    with np.errstate(all="ignore"):
        for x in sample.patterns or []:
            o = x.observed
            part = sigma[..., o[:, None], o]
            if value and not _positive_definite(part):
                return np.inf, np.zeros(theta.size)
            V = inverse(part)
            d = x.mean - mu[..., o]
            moments = x.S + d[..., :, None] * d[..., None, :]
            VM = V @ moments
            share = x.n / sample.n
            if value:
                F += share * (
                    o.size * np.log(2 * np.pi) + np.linalg.slogdet(part)[1] + np.trace(VM)
                )
            omega[..., o[:, None], o] += share * (V - VM @ V)
            pull[..., o] -= 2 * share * (V @ d[..., None])[..., 0]
        gradient = dense_gradient(structure, matrices, omega, pull)
    return (float(F) if value else 0.0), gradient


def _positive_definite(part: np.ndarray) -> bool:
    if not np.isfinite(part).all():
        return False
    try:
        np.linalg.cholesky(part)
    except np.linalg.LinAlgError:
        return False
    return True


def pattern_information(pattern: Pattern, mu: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    """Minus the Hessian of a pattern's log-likelihood by (mu, vech Sigma), saturated model."""
    p = mu.size
    o = pattern.observed
    V = np.zeros((p, p))
    V[np.ix_(o, o)] = inverse(sigma[np.ix_(o, o)])
    d = np.zeros(p)
    d[o] = pattern.mean - mu[o]
    R = np.outer(d, d)
    R[np.ix_(o, o)] += pattern.S
    M = V @ R @ V - V / 2
    a, b = np.tril_indices(p)
    half = np.where(a == b, 0.5, 1.0)
    w = V @ d
    out = np.empty((p + a.size, p + a.size))
    out[:p, :p] = V
    out[:p, p:] = (V[:, a] * w[b] + V[:, b] * w[a]) * half
    out[p:, :p] = out[:p, p:].T
    Vaa, Vbb, Vab, Vba = (V[np.ix_(i, j)] for i, j in ((a, a), (b, b), (a, b), (b, a)))
    Maa, Mbb, Mab, Mba = (M[np.ix_(i, j)] for i, j in ((a, a), (b, b), (a, b), (b, a)))
    block = (Vab * Mba + Vaa * Mbb + Vbb * Maa + Vba * Mab) * np.outer(half, half)
    out[p:, p:] = (block + block.T) / 2
    return pattern.n * out
