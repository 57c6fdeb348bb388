"""Information matrices and casewise scores.

Everything rests on the derivatives of the implied moments by each free cell: dSigma = a b' + b a'
(two vectors of length p) and dmu (one vector), so that no p x p x npar array is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from grassroots.sem.structure import NAMES, GroupStructure, Matrices, total


@dataclass
class Derivatives:
    """Rows are cells or parameters: `a`, `b` (cells x p), `mean` (cells x p)."""

    a: np.ndarray
    b: np.ndarray
    mean: np.ndarray


def cell_derivatives(matrices: Matrices, cells: dict[str, tuple[np.ndarray, ...]]) -> Derivatives:
    """Derivatives of (Sigma, mu) by cells; `cells[name]` = (rows, columns).

    Each cell stands for itself: a symmetric matrix's off-diagonal pair counts as two cells.
    """
    A, C = total(matrices)
    L = matrices.L
    p = L.shape[0]
    LA, LC = L @ A, L @ C
    centre = A @ matrices.alpha
    unit = np.eye(p)
    a, b, mean = [], [], []
    for name in NAMES:
        row, col = cells[name][0], cells[name][1]
        nothing = np.zeros((row.size, p))
        if name == "L":
            a.append(unit[row])
            b.append(LC.T[col])
            mean.append(unit[row] * centre[col][:, None])
        elif name == "B":
            a.append(LA.T[row])
            b.append(LC.T[col])
            mean.append(LA.T[row] * centre[col][:, None])
        elif name in ("Psi", "Theta"):
            side = LA.T if name == "Psi" else unit
            # the cell (i, j) alone gives a_i a_j', half of its symmetrised self
            a.append(side[row])
            b.append(side[col] / 2)
            mean.append(nothing)
        else:
            a.append(nothing)
            b.append(nothing)
            mean.append(LA.T[row] if name == "alpha" else unit[row])
    return Derivatives(np.vstack(a), np.vstack(b), np.vstack(mean))


def free_cells(structure: GroupStructure) -> dict[str, tuple[np.ndarray, ...]]:
    """Rows and columns of the free cells of each matrix."""
    return {name: (structure.entries[name].row, structure.entries[name].col) for name in NAMES}


def cell_information(d: Derivatives, V: np.ndarray, means: bool) -> np.ndarray:
    """Expected information of one observation between cells: 1/2 tr(V dS_k V dS_l) + dmu' V dmu."""
    aV, bV = d.a @ V, d.b @ V
    ab = aV @ d.b.T
    out = (aV @ d.a.T) * (bV @ d.b.T) + ab * ab.T
    if means:
        out += d.mean @ V @ d.mean.T
    return out


def expected_information(
    structure: GroupStructure, matrices: Matrices, V: np.ndarray, means: bool
) -> np.ndarray:
    """Expected information of one observation (npar x npar)."""
    d = cell_derivatives(matrices, free_cells(structure))
    select = structure.selection
    return select.T @ cell_information(d, V, means) @ select


def hessian(
    gradient: Callable[[np.ndarray], np.ndarray], theta: np.ndarray, chunk: int = 64
) -> np.ndarray:
    """Jacobian of a gradient that takes stacked complex vectors: exact to rounding.

    Complex step (Squire & Trapp 1998): the imaginary part at theta + ih is h times the derivative.
    """
    k = theta.size
    step = 1e-100
    out = np.empty((k, k))
    for at in range(0, k, chunk):
        stop = min(at + chunk, k)
        points = np.tile(theta.astype(complex), (stop - at, 1))
        points[np.arange(stop - at), np.arange(at, stop)] += 1j * step
        out[at:stop] = gradient(points).imag / step
    return (out + out.T) / 2


def case_scores(d: Derivatives, residuals: np.ndarray, V: np.ndarray, means: bool) -> np.ndarray:
    """Derivatives of each case's log-likelihood by cells (cases x cells).

    `residuals`: cases x p, data minus mu (minus the sample mean where means are not modelled).
    """
    z = residuals @ V
    scores = (z @ d.a.T) * (z @ d.b.T) - np.einsum("kp,kp->k", d.a @ V, d.b)
    if means:
        scores += z @ d.mean.T
    return scores
