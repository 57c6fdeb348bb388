"""Sample moments: complete rows, patterns of missing values, EM means and covariances."""

from dataclasses import dataclass

import numpy as np

from grassroots.sem.structure import inverse


@dataclass
class Pattern:
    """Rows that share the same observed variables: their number, indices, moments (/n)."""

    observed: np.ndarray  # places of the observed variables
    n: int
    mean: np.ndarray
    S: np.ndarray
    rows: np.ndarray  # places of the rows in the group's data


@dataclass
class Sample:
    """Data and moments of one group. `S` has the divisor n (ML)."""

    data: np.ndarray  # n x p; NaN = missing (FIML only)
    n: int
    mean: np.ndarray
    S: np.ndarray
    patterns: list[Pattern] | None = None
    h1_loglik: float = float("nan")
    em_converged: bool = True


def complete_sample(data: np.ndarray) -> Sample:
    """Moments of complete rows (n x p)."""
    mean = data.mean(axis=0)
    centred = data - mean
    return Sample(data, data.shape[0], mean, centred.T @ centred / data.shape[0])


def missing_patterns(data: np.ndarray) -> list[Pattern]:
    """Group the rows by what is observed, in the order of the patterns' first appearance."""
    seen = ~np.isnan(data)
    _, first, which = np.unique(seen, axis=0, return_index=True, return_inverse=True)
    which = which.ravel()
    out = []
    for k in np.argsort(first):
        rows = np.flatnonzero(which == k)
        observed = np.flatnonzero(seen[rows[0]])
        if not observed.size:
            continue
        part = data[np.ix_(rows, observed)]
        mean = part.mean(axis=0)
        out.append(
            Pattern(observed, rows.size, mean, (part - mean).T @ (part - mean) / rows.size, rows)
        )
    return out


def pattern_loglik(patterns: list[Pattern], mu: np.ndarray, sigma: np.ndarray) -> float:
    """Log-likelihood of the observed values; -inf where Sigma is not positive definite."""
    out = 0.0
    for pattern in patterns:
        o = pattern.observed
        part = sigma[np.ix_(o, o)]
        try:
            root = np.linalg.cholesky(part)
        except np.linalg.LinAlgError:
            return -np.inf
        d = pattern.mean - mu[o]
        moments = pattern.S + np.outer(d, d)
        log_det = 2 * np.log(np.diag(root)).sum()
        out -= (
            pattern.n
            / 2
            * (o.size * np.log(2 * np.pi) + log_det + np.einsum("ij,ji->", inverse(part), moments))
        )
    return float(out) if np.isfinite(out) else -np.inf


def em_moments(  # noqa: C901 (patterns, steps)
    patterns: list[Pattern], p: int, iterations: int = 1000, tolerance: float = 1e-13
) -> tuple[np.ndarray, np.ndarray, bool]:
    """ML means and covariances under missing at random (EM; Dempster, Laird & Rubin 1977).

    Accelerated by squared extrapolation (Varadhan & Roland 2008); stops when no moment moves by
    more than `tolerance` of its standard deviation; 1e-7 will do when the steps run out. Returns
    mean, covariance (divisor n), converged. A covariance matrix on its way to a singular one is
    returned as soon as that is plain.
    """
    n = sum(x.n for x in patterns)
    count, first, second = np.zeros(p), np.zeros(p), np.zeros(p)
    for x in patterns:
        count[x.observed] += x.n
        first[x.observed] += x.n * x.mean
        second[x.observed] += x.n * (np.diag(x.S) + x.mean**2)
    if (count == 0).any():
        return np.full(p, np.nan), np.full((p, p), np.nan), False
    centre = first / count
    scale = np.sqrt(np.maximum(second / count - centre**2, 1e-300))
    triangle = np.tril_indices(p)

    def pack(mu: np.ndarray, sigma: np.ndarray) -> np.ndarray:
        return np.concatenate([mu, sigma[triangle]])

    def unpack(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        sigma = np.zeros((p, p))
        sigma[triangle] = x[p:]
        return x[:p], sigma + sigma.T - np.diag(np.diag(sigma))

    standard = [
        Pattern(
            x.observed,
            x.n,
            (x.mean - centre[x.observed]) / scale[x.observed],
            x.S / np.outer(scale[x.observed], scale[x.observed]),
            x.rows,
        )
        for x in patterns
    ]

    def update(x: np.ndarray) -> np.ndarray:
        mu, sigma = unpack(x)
        return pack(*_em_step(standard, mu, sigma, n))

    x = pack(np.zeros(p), np.eye(p))
    loglik = -np.inf
    converged = False
    for at in range(iterations):
        x1 = update(x)
        if not np.isfinite(x1).all():
            break
        if np.abs(x1 - x).max() < tolerance:
            x, converged = x1, True
            break
        x2 = update(x1)
        r, v = x1 - x, x2 - x1 - (x1 - x)
        length = -np.sqrt((r @ r) / (v @ v)) if v @ v > 0 else -1.0
        jump = x2
        if length < -1 and at > 2:
            trial = update(x - 2 * length * r + length**2 * v)
            mu, sigma = unpack(trial)
            if np.isfinite(trial).all():
                new = pattern_loglik(standard, mu, sigma)
                if new >= loglik - 1e-9:
                    jump, loglik = trial, new
        moved = np.abs(x2 - x1).max()
        x = jump
        if at % 5 == 0:
            mu, sigma = unpack(x)
            loglik = pattern_loglik(standard, mu, sigma)
            if not np.isfinite(loglik) or np.linalg.eigvalsh(sigma)[0] < 1e-11:
                break
        converged = at == iterations - 1 and bool(moved < 1e-7)
    mu, sigma = unpack(x)
    return centre + scale * mu, sigma * np.outer(scale, scale), converged


def _em_step(
    patterns: list[Pattern], mu: np.ndarray, sigma: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray]:
    """One E and M step."""
    p = mu.size
    first = np.zeros(p)
    second = np.zeros((p, p))
    for x in patterns:
        o = x.observed
        m = np.setdiff1d(np.arange(p), o)
        regress = np.zeros((p, o.size))
        regress[o, np.arange(o.size)] = 1.0
        if m.size:
            try:
                regress[m] = np.linalg.solve(sigma[np.ix_(o, o)], sigma[np.ix_(o, m)]).T
            except np.linalg.LinAlgError:
                return np.full(p, np.nan), np.full((p, p), np.nan)
        mean = mu + regress @ (x.mean - mu[o])
        first += x.n * mean
        second += x.n * (regress @ x.S @ regress.T + np.outer(mean, mean))
        if m.size:
            rest = sigma[np.ix_(m, m)] - regress[m] @ sigma[np.ix_(o, m)]
            second[np.ix_(m, m)] += x.n * rest
    new = first / n
    covariance = second / n - np.outer(new, new)
    return new, (covariance + covariance.T) / 2


def full_information_sample(data: np.ndarray) -> Sample:
    """Patterns, EM moments and saturated log-likelihood; rows without any value are left out."""
    data = data[~np.isnan(data).all(axis=1)]
    patterns = missing_patterns(data)
    mean, S, converged = em_moments(patterns, data.shape[1])
    loglik = pattern_loglik(patterns, mean, S) if np.isfinite(S).all() else -np.inf
    return Sample(data, data.shape[0], mean, S, patterns, loglik, converged)
