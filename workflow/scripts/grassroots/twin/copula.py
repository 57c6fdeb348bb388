"""A Gaussian copula: latent normal scores whose categories have the margins and correlations asked.

The latent correlation of two columns is the one at which the correlation of their categories is the
observed one, as a polychoric correlation is (Olsson 1979), by matching the moment instead of by
likelihood. Of a column that is a step function g of a normal score, g has the Hermite coefficients
a_k; the correlation of two such columns at the latent correlation r is the sum over k of
a_k b_k r^k (Mehler 1866), which rises with r and is inverted by bisection.
"""

import numpy as np
from scipy.special import ndtr, ndtri

from grassroots.twin.margins import Margin

TERMS = 80
HALVINGS = 40

# Beyond this no sample of a study tells two latent correlations apart.
HIGHEST = 0.99

# What an eigenvalue of the matrix of pairwise correlations is raised to if it is below.
LOWEST_EIGENVALUE = 1e-4


def pairwise_correlations(scores: np.ndarray) -> np.ndarray:
    """(n, p) scores with NaN to (p, p) Pearson correlations of those who answered both.

    A pair that fewer than three people answered, or in which a column is constant, has 0.
    """
    columns = scores.shape[1]
    found = np.eye(columns)
    for first in range(columns):
        both = np.isfinite(scores[:, first, None] * scores)
        n = both.sum(axis=0)
        x = np.where(both, scores[:, first, None], 0.0)
        y = np.where(both, scores, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            x = np.where(both, x - x.sum(axis=0) / n, 0.0)
            y = np.where(both, y - y.sum(axis=0) / n, 0.0)
            r = (x * y).sum(axis=0) / np.sqrt((x**2).sum(axis=0) * (y**2).sum(axis=0))
        found[first] = np.where((n >= 3) & np.isfinite(r), r, 0.0)
        found[first, first] = 1.0
    return (found + found.T) / 2


def hermite_coefficients(margin: Margin) -> np.ndarray:
    """(TERMS,) coefficients a_1, a_2 ... of the standardised scores; of one category zeros."""
    mean = margin.shares @ margin.scores
    spread = np.sqrt(margin.shares @ (margin.scores - mean) ** 2)
    if not spread > 0:
        return np.zeros(TERMS)
    cuts = thresholds(margin)
    steps = np.diff(margin.scores) / spread
    density = np.exp(-(cuts**2) / 2) / np.sqrt(2 * np.pi)
    before, polynomial = np.zeros_like(cuts), np.ones_like(cuts)
    found = []
    for k in range(1, TERMS + 1):
        found.append((steps * density * polynomial).sum() / np.sqrt(k))
        following = (cuts * polynomial - np.sqrt(k - 1) * before) / np.sqrt(k)
        before, polynomial = polynomial, following
    return np.array(found)


def thresholds(margin: Margin) -> np.ndarray:
    """Where the normal score passes from one category to the next."""
    return ndtri(np.clip(np.cumsum(margin.shares)[:-1], 1e-12, 1 - 1e-12))


def latent_correlations(margins: list[Margin], observed: np.ndarray) -> np.ndarray:
    """(p, p): the latent correlations at which the categories correlate as observed.

    What no latent correlation reaches gets HIGHEST. Pairs judged one by one need not fit together:
    eigenvalues below LOWEST_EIGENVALUE are raised to it and the diagonal made 1 again.
    """
    coefficients = np.array([hermite_coefficients(margin) for margin in margins])
    low = np.full_like(observed, -HIGHEST)
    high = np.full_like(observed, HIGHEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        below = _category_correlations(coefficients, middle) < observed
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    found = (low + high) / 2
    constant = ~coefficients.any(axis=1)
    found[constant] = 0.0
    found[:, constant] = 0.0
    np.fill_diagonal(found, 1.0)
    return _positive(found)


def _category_correlations(coefficients: np.ndarray, latent: np.ndarray) -> np.ndarray:
    """The sum over k of a_k b_k r^k for each pair, by Horner's rule."""
    total = np.zeros_like(latent)
    for column in coefficients.T[::-1]:
        total = latent * (np.outer(column, column) + total)
    return total


def _positive(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    raised = (vectors * np.maximum(values, LOWEST_EIGENVALUE)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(raised))
    return raised * np.outer(scale, scale)


def draw(
    margins: list[Margin], latent: np.ndarray, n: int, rng: np.random.Generator
) -> list[list[str | float | None]]:
    """Columns of n answers each; missing at random at each column's rate."""
    scores = _uncorrelated(n, len(margins), rng) @ np.linalg.cholesky(latent).T
    absent = rng.random((n, len(margins))) < [margin.missing for margin in margins]
    columns = []
    for margin, own, gap in zip(margins, scores.T, absent.T, strict=True):
        codes = np.searchsorted(thresholds(margin), own)
        values = _amounts(margin, own, codes) if margin.edges is not None else margin.values
        picked = values if margin.edges is not None else [values[code] for code in codes]
        columns.append([None if no else each for each, no in zip(picked, gap, strict=True)])
    return columns


def _uncorrelated(n: int, columns: int, rng: np.random.Generator) -> np.ndarray:
    """Normal scores that are uncorrelated in this very sample, where it is large enough for that.

    So the correlations of a twin stray only by the cutting into categories, never by an odd draw.
    """
    scores = rng.standard_normal((n, columns))
    if n <= 2 * columns:
        return scores
    centred = scores - scores.mean(axis=0)
    factor = np.linalg.cholesky(centred.T @ centred / n)
    return np.linalg.solve(factor, centred.T).T


def _amounts(margin: Margin, scores: np.ndarray, codes: np.ndarray) -> list[float]:
    """Within its bin an amount lies where its normal score lies between the thresholds."""
    reached = np.concatenate([[0.0], np.cumsum(margin.shares)])
    inside = (ndtr(scores) - reached[codes]) / margin.shares[codes]
    low, high = margin.edges[codes].T
    unit = 10.0**margin.decimals
    # Cut and not rounded, so that nobody is rounded into the next bin; the ends are whole units.
    amounts = np.floor((low + np.clip(inside, 0, 1) * (high - low)) * unit + 1e-9) / unit
    return [float(each) for each in amounts]
