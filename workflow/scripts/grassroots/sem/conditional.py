"""The discrepancy of a model with fixed covariates, conditional on them: quick for many samples.

Where the fixed exogenous variables x bear on latent variables only, and no other observed variable
takes part in a regression, the model of the indicators y given x is

    E(y | x) = Pi x,  Pi = L A Gamma,        Cov(y | x) = L A Psi A' L' + Theta,

and F = ln|Cov(y|x)| + tr(S* Cov(y|x)^-1) - ln|S| + ln|S_xx| - p_y with the moments about the
regression, S* = S_yy - Pi S_xy - S_yx Pi' + Pi S_xx Pi'. The first two terms are what `woodbury`
computes for a model without x; the rest of the gradient is what Pi contributes through S*:
dF/dPi = 2 Cov(y|x)^-1 (Pi S_xx - S_yx).
"""

from dataclasses import dataclass, replace

import numpy as np

from grassroots.sem.discrepancy import dense, woodbury
from grassroots.sem.structure import NAMES, Entries, GroupStructure, inverse, total


@dataclass(frozen=True)
class Conditional:
    """The structure of y given x, and where x and y stand in the whole."""

    whole: GroupStructure
    given: GroupStructure
    x: np.ndarray
    y: np.ndarray
    gamma: Entries
    """Cells of Gamma (latent of `given`, x)."""


def given_covariates(structure: GroupStructure) -> Conditional | None:
    """The conditional structure; None where the model is of another kind."""
    copies = list(structure.copies)
    at = {i for name, _, _, i, _ in structure.exo if name == "Psi"}
    x = np.array(sorted(at), dtype=int)
    if not copies or {structure.observed[i] for i in x} != set(copies):
        return None
    y = np.setdiff1d(np.arange(structure.p), x)
    own = np.array([k for k, name in enumerate(structure.latent) if name not in copies], dtype=int)
    return _split(structure, x, y, own)


def _split(
    structure: GroupStructure, x: np.ndarray, y: np.ndarray, own: np.ndarray
) -> Conditional | None:
    """Cells sorted into those of the model given x and those of Gamma."""
    latent_of_x = np.array([structure.copies[structure.observed[i]] for i in x])
    to_own = {int(old): new for new, old in enumerate(own)}
    to_y = {int(old): new for new, old in enumerate(y)}
    to_x = {int(old): new for new, old in enumerate(latent_of_x)}
    rows = {"L": to_y, "B": to_own, "Psi": to_own, "Theta": to_y, "nu": to_y, "alpha": to_own}
    cols = {"L": to_own, "B": to_own, "Psi": to_own, "Theta": to_y}
    entries, gamma = {}, []
    for name in NAMES:
        cells = structure.entries[name]
        found = []
        for i, j, k in zip(cells.row.tolist(), cells.col.tolist(), cells.par.tolist(), strict=True):
            if name == "B" and i in to_own and j in to_x:
                gamma.append((to_own[i], to_x[j], k))
            elif i in rows[name] and (name not in cols or j in cols[name]):
                found.append((rows[name][i], cols[name][j] if name in cols else j, k))
            else:
                return None
        width = {"L": own.size, "B": own.size, "Psi": own.size, "Theta": y.size}.get(name, 1)
        entries[name] = _entries(found, width)
    base = {
        "L": structure.base["L"][np.ix_(y, own)],
        "B": structure.base["B"][np.ix_(own, own)],
        "Psi": structure.base["Psi"][np.ix_(own, own)],
        "Theta": structure.base["Theta"][np.ix_(y, y)],
        "nu": structure.base["nu"][y],
        "alpha": structure.base["alpha"][own],
    }
    fixed_gamma = structure.base["B"][np.ix_(own, latent_of_x)].any()
    off = (entries["Theta"].row != entries["Theta"].col).any()
    off |= bool((base["Theta"] - np.diag(np.diag(base["Theta"]))).any())
    if fixed_gamma or off or not own.size:
        return None
    given = replace(
        structure,
        observed=[structure.observed[i] for i in y],
        latent=[structure.latent[k] for k in own],
        copies={},
        base=base,
        entries=entries,
        exo=[],
        cells=[],
        diagonal=True,
    )
    return Conditional(structure, given, x, y, _entries(gamma, x.size))


def conditional(
    part: Conditional, theta: np.ndarray, S: np.ndarray, log_det_S: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """F and gradient for a batch (b, npar) with S (b, p, p) and ln|S| (b,); no means.

    Resamples with a residual variance that is not clearly positive take the p x p path.
    """
    x, y, given = part.x, part.y, part.given
    with np.errstate(all="ignore"):
        Syy = S[:, y[:, None], y]
        Syx, Sxx = S[:, y[:, None], x], S[:, x[:, None], x]
        matrices = given.fill(theta, full_theta=False)
        A, C = total(matrices)
        gamma = np.zeros((len(theta), A.shape[-1] * x.size))
        gamma[:, part.gamma.flat] = theta[:, part.gamma.par]
        turned = A @ gamma.reshape(len(theta), A.shape[-1], x.size)
        Pi = matrices.L @ turned
        rest = Pi @ Sxx - Syx
        about = Syy + rest @ _t(Pi) - Pi @ _t(Syx)
        about = (about + _t(about)) / 2
        log_det = np.asarray(log_det_S) - np.linalg.slogdet(Sxx)[1]
        F, gradient = woodbury(given, theta, about, None, log_det)
        t, L = matrices.Theta, matrices.L
        T = L / t[..., None]
        M = C @ inverse(np.eye(A.shape[-1]) + _t(L) @ T @ C)
        pull = 2 * (rest / t[..., None] - T @ (M @ (_t(T) @ rest)))
        by_gamma = _t(L @ A) @ pull
        grads = {
            "L": _cells(pull @ _t(turned), given.entries["L"]),
            "B": _cells(by_gamma @ _t(turned), given.entries["B"]),
        }
        for name in NAMES[2:]:
            grads[name] = np.zeros((len(theta), given.entries[name].par.size))
        gradient = gradient + given.collect(grads)
        np.add.at(gradient, (slice(None), part.gamma.par), _cells(by_gamma, part.gamma))
    unsure = ~(t > 1e-6 * np.diagonal(Syy, axis1=1, axis2=2)).all(axis=1)
    unsure |= ~np.isfinite(F) | ~np.isfinite(gradient).all(axis=1)
    if unsure.any():
        again = np.flatnonzero(unsure)
        log_det = np.broadcast_to(log_det_S, len(theta))[again]
        F[again], gradient[again] = dense(
            part.whole, theta[again], S[again], None, log_det, S[again]
        )
    return F, gradient


def _cells(value: np.ndarray, cells: Entries) -> np.ndarray:
    return value[:, cells.row, cells.col]


def _entries(found: list[tuple[int, int, int]], width: int) -> Entries:
    array = np.array(found, dtype=np.intp).reshape(-1, 3)
    return Entries(array[:, 0] * width + array[:, 1], array[:, 0], array[:, 1], array[:, 2])


def _t(matrix: np.ndarray) -> np.ndarray:
    return np.swapaxes(matrix, -1, -2)
