"""Minimising one discrepancy to tight convergence.

First damped Fisher scoring (the expected information as metric), which copes with poor starts and
any scale of the variables; then BFGS from that metric, whose steps become Newton steps. The
stopping rule is free of scale: the predicted decrease g' H^-1 g / 2.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Objective = Callable[[np.ndarray], tuple[float, np.ndarray]]

TIGHT = 1e-18  # predicted decrease of F at which the search stops
ENOUGH = 1e-10  # predicted decrease that still counts as converged when rounding stops the search


@dataclass
class Optimum:
    """Where the search ended: `decrement` is the last predicted decrease of F."""

    theta: np.ndarray
    value: float
    gradient: np.ndarray
    converged: bool
    iterations: int
    decrement: float


def inverse_metric(information: np.ndarray) -> np.ndarray | None:
    """Inverse of a metric, ridged where it is (nearly) singular; None if it is not finite."""
    if not np.isfinite(information).all():
        return None
    scale = np.sqrt(np.clip(np.diag(information), 1e-300, None))
    scaled = information / np.outer(scale, scale)
    values, vectors = np.linalg.eigh((scaled + scaled.T) / 2)
    values = np.clip(values, 1e-7 * max(values[-1], 1.0), None)
    return (vectors / values) @ vectors.T / np.outer(scale, scale)


def line_search(
    objective: Objective, theta: np.ndarray, value: float, slope: float, step: np.ndarray
) -> tuple[np.ndarray, float, np.ndarray] | None:
    """Backtracking with quadratic interpolation; None if no decrease is found.

    At rounding level a step counts as good if F does not grow by more than rounding.
    """
    rounding = 1e-14 * max(1.0, abs(value))
    length = 1.0
    for _ in range(30):
        trial = theta + length * step
        new, gradient = objective(trial)
        if np.isfinite(new) and np.isfinite(gradient).all():
            if new <= value + 1e-4 * length * slope + rounding:
                return trial, new, gradient
            bend = new - value - length * slope
            shorter = -slope * length**2 / (2 * bend) if bend > 0 else length / 4
            length = min(max(shorter, length / 10), length / 2)
        else:
            length /= 4
    return None


def scoring(
    objective: Objective,
    information: Callable[[np.ndarray], np.ndarray],
    theta: np.ndarray,
    iterations: int = 12,
    stop: float = 1e-3,
) -> tuple[np.ndarray, float, np.ndarray, np.ndarray | None]:
    """Damped Fisher scoring; returns theta, F, gradient and the last inverse metric (of F)."""
    value, gradient = objective(theta)
    inverse = None
    for _ in range(iterations):
        inverse = inverse_metric(2 * information(theta))
        if inverse is None or not np.isfinite(value):
            break
        step = -inverse @ gradient
        slope = float(gradient @ step)
        if -slope / 2 < stop:
            break
        found = line_search(objective, theta, value, slope, step)
        if found is None:
            break
        before, (theta, value, gradient) = value, found
        if before - value < 1e-3 * abs(before) and before - value < 0.05:
            inverse = inverse_metric(2 * information(theta))
            break
    return theta, value, gradient, inverse


def bfgs(
    objective: Objective,
    theta: np.ndarray,
    value: float,
    gradient: np.ndarray,
    inverse: np.ndarray,
    iterations: int = 400,
) -> Optimum:
    """BFGS on the inverse metric until the predicted decrease is `TIGHT` or rounding stops it."""
    first = inverse
    decrement = np.inf
    steps = 0
    fresh = True
    while steps < iterations:
        steps += 1
        step = -inverse @ gradient
        slope = float(gradient @ step)
        decrement = -slope / 2
        if not np.isfinite(slope) or slope >= 0:
            if fresh:
                break
            inverse, fresh = first, True
            continue
        if decrement < TIGHT:
            break
        found = line_search(objective, theta, value, slope, step)
        if found is None:
            if fresh:
                break
            inverse, fresh = first, True
            continue
        trial, new, slope_vector = found
        s, y = trial - theta, slope_vector - gradient
        if decrement < 1e-12 and new >= value and decrement < _decrement(inverse, slope_vector):
            break  # rounding: the new point is no better
        theta, value, gradient = trial, new, slope_vector
        sy = float(s @ y)
        if sy > 1e-12 * np.sqrt(float(s @ s) * float(y @ y)):
            Hy = inverse @ y
            inverse = (
                inverse
                + np.outer(s, s) * ((sy + float(y @ Hy)) / sy**2)
                - (np.outer(Hy, s) + np.outer(s, Hy)) / sy
            )
            fresh = False
    return Optimum(theta, value, gradient, bool(0 <= decrement < ENOUGH), steps, float(decrement))


def _decrement(inverse: np.ndarray, gradient: np.ndarray) -> float:
    return float(gradient @ inverse @ gradient) / 2


def minimise(
    objective: Objective,
    information: Callable[[np.ndarray], np.ndarray],
    theta: np.ndarray,
    iterations: int = 400,
) -> Optimum:
    """Scoring, then BFGS. Never raises for a start that is not admissible: not converged."""
    theta, value, gradient, inverse = scoring(objective, information, theta)
    if inverse is None or not np.isfinite(value):
        return Optimum(theta, float(value), gradient, False, 0, np.inf)
    return bfgs(objective, theta, float(value), gradient, inverse, iterations)
