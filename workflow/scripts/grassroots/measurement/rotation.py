"""Rotations of a matrix of factor loadings: varimax and oblimin.

Both end at a tight tolerance from one fixed start (no rotation), so that the same loadings give the
same rotation everywhere. A criterion of rotation can have several local optima; what R's functions
find from the same start is found here.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: Oblimin: norm of the projected gradient (GPArotation stops at 1e-5 by default).
GRADIENT = 1e-7
#: Varimax: largest change of the rotation matrix in a step.
MOVEMENT = 1e-10
MAX_STEPS = 10_000


class Rotation(NamedTuple):
    """Rotated pattern loadings (p, k), correlations of the factors (k, k), whether it converged."""

    loadings: FloatArray
    correlations: FloatArray
    converged: bool


def varimax(loadings: FloatArray) -> Rotation:
    """Varimax (Kaiser 1958) with Kaiser's normalisation, as R's ``stats::varimax`` and SPSS.

    R stops when its criterion grows by less than 1e-5 of itself; here the rotation stands still.
    `loadings` (p, k); an item without any loading stays without.
    """
    p, k = loadings.shape
    if k < 2:
        return Rotation(loadings.copy(), np.eye(k), True)
    lengths = np.sqrt((loadings**2).sum(axis=1))
    lengths[lengths == 0] = 1.0
    normed = loadings / lengths[:, None]
    turn, converged = np.eye(k), False
    for _ in range(MAX_STEPS):
        rotated = normed @ turn
        target = normed.T @ (rotated**3 - rotated * (rotated**2).sum(axis=0) / p)
        left, _, right = np.linalg.svd(target)
        earlier, turn = turn, left @ right
        if np.abs(turn - earlier).max() < MOVEMENT:
            converged = True
            break
    return Rotation(loadings @ turn, np.eye(k), converged)


def oblimin(loadings: FloatArray) -> Rotation:
    """Direct oblimin with gamma = 0 (direct quartimin), without Kaiser's normalisation.

    As ``psych::fa(rotate = "oblimin")``, which calls ``GPArotation::oblimin``: gradient projection
    for oblique rotation (Jennrich 2002; Bernaards & Jennrich 2005) from the identity. SPSS
    normalises first and calls gamma delta, with 0 as the default.

    `loadings` (p, k). The columns of the rotation have length 1, so that factors keep variance 1.
    """
    k = loadings.shape[1]
    if k < 2:
        return Rotation(loadings.copy(), np.eye(k), True)
    return _oblique(loadings, _quartimin)


def in_order(rotation: Rotation) -> Rotation:
    """The factors by the variance that they explain, each with a sum of loadings >= 0 (psych)."""
    loadings, correlations = rotation.loadings, rotation.correlations
    signs = np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
    loadings, correlations = loadings * signs, correlations * np.outer(signs, signs)
    order = np.argsort(-explained(loadings, correlations), kind="stable")
    return Rotation(loadings[:, order], correlations[np.ix_(order, order)], rotation.converged)


def explained(loadings: FloatArray, correlations: FloatArray) -> FloatArray:
    """The variance of the items that each factor explains, diag(Phi L'L) (psych's SS loadings).

    With correlated factors a convention: shared variance is split between them; the sum over the
    factors is the sum of the communalities.
    """
    return np.diag(correlations @ loadings.T @ loadings).copy()


def _quartimin(loadings: FloatArray) -> tuple[float, FloatArray]:
    """Criterion (sum over pairs of factors of products of squared loadings)/2, and its gradient."""
    squares = loadings**2
    others = squares.sum(axis=1, keepdims=True) - squares
    return float((squares * others).sum() / 4), loadings * others


def _oblique(
    loadings: FloatArray, criterion: Callable[[FloatArray], tuple[float, FloatArray]]
) -> Rotation:
    """Gradient projection over matrices with columns of length 1 (GPFoblq)."""
    turn = np.eye(loadings.shape[1])
    rotated = loadings
    value, gradient = criterion(rotated)
    step, converged = 1.0, False
    for _ in range(MAX_STEPS):
        slope = -(rotated.T @ gradient @ np.linalg.inv(turn)).T
        projected = slope - turn * (turn * slope).sum(axis=0)
        size = np.sqrt((projected**2).sum())
        if size < GRADIENT:
            converged = True
            break
        step *= 2
        for _ in range(11):
            tried = turn - step * projected
            tried = tried / np.sqrt((tried**2).sum(axis=0))
            rotated = loadings @ np.linalg.inv(tried).T
            new, gradient = criterion(rotated)
            if value - new > 0.5 * size**2 * step:
                break
            step /= 2
        turn, value = tried, new
    return Rotation(rotated, turn.T @ turn, converged)
