"""Principal axis factoring of a correlation matrix."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: No communality may move by more than this in the last step (psych::fa: their sum, by .001).
TOLERANCE = 1e-9
MAX_STEPS = 20_000


class Extraction(NamedTuple):
    """Unrotated loadings (p, k), communalities (p,), steps taken, and how it ended.

    ``status``: ``ok``; ``heywood`` (a communality of 1 or more: the loadings stand, but no
    population has them); ``not_converged`` (the loadings are NaN).
    """

    loadings: FloatArray
    communalities: FloatArray
    steps: int
    status: str


def principal_axes(correlations: FloatArray, n_factors: int) -> Extraction:
    """Iterated principal axis factoring, as ``psych::fa(fm = "pa")`` and SPSS PAF.

    Starts from squared multiple correlations on the diagonal, replaces them by the sums of squared
    loadings of the first `n_factors` eigenvectors until no communality moves any more. psych stops
    earlier by default (min.err = .001, at most 50 steps), SPSS after 25 steps or .001: their third
    digits can differ from the converged solution that stands here. At convergence it is also the
    unweighted least squares (minres) solution (Harman & Jones 1966).

    `correlations` is (p, p) and of full rank. Each factor's loadings have a sum that is not
    negative. Raises LinAlgError for a singular matrix.
    """
    reduced = correlations.copy()
    p = len(correlations)
    communalities = 1 - 1 / np.diag(np.linalg.inv(correlations))
    loadings = np.full((p, n_factors), np.nan)
    for step in range(1, MAX_STEPS + 1):
        np.fill_diagonal(reduced, communalities)
        values, vectors = np.linalg.eigh(reduced)
        largest = values[: -n_factors - 1 : -1]
        if largest[-1] <= 0:
            break
        loadings = vectors[:, : -n_factors - 1 : -1] * np.sqrt(largest)
        earlier, communalities = communalities, (loadings**2).sum(axis=1)
        if not np.isfinite(communalities).all() or communalities.max() > 1e3:
            break
        if np.abs(communalities - earlier).max() < TOLERANCE:
            status = "heywood" if communalities.max() >= 1 else "ok"
            signs = np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
            return Extraction(loadings * signs, communalities, step, status)
    nothing = np.full((p, n_factors), np.nan)
    return Extraction(nothing, np.full(p, np.nan), step, "not_converged")


def residual_size(
    correlations: FloatArray, loadings: FloatArray, factor_correlations: FloatArray
) -> float:
    """RMSR: root mean square of the off-diagonal residual correlations (psych's rms)."""
    residual = correlations - loadings @ factor_correlations @ loadings.T
    off_diagonal = ~np.eye(len(correlations), dtype=bool)
    return float(np.sqrt((residual[off_diagonal] ** 2).mean()))


def most_factors(n_items: int) -> int:
    """The most factors that so many items can carry: df not negative (Ledermann 1937); 0 if none.

    df = ((p - k)^2 - (p + k)) / 2.
    """
    return max(
        (k for k in range(1, n_items) if (n_items - k) ** 2 >= n_items + k),
        default=0,
    )
