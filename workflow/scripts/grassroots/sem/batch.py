"""Minimising the discrepancies of many resamples at once.

L-BFGS on stacked parameter vectors. All resamples start at the full-sample estimate with the same
metric, the inverse information there; each keeps its own history and its own step length, and
leaves the batch when it is finished. A resample's course does not depend on its neighbours.
"""

from collections.abc import Callable

import numpy as np

# (theta (b, k), places of the resamples in the batch) -> F (b,), gradient (b, k)
BatchObjective = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]

STOP = 1e-10  # predicted decrease of F; the step that predicts it is still taken
MEMORY = 10


def minimise_batch(
    objective: BatchObjective,
    start: np.ndarray,
    metric: np.ndarray,
    count: int,
    evaluations: int = 120,
    stop: float = STOP,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Minimise `count` functions from a common `start` (k,).

    `metric` is the inverse Hessian to begin with (k x k). Returns theta (count, k), F (count,) and
    whether each one converged; theta of those that did not is where they stopped.
    """
    k = start.size
    theta_out = np.tile(start, (count, 1))
    F_out = np.full(count, np.nan)
    done = np.zeros(count, dtype=bool)
    active = np.arange(count)
    theta = theta_out.copy()
    F, gradient = objective(theta, active)
    history = _History(count, k, metric)
    direction = -(gradient @ metric)
    slope = _dot(gradient, direction)
    length = np.ones(count)
    for _ in range(evaluations):
        ready = (-slope / 2 < stop) & np.isfinite(F)
        lost = ~np.isfinite(F) | ~np.isfinite(slope) | (slope > 0) | (length < 1e-6)
        leave = ready | lost
        if leave.any():
            good = active[ready & ~lost]
            theta_out[good] = (theta + direction)[ready & ~lost]
            F_out[good] = (F + slope / 2)[ready & ~lost]
            done[good] = True
            stay = ~leave
            active, theta, F, gradient = active[stay], theta[stay], F[stay], gradient[stay]
            direction, slope, length = direction[stay], slope[stay], length[stay]
            history.keep(stay)
        if not active.size:
            break
        trial = theta + length[:, None] * direction
        new_F, new_gradient = objective(trial, active)
        with np.errstate(invalid="ignore"):
            accept = new_F <= F + 1e-4 * length * slope + 1e-14 * np.abs(F)
        accept &= np.isfinite(new_gradient).all(axis=1)
        if accept.any():
            s = np.where(accept[:, None], trial - theta, 0.0)
            y = np.where(accept[:, None], new_gradient - gradient, 0.0)
            theta = np.where(accept[:, None], trial, theta)
            gradient = np.where(accept[:, None], new_gradient, gradient)
            history.add(s, y)
            fresh = -history.apply(gradient)
            direction = np.where(accept[:, None], fresh, direction)
        shorter = _shorter(length, slope, new_F - F)
        F = np.where(accept, new_F, F)
        length = np.where(accept, 1.0, shorter)
        slope = _dot(gradient, direction)
    theta_out[active] = theta
    return theta_out, F_out, done


def _shorter(length: np.ndarray, slope: np.ndarray, rise: np.ndarray) -> np.ndarray:
    """Next step length after a refused one: the parabola's minimum, within [1/10, 1/2] of it."""
    with np.errstate(all="ignore"):
        bend = rise - length * slope
        guess = -slope * length**2 / (2 * bend)
    guess = np.where(np.isfinite(rise) & np.isfinite(guess), guess, length / 4)
    return np.clip(guess, length / 10, length / 2)


def _dot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.einsum("bk,bk->b", a, b)


class _History:
    """The last steps and gradient changes of each resample, and the two-loop recursion."""

    def __init__(self, count: int, k: int, metric: np.ndarray) -> None:
        self.metric = metric
        self.steps: list[np.ndarray] = []
        self.changes: list[np.ndarray] = []
        self.rho: list[np.ndarray] = []

    def keep(self, which: np.ndarray) -> None:
        for pairs in (self.steps, self.changes, self.rho):
            pairs[:] = [x[which] for x in pairs]

    def add(self, s: np.ndarray, y: np.ndarray) -> None:
        """A pair of a resample that did not move, or without curvature, has rho 0 (no effect)."""
        sy = _dot(s, y)
        curved = sy > 1e-12 * np.sqrt(_dot(s, s) * _dot(y, y))
        self.steps.append(s)
        self.changes.append(y)
        self.rho.append(np.divide(1.0, sy, out=np.zeros_like(sy), where=curved & (sy > 0)))
        if len(self.steps) > MEMORY:
            for pairs in (self.steps, self.changes, self.rho):
                del pairs[0]

    def apply(self, gradient: np.ndarray) -> np.ndarray:
        """Inverse Hessian times gradient."""
        q = gradient.copy()
        weights = []
        for s, y, rho in zip(self.steps[::-1], self.changes[::-1], self.rho[::-1], strict=True):
            a = rho * _dot(s, q)
            weights.append(a)
            q -= a[:, None] * y
        r = q @ self.metric
        for s, y, rho, a in zip(self.steps, self.changes, self.rho, weights[::-1], strict=True):
            b = rho * _dot(y, r)
            r += (a - b)[:, None] * s
        return r
