"""Modification indices: by how much chi-square would fall if one more parameter were free.

Score test (Lagrange multiplier; Sorbom 1989) with the expected information at the estimates:
MI = N s^2 / (I_ee - I_et I_tt^-1 I_te), EPC = s / (I_ee - ...), s the score of one observation.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from grassroots.sem.fit import Fit
from grassroots.sem.information import Derivatives, cell_derivatives, free_cells
from grassroots.sem.likelihood import Problem
from grassroots.sem.structure import GroupStructure, Matrices, implied, inverse, total

COLUMNS = ["group", "lhs", "op", "rhs", "mi", "epc", "sepc"]
Candidate = tuple[str, str, str, str, int, int]  # lhs, op, rhs, matrix, row, column


def modification_indices(result: Fit, minimum: float = 0.0) -> pd.DataFrame:
    """Every parameter that could be freed, largest index first.

    Columns: group, lhs, op, rhs, mi, epc (expected change), sepc (completely standardised).
    Candidates: cross-loadings, residual covariances of items, paths and residual covariances
    among the variables of a structural model, and parameters that the model fixes. What could not
    be estimated if it were free is left out. Empty for a fit without estimates.
    """
    problem = result.problem
    if problem is None or not result.usable or not problem.table.npar:
        return pd.DataFrame(columns=COLUMNS)
    theta = result.theta
    with np.errstate(all="ignore"):
        inverse = np.linalg.pinv(
            problem.expected(theta) if not problem.fiml else _total(problem, theta)
        )
        parts = [
            _group(problem, g, theta, inverse, result.levels) for g in range(len(problem.samples))
        ]
    out = pd.concat(parts, ignore_index=True)
    out = out[out["mi"] >= minimum]
    return out.sort_values("mi", ascending=False, kind="stable", ignore_index=True)


def _group(
    problem: Problem, g: int, theta: np.ndarray, inverse: np.ndarray, levels: list
) -> pd.DataFrame:
    structure = problem.structures[g]
    matrices = structure.fill(theta)
    found = candidates(structure)
    if not found:
        return pd.DataFrame(columns=COLUMNS)
    d = _derivatives(matrices, found)
    free = cell_derivatives(matrices, free_cells(structure))
    own = np.zeros(len(found))
    cross = np.zeros((len(found), theta.size))
    score = np.zeros(len(found))
    for share, V, moments, difference in _views(problem, g, matrices):
        aV, bV = d.a @ V, d.b @ V
        own += share * (
            np.einsum("ij,ij->i", aV, d.a) * np.einsum("ij,ij->i", bV, d.b)
            + np.einsum("ij,ij->i", aV, d.b) ** 2
        )
        cells = (aV @ free.a.T) * (bV @ free.b.T) + (aV @ free.b.T) * (bV @ free.a.T)
        VMV = V @ moments @ V
        score += share * np.einsum("ij,ij->i", d.a @ (VMV - V), d.b)
        if problem.means:
            own += share * np.einsum("ij,ij->i", d.mean @ V, d.mean)
            cells += d.mean @ V @ free.mean.T
            score += share * (d.mean @ (V @ difference))
        cross += share * cells @ structure.selection
    weight = problem.weights[g]
    left = weight * own - weight**2 * np.einsum("ij,jk,ik->i", cross, inverse, cross, optimize=True)
    good = left > 1e-9 * np.maximum(weight * own, 1e-300)
    score = weight * score
    left = np.where(good, left, np.nan)
    frame = pd.DataFrame([c[:3] for c in found], columns=["lhs", "op", "rhs"])
    frame["group"] = levels[g] if levels else ""
    frame["mi"] = problem.multiplier * score**2 / left
    frame["epc"] = score / left
    frame["sepc"] = frame["epc"] * _scales(matrices, found)
    return frame[good][COLUMNS]


def _views(problem: Problem, g: int, matrices: Matrices) -> Iterator[tuple]:
    """(share, Sigma^-1, second moments about mu, mean - mu) of each pattern of missing values."""
    sigma, mu = implied(matrices)
    sample, p = problem.samples[g], len(mu)
    if not problem.fiml:
        d = sample.mean - mu if problem.means else np.zeros(p)
        yield 1.0, inverse(sigma), problem.S[g] + np.outer(d, d), d
        return
    for x in sample.patterns or []:
        o = np.ix_(x.observed, x.observed)
        V, moments, d = np.zeros((p, p)), np.zeros((p, p)), np.zeros(p)
        V[o] = inverse(sigma[o])
        d[x.observed] = x.mean - mu[x.observed]
        moments[o] = x.S
        yield x.n / sample.n, V, moments + np.outer(d, d), d


def _total(problem: Problem, theta: np.ndarray) -> np.ndarray:
    """Expected information of one observation given the patterns of missing values."""
    out = np.zeros((theta.size, theta.size))
    for g, structure in enumerate(problem.structures):
        matrices = structure.fill(theta)
        d = cell_derivatives(matrices, free_cells(structure))
        for share, V, _, _ in _views(problem, g, matrices):
            ab = d.a @ V @ d.b.T
            cells = (d.a @ V @ d.a.T) * (d.b @ V @ d.b.T) + ab * ab.T + d.mean @ V @ d.mean.T
            out += (
                problem.weights[g] * share * (structure.selection.T @ cells @ structure.selection)
            )
    return out


def candidates(structure: GroupStructure) -> list[Candidate]:  # noqa: C901 (a case a matrix)
    """Parameters of a group that are not free."""
    taken = {(name, i, j) for row, name, i, j in structure.cells if row.free >= 0 or row.exo}
    out: list[Candidate] = []
    latent, observed = structure.latent, structure.observed
    copies = set(structure.copies)
    fixed_x = {latent[i] for name, i, j, _, _ in structure.exo if name == "Psi" and i == j}
    factors = [i for i, name in enumerate(latent) if name not in copies]
    items = [i for i, name in enumerate(observed) if name not in copies]
    measured = _kind(structure, "=~")
    for j in factors:
        for i in items:
            if ("L", i, j) not in taken:
                out.append((latent[j], "=~", observed[i], "L", i, j))
    for x, i in enumerate(items):
        for j in items[:x]:
            if ("Theta", i, j) not in taken:
                out.append((observed[j], "~~", observed[i], "Theta", i, j))
        if ("Theta", i, i) not in taken:
            out.append((observed[i], "~~", observed[i], "Theta", i, i))
    for i in range(structure.m):
        for j in range(structure.m):
            name = latent[i]
            if name in fixed_x or i == j:
                continue
            if ("B", i, j) not in taken and _kind(structure, "~"):
                out.append((name, "~", latent[j], "B", i, j))
            if ("B", i, j) not in taken and (j, i) in measured:
                out.append((latent[j], "=~", name, "B", i, j))
            if j < i and latent[j] not in fixed_x and ("Psi", i, j) not in taken:
                out.append((latent[j], "~~", name, "Psi", i, j))
    return out


def _kind(structure: GroupStructure, op: str) -> set[tuple[int, int]]:
    """(column, row) of the cells of B written with one operator."""
    return {(j, i) for row, name, i, j in structure.cells if name == "B" and row.op == op}


def _derivatives(matrices: Matrices, found: list[Candidate]) -> Derivatives:
    """One derivative for each candidate; a covariance's two cells move together."""
    parts = {"L": [], "B": [], "Psi": [], "Theta": []}  # type: dict[str, list[int]]
    for at, c in enumerate(found):
        parts[c[3]].append(at)
    empty = (np.zeros(0, dtype=int), np.zeros(0, dtype=int))
    cells = {"nu": empty, "alpha": empty}
    for name, places in parts.items():
        cells[name] = (
            np.array([found[k][4] for k in places], dtype=int),
            np.array([found[k][5] for k in places], dtype=int),
        )
    d = cell_derivatives(matrices, cells)
    order = np.argsort([k for places in parts.values() for k in places])
    double = np.array([2.0 if c[3] in ("Psi", "Theta") and c[4] != c[5] else 1.0 for c in found])
    return Derivatives(d.a[order], d.b[order] * double[:, None], d.mean[order])


def _scales(matrices: Matrices, found: list[Candidate]) -> np.ndarray:
    """Factors from the expected change to the completely standardised one."""
    _, C = total(matrices)
    sigma, _ = implied(matrices)
    sd_latent, sd_observed = np.sqrt(np.diag(C)), np.sqrt(np.diag(sigma))
    sd_psi, sd_theta = np.sqrt(np.diag(matrices.Psi)), np.sqrt(np.diag(matrices.Theta))
    by = {
        "L": lambda i, j: sd_latent[j] / sd_observed[i],
        "B": lambda i, j: sd_latent[j] / sd_latent[i],
        "Psi": lambda i, j: 1 / (sd_psi[i] * sd_psi[j]),
        "Theta": lambda i, j: 1 / (sd_theta[i] * sd_theta[j] if i != j else sigma[i, i]),
    }
    return np.array([by[c[3]](c[4], c[5]) for c in found])
