"""Implied covariances and standardised coefficients of a path model.

The model is kept in the reticular form (McArdle and McDonald 1984): all variables, observed and
latent, in one list; A holds the directed coefficients (row: response, column: cause), S the
variances and covariances of what is not explained. Total covariances are
(I - A)^-1 S (I - A)^-T.

Functions accept complex parameter vectors: derivatives are taken with a complex step (Squire and
Trapp 1998), which is exact to rounding and needs no step size to be chosen.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from grassroots.sem.model_syntax import ModelTable

STEP = 1e-30
ARITHMETIC = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}


@dataclass(frozen=True)
class PathModel:
    """Where each parameter of a `ModelTable` stands in A and S.

    `rows` and `columns` index the variables (observed first, in the table's order, then latent);
    `source` is the position in the vector of free quantities, -1 for a fixed value.
    """

    table: ModelTable
    rows: np.ndarray
    columns: np.ndarray
    directed: np.ndarray
    source: np.ndarray
    fixed: np.ndarray
    x_covariance: np.ndarray
    """Sample covariances of the fixed x, in the order of `table.fixed_x`."""

    @classmethod
    def build(cls, table: ModelTable, x_covariance: np.ndarray) -> "PathModel":
        """Lay out the parameters of a table."""
        place = {name: j for j, name in enumerate((*table.observed, *table.latent))}
        number = {name: j for j, name in enumerate(table.free_names)}
        rows, columns, directed, source, fixed = [], [], [], [], []
        for p in table.parameters:
            response, cause = (p.rhs, p.lhs) if p.op == "=~" else (p.lhs, p.rhs)
            rows.append(place[response])
            columns.append(place[cause])
            directed.append(p.op != "~~")
            source.append(number[p.label or p.name] if p.free else -1)
            fixed.append(0.0 if p.free else p.fixed)
        arrays = (np.array(rows), np.array(columns), np.array(directed), np.array(source))
        return cls(table, *arrays, np.array(fixed, dtype=float), np.asarray(x_covariance))

    def values(self, theta: np.ndarray) -> np.ndarray:
        """Every parameter's value in the table's order, at the vector of free quantities."""
        return np.where(self.source >= 0, theta[self.source], self.fixed)

    def matrices(self, theta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A and S, each (q, q) for q variables."""
        q = len(self.table.observed) + len(self.table.latent)
        values = self.values(theta)
        a, s = np.zeros((2, q, q), dtype=values.dtype)
        x = [self.table.observed.index(name) for name in self.table.fixed_x]
        s[np.ix_(x, x)] = self.x_covariance
        d = self.directed
        a[self.rows[d], self.columns[d]] = values[d]
        s[self.rows[~d], self.columns[~d]] = values[~d]
        s[self.columns[~d], self.rows[~d]] = values[~d]
        return a, s

    def total_covariance(self, theta: np.ndarray) -> np.ndarray:
        """Covariances of all variables, (q, q), observed variables first."""
        a, s = self.matrices(theta)
        inverse = np.linalg.inv(np.eye(len(a)) - a)
        return inverse @ s @ inverse.T

    def implied_covariance(self, theta: np.ndarray) -> np.ndarray:
        """Covariances of the observed variables, (p, p)."""
        p = len(self.table.observed)
        return self.total_covariance(theta)[:p, :p]

    def standardised(self, theta: np.ndarray) -> np.ndarray:
        """Completely standardised values of all parameters, in the table's order.

        Loadings and paths by the model-implied total standard deviations; variances by the total
        variance; covariances by the (residual) standard deviations of the two, so that they are
        (residual) correlations. Of a negative residual variance the absolute value is taken, as
        lavaan does; where a total variance is negative, paths are NaN.
        """
        _, s = self.matrices(theta)
        variance = np.diagonal(self.total_covariance(theta))
        residual = np.diagonal(s)
        r, c, values = self.rows, self.columns, self.values(theta)
        with np.errstate(divide="ignore", invalid="ignore"):
            deviation = np.sqrt(np.where(np.real(variance) > 0, variance, np.nan))
            path = values * deviation[c] / deviation[r]
            correlation = values / np.sqrt(_magnitude(residual[r]) * _magnitude(residual[c]))
            proportion = values / variance[r]
        return np.where(self.directed, path, np.where(r == c, proportion, correlation))


def jacobian(function: Callable[[np.ndarray], np.ndarray], theta: np.ndarray) -> np.ndarray:
    """Derivatives of a vector function, shape (m, k), by complex step."""
    columns = []
    for j in range(len(theta)):
        point = theta.astype(complex)
        point[j] += 1j * STEP
        columns.append(np.imag(function(point)) / STEP)
    return np.stack(columns, axis=-1) if columns else np.zeros((len(function(theta)), 0))


def delta_se(gradient: np.ndarray, vcov: np.ndarray) -> np.ndarray:
    """Standard errors of functions of the parameters: root of the diagonal of G V G'."""
    variance = np.einsum("ij,jk,ik->i", gradient, vcov, gradient)
    return np.sqrt(np.where(variance > 0, variance, 0.0))


def defined_values(table: ModelTable, values: np.ndarray) -> np.ndarray:
    """The defined parameters, in order, at the values of all parameters of the table.

    Given standardised values they are the standardised effects, as in lavaan's std.all.
    """
    known = {p.label: v for p, v in zip(table.parameters, values, strict=True) if p.label}
    found = []
    for name, expression in table.defined.items():
        known[name] = evaluate(expression, known)
        found.append(known[name])
    return np.array(found, dtype=np.asarray(values).dtype)


def evaluate(expression: str, known: Mapping[str, complex]) -> complex:
    """Value of an arithmetic expression in known names; SyntaxError for anything else."""

    def walk(node: ast.AST) -> complex:
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            return node.value
        if isinstance(node, ast.Name) and node.id in known:
            return known[node.id]
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            return ARITHMETIC[type(node.op)](walk(node.left), walk(node.right))
        if isinstance(node, ast.UnaryOp) and type(node.op) in ARITHMETIC:
            return ARITHMETIC[type(node.op)](walk(node.operand))
        raise SyntaxError(f"not arithmetic in known labels: {expression}")

    return walk(ast.parse(expression, mode="eval").body)


def _magnitude(x: np.ndarray) -> np.ndarray:
    """Absolute value that a complex step passes through."""
    return np.where(np.real(x) < 0, -x, x)
