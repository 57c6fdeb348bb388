"""Horn's parallel analysis: how large eigenvalues are where there are no factors."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

DRAWS = 1000
QUANTILE = 0.95
_AT_A_TIME = 2_000_000
# More rows than this are not drawn one by one: what is drawn has the same distribution.
ROWS_DRAWN = 20_000


class ParallelAnalysis(NamedTuple):
    """Eigenvalues (p,): observed, the 95th percentile and the mean of random data; the number kept.

    `kept` is the number of leading components whose eigenvalue is above the percentile.
    """

    observed: FloatArray
    limit: FloatArray
    mean: FloatArray
    kept: int


def eigenvalues(correlations: FloatArray) -> FloatArray:
    """The eigenvalues of a correlation matrix (p, p), the largest first."""
    return np.linalg.eigvalsh(correlations)[::-1].copy()


def random_eigenvalues(n: int, p: int, seed: int, draws: int = DRAWS) -> FloatArray:
    """Eigenvalues (draws, p) of correlation matrices of n rows of p independent normal variables.

    The same for the same seed, however many draws are made at a time. Beyond `ROWS_DRAWN` rows
    their sums of products are drawn at once, by Bartlett's (1933) decomposition of the Wishart
    distribution: exactly what such rows give, in a time that does not grow with them.
    """
    random = np.random.default_rng(seed)
    if n > ROWS_DRAWN:
        return _wishart_eigenvalues(random, n, p, draws)
    found = np.empty((draws, p))
    size = max(1, _AT_A_TIME // (n * p))
    for start in range(0, draws, size):
        values = random.standard_normal((min(size, draws - start), n, p))
        values -= values.mean(axis=1, keepdims=True)
        values /= np.sqrt((values**2).sum(axis=1, keepdims=True))
        found[start : start + size] = np.linalg.eigvalsh(values.swapaxes(1, 2) @ values)[:, ::-1]
    return found


def _wishart_eigenvalues(random: np.random.Generator, n: int, p: int, draws: int) -> FloatArray:
    """The same from triangular T whose product T T' is Wishart on n - 1 degrees of freedom."""
    roots = np.tril(random.standard_normal((draws, p, p)), -1)
    places = np.arange(p)
    roots[:, places, places] = np.sqrt(random.chisquare(n - 1 - places, (draws, p)))
    roots /= np.sqrt((roots**2).sum(axis=2, keepdims=True))
    return np.linalg.eigvalsh(roots @ roots.swapaxes(1, 2))[:, ::-1]


def parallel_analysis(
    correlations: FloatArray, n: int, seed: int, draws: int = DRAWS
) -> ParallelAnalysis:
    """Horn's (1965) analysis with eigenvalues of principal components, as he proposed it.

    The limit is the 95th percentile of normal data of the same size (Glorfeld 1995), by which
    ``psych::fa.parallel`` judges too (quant = .95; its pc.values are `observed`, its pc.sim are
    `mean`). Horn himself took the mean, which keeps a component more now and then. Kept are the
    components before the first that is not above its limit.

    `correlations` (p, p) of n rows. Percentiles are interpolated linearly, as R's default.
    """
    observed = eigenvalues(correlations)
    drawn = random_eigenvalues(n, len(correlations), seed, draws)
    limit = np.quantile(drawn, QUANTILE, axis=0)
    above = observed > limit
    kept = len(above) if above.all() else int(np.argmin(above))
    return ParallelAnalysis(observed, limit, drawn.mean(axis=0), kept)
