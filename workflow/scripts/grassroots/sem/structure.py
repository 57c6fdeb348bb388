"""The matrices of a model: Sigma = L A Psi A' L' + Theta, mu = nu + L A alpha, A = (I - B)^-1.

Observed variables that take part in regressions (and those that covary with them) stand among the
m latent variables as their own copies: loading 1, no residual. Parameter vectors may carry leading
axes (one vector for each bootstrap resample) and may be complex (for exact derivatives).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from grassroots.sem.partable import ParameterTable, Row

NAMES = ("L", "B", "Psi", "Theta", "nu", "alpha")
SYMMETRIC = ("Psi", "Theta")


@dataclass
class Matrices:
    """Model matrices; leading axes are batch axes."""

    L: np.ndarray  # (..., p, m)
    B: np.ndarray  # (..., m, m)
    Psi: np.ndarray  # (..., m, m)
    Theta: np.ndarray  # (..., p, p), or its diagonal (..., p) where Theta is diagonal
    nu: np.ndarray  # (..., p)
    alpha: np.ndarray  # (..., m)


@dataclass(frozen=True)
class Entries:
    """Free cells of one matrix: flat position, row, column and parameter of each."""

    flat: np.ndarray
    row: np.ndarray
    col: np.ndarray
    par: np.ndarray


@dataclass
class GroupStructure:
    """Where the parameters of one group stand in its matrices."""

    observed: list[str]
    latent: list[str]
    copies: dict[str, int]  # observed name -> its place among the latent variables
    base: dict[str, np.ndarray]
    entries: dict[str, Entries]
    exo: list[tuple[str, int, int, int, int]]  # matrix, row, col, place in observed x2
    cells: list[tuple[Row, str, int, int]]  # every row with its cell
    npar: int
    regressions: bool
    diagonal: bool  # Theta is diagonal and no observed copies: Woodbury applies

    @property
    def p(self) -> int:
        """Number of observed variables."""
        return len(self.observed)

    @property
    def m(self) -> int:
        """Number of latent variables, copies of observed ones included."""
        return len(self.latent)

    def fill(self, theta: np.ndarray, full_theta: bool = True) -> Matrices:
        """Matrices at the parameter vectors `theta` (..., npar)."""
        out = {}
        for name in NAMES:
            base, cells = self.base[name], self.entries[name]
            if name == "Theta" and self.diagonal and not full_theta:
                value = np.empty((*theta.shape[:-1], self.p), dtype=theta.dtype)
                value[...] = np.diag(base)
                value[..., cells.row] = theta[..., cells.par]
                out[name] = value
                continue
            value = np.empty((*theta.shape[:-1], base.size), dtype=theta.dtype)
            value[...] = base.ravel()
            if cells.par.size:
                value[..., cells.flat] = theta[..., cells.par]
            out[name] = value.reshape(*theta.shape[:-1], *base.shape)
        return Matrices(**out)

    def set_exogenous(self, S: np.ndarray, mean: np.ndarray | None) -> None:
        """Put the sample moments of fixed exogenous variables into the base matrices."""
        for name, row, col, i, j in self.exo:
            if name == "Psi":
                self.base["Psi"][row, col] = self.base["Psi"][col, row] = S[i, j]
            elif mean is not None:
                self.base["alpha"][row] = mean[i]

    @cached_property
    def order(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Entries of all matrices sorted by parameter: permutation, starts, parameter of each."""
        par = np.concatenate([self.entries[name].par for name in NAMES])
        permutation = np.argsort(par, kind="stable")
        present, starts = np.unique(par[permutation], return_index=True)
        return permutation, starts, present

    def collect(self, grads: dict[str, np.ndarray]) -> np.ndarray:
        """Gradient by parameters (..., npar) from gradients by free cells (see `Entries`)."""
        stacked = np.concatenate([grads[name] for name in NAMES if name in grads], axis=-1)
        permutation, starts, present = self.order
        if stacked.shape[-1] < permutation.size:
            raise ValueError("gradients of all matrices with free cells are needed")
        if starts.size == permutation.size == self.npar:
            return stacked[..., permutation]
        out = np.zeros((*stacked.shape[:-1], self.npar), dtype=stacked.dtype)
        if permutation.size:
            out[..., present] = np.add.reduceat(stacked[..., permutation], starts, axis=-1)
        return out

    @cached_property
    def selection(self) -> np.ndarray:
        """(entries x npar) matrix of zeros and ones: which parameter each free cell holds."""
        par = np.concatenate([self.entries[name].par for name in NAMES])
        out = np.zeros((par.size, self.npar))
        out[np.arange(par.size), par] = 1.0
        return out


def inverse(matrix: np.ndarray) -> np.ndarray:
    """Inverses of a stack of matrices; NaN for a singular one, where numpy would give up on all."""
    try:
        return np.linalg.inv(matrix)
    except np.linalg.LinAlgError:
        if matrix.ndim == 2:
            return np.full_like(matrix, np.nan)
        return np.stack([inverse(part) for part in matrix])


def total(matrices: Matrices) -> tuple[np.ndarray, np.ndarray]:
    """A = (I - B)^-1 and C = A Psi A', the covariances of the latent variables."""
    B = matrices.B
    A = inverse(np.eye(B.shape[-1]) - B)
    return A, A @ matrices.Psi @ np.swapaxes(A, -1, -2)


def implied(matrices: Matrices) -> tuple[np.ndarray, np.ndarray]:
    """Model-implied covariance matrix (..., p, p) and means (..., p); Theta must be full."""
    A, C = total(matrices)
    L = matrices.L
    sigma = L @ C @ np.swapaxes(L, -1, -2) + matrices.Theta
    mean = matrices.nu + (L @ (A @ matrices.alpha[..., None]))[..., 0]
    return sigma, mean


def _copied(table: ParameterTable) -> list[str]:
    """Observed variables that must stand among the latent ones."""
    v = table.variables
    observed = set(v.observed)
    rows = [row for row in table.rows if row.group == 0]
    copied = {n for row in rows if row.op == "~" for n in (row.lhs, row.rhs) if n in observed}
    copied |= set(v.exogenous)
    # a covariance needs both of its variables on the same side
    pairs = [(r.lhs, r.rhs) for r in rows if r.op == "~~" and r.lhs != r.rhs]
    while True:
        sided = copied | set(v.latent)
        more = {
            name
            for a, b in pairs
            for name, other in ((a, b), (b, a))
            if other in sided and name in observed and name not in copied
        }
        if not more:
            return [name for name in v.observed if name in copied]
        copied |= more


def _cell(
    row: Row, place: dict[str, int], latent: dict[str, int], copied: set[str]
) -> tuple[str, int, int]:
    """Matrix, row and column of a parameter."""
    lhs, op, rhs = row.lhs, row.op, row.rhs
    if op == "=~":
        return ("B", latent[rhs], latent[lhs]) if rhs in latent else ("L", place[rhs], latent[lhs])
    if op == "~":
        return "B", latent[lhs], latent[rhs]
    if op == "~~":
        if lhs in latent:
            i, j = latent[lhs], latent[rhs]
            return "Psi", max(i, j), min(i, j)
        i, j = place[lhs], place[rhs]
        return "Theta", max(i, j), min(i, j)
    return ("alpha", latent[lhs], 0) if lhs in latent else ("nu", place[lhs], 0)


def structures(table: ParameterTable) -> list[GroupStructure]:
    """The structure of each group."""
    v = table.variables
    copied = _copied(table)
    place = {name: i for i, name in enumerate(v.observed)}
    latent_names = [*v.latent, *copied]
    latent = {name: i for i, name in enumerate(latent_names)}
    p, m = len(place), len(latent)
    shapes = {"L": (p, m), "B": (m, m), "Psi": (m, m), "Theta": (p, p), "nu": (p,), "alpha": (m,)}
    out = []
    for g in range(table.groups):
        base = {name: np.zeros(shape) for name, shape in shapes.items()}
        for name in copied:
            base["L"][place[name], latent[name]] = 1.0
        found: dict[str, list[tuple[int, int, int]]] = {name: [] for name in NAMES}
        exo, cells = [], []
        for row in (r for r in table.rows if r.group == g):
            name, i, j = _cell(row, place, latent, set(copied))
            cells.append((row, name, i, j))
            if row.exo:
                exo.append((name, i, j, place[row.lhs], place.get(row.rhs, 0)))
            elif row.free >= 0:
                found[name].append((i, j, row.free))
                if name in SYMMETRIC and i != j:
                    found[name].append((j, i, row.free))
            elif name in ("nu", "alpha"):
                base[name][i] = row.value
            else:
                base[name][i, j] = row.value
                if name in SYMMETRIC:
                    base[name][j, i] = row.value
        entries = {name: _entries(found[name], shapes[name]) for name in NAMES}
        off = entries["Theta"].row != entries["Theta"].col
        theta_off = base["Theta"] - np.diag(np.diag(base["Theta"]))
        diagonal = m > 0 and not copied and not off.any() and not theta_off.any()
        regressions = bool(entries["B"].par.size) or bool(base["B"].any())
        names = dict.fromkeys(copied)
        out.append(
            GroupStructure(
                v.observed,
                latent_names,
                {n: latent[n] for n in names},
                base,
                entries,
                exo,
                cells,
                table.npar,
                regressions,
                diagonal,
            )
        )
    return out


def _entries(found: list[tuple[int, int, int]], shape: tuple[int, ...]) -> Entries:
    array = np.array(found, dtype=np.intp).reshape(-1, 3)
    width = shape[1] if len(shape) == 2 else 1
    return Entries(array[:, 0] * width + array[:, 1], array[:, 0], array[:, 1], array[:, 2])
