"""The completely standardised solution ("std.all").

Loadings and paths are multiplied by the ratio of model-implied standard deviations, residual
variances divided by the total variance, covariances divided by the standard deviations of what
covaries: of the residuals for residual covariances (NaN where a residual variance is negative).
"""

import numpy as np

from grassroots.sem.discrepancy import put_exogenous
from grassroots.sem.expression import evaluate
from grassroots.sem.partable import ParameterTable
from grassroots.sem.structure import GroupStructure, total


def group_standardised(  # noqa: C901 (a scale for each kind of row)
    structure: GroupStructure,
    theta: np.ndarray,
    exogenous: np.ndarray | None = None,
    mean: np.ndarray | None = None,
) -> np.ndarray:
    """Standardised values of all rows of a group, in their order: (..., rows).

    `exogenous`: each draw's own sample covariances of all observed variables, for fixed x.
    """
    matrices = structure.fill(theta, full_theta=not structure.diagonal)
    if exogenous is not None and structure.exo:
        put_exogenous(structure, matrices, exogenous, mean)
    residual = matrices.Theta
    if not structure.diagonal:
        residual = np.diagonal(residual, axis1=-2, axis2=-1)
    with np.errstate(all="ignore"):
        _, C = total(matrices)
        L, Psi = matrices.L, matrices.Psi
        latent = np.diagonal(C, axis1=-2, axis2=-1)
        observed = ((L @ C) * L).sum(-1) + residual
        psi = np.diagonal(Psi, axis1=-2, axis2=-1)
        sd_latent, sd_observed = np.sqrt(latent), np.sqrt(observed)
        sd_psi, sd_theta = np.sqrt(psi), np.sqrt(residual)
        out = np.empty((*theta.shape[:-1], len(structure.cells)), dtype=theta.dtype)
        for at, (_, name, i, j) in enumerate(structure.cells):
            if name == "L":
                value = L[..., i, j] * sd_latent[..., j] / sd_observed[..., i]
            elif name == "B":
                value = matrices.B[..., i, j] * sd_latent[..., j] / sd_latent[..., i]
            elif name == "Psi" and i == j:
                value = psi[..., i] / latent[..., i]
            elif name == "Psi":
                value = Psi[..., i, j] / (sd_psi[..., i] * sd_psi[..., j])
            elif name == "Theta" and i == j:
                value = residual[..., i] / observed[..., i]
            elif name == "Theta":
                value = matrices.Theta[..., i, j] / (sd_theta[..., i] * sd_theta[..., j])
            elif name == "nu":
                value = matrices.nu[..., i] / sd_observed[..., i]
            else:
                value = matrices.alpha[..., i] / sd_latent[..., i]
            out[..., at] = value
    return out


def row_values(structures: list[GroupStructure], theta: np.ndarray) -> np.ndarray:
    """Unstandardised values of all rows, group after group: (..., rows)."""
    out = []
    for structure in structures:
        values = np.empty((*theta.shape[:-1], len(structure.cells)), dtype=theta.dtype)
        for at, (row, name, i, j) in enumerate(structure.cells):
            if row.free >= 0:
                values[..., at] = theta[..., row.free]
            else:
                base = structure.base[name]
                values[..., at] = base[i] if base.ndim == 1 else base[i, j]
        out.append(values)
    return np.concatenate(out, axis=-1)


def defined_values(table: ParameterTable, values: np.ndarray) -> np.ndarray:
    """Values of the `:=` statements (..., definitions) from the values of all rows (..., rows).

    A label shared by several rows stands for the first of them.
    """
    known: dict[str, np.ndarray] = {}
    for at, row in enumerate(table.rows):
        if row.label:
            known.setdefault(row.label, values[..., at])
    found = evaluate(table.compiled, known)
    out = np.empty((*values.shape[:-1], len(found)), dtype=values.dtype)
    for at, value in enumerate(found.values()):
        out[..., at] = value
    return out


def all_values(
    table: ParameterTable, structures: list[GroupStructure], theta: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(unstandardised, standardised) values of rows and definitions: (..., rows + definitions)."""
    raw = row_values(structures, theta)
    std = np.concatenate([group_standardised(s, theta) for s in structures], axis=-1)
    return (
        np.concatenate([raw, defined_values(table, raw)], axis=-1),
        np.concatenate([std, defined_values(table, std)], axis=-1),
    )


def jacobians(
    table: ParameterTable, structures: list[GroupStructure], theta: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Derivatives of `all_values` by the free parameters, (values, npar) each; complex step."""
    k = theta.size
    points = np.tile(theta.astype(complex), (k, 1))
    points[np.arange(k), np.arange(k)] += 1e-100j
    raw, std = all_values(table, structures, points)
    return raw.imag.T / 1e-100, std.imag.T / 1e-100
