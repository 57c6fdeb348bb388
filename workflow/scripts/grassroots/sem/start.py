"""Starting values."""

import numpy as np

from grassroots.sem.discrepancy import positive_definite
from grassroots.sem.moments import Sample
from grassroots.sem.partable import ParameterTable, Row
from grassroots.sem.structure import GroupStructure, implied


def starting_values(
    table: ParameterTable, structures: list[GroupStructure], samples: list[Sample]
) -> np.ndarray:
    """A start for every free parameter: the user's, else one from the sample moments.

    Loadings: ratio of an indicator's and the marker's covariances with the other indicators
    (non-iterative; Haegglund 1982 in spirit); residual variances half of the variance, factor
    variances half of the marker's, regressions and covariances 0, intercepts the means.
    """
    theta = np.zeros(table.npar)
    done = np.zeros(table.npar, dtype=bool)
    for g, (structure, sample) in enumerate(zip(structures, samples, strict=True)):
        place = {name: i for i, name in enumerate(structure.observed)}
        rows = [row for row in table.rows if row.group == g]
        guess = _Guess(rows, place, sample.S, sample.mean)
        for row in rows:
            if row.free >= 0 and (row.start is not None or not done[row.free]):
                done[row.free] = True
                theta[row.free] = row.start if row.start is not None else guess.of(row)
    return _admissible(theta, table, structures)


class _Guess:
    """Moment-based guesses for the parameters of one group."""

    def __init__(
        self, rows: list[Row], place: dict[str, int], S: np.ndarray, mean: np.ndarray
    ) -> None:
        self.place, self.S, self.mean = place, S, mean
        self.loadings: dict[str, dict[str, float]] = {}
        self.factor_variance: dict[str, float] = {}
        fixed_residual = {
            r.lhs: r.value for r in rows if r.op == "~~" and r.lhs == r.rhs and r.free < 0
        }
        by_factor: dict[str, list[Row]] = {}
        for row in rows:
            if row.op == "=~":
                by_factor.setdefault(row.lhs, []).append(row)
        for factor, members in by_factor.items():
            self._factor(factor, members, fixed_residual)

    def _factor(self, factor: str, members: list[Row], fixed: dict[str, float]) -> None:
        items = [row for row in members if row.rhs in self.place]
        if not items:
            self.loadings[factor] = {row.rhs: 1.0 for row in members}
            first = self.factor_variance.get(members[0].rhs, 1.0)
            self.factor_variance[factor] = first / 2
            return
        reference = next((r for r in items if r.free < 0 and r.value != 0), None)
        at = [self.place[row.rhs] for row in items]
        block = self.S[np.ix_(at, at)]
        k = len(at)
        pivot = items.index(reference) if reference is not None else 0
        ratio = np.ones(k)
        for j in range(k):
            others = [i for i in range(k) if i not in (j, pivot)]
            if j != pivot and others:
                top, bottom = block[j, others], block[pivot, others]
                if bottom @ bottom > 0:
                    ratio[j] = (top @ bottom) / (bottom @ bottom)
            elif j != pivot:
                ratio[j] = np.sign(block[j, pivot]) * np.sqrt(block[j, j] / block[pivot, pivot])
        ratio = np.clip(np.nan_to_num(ratio), -20, 20)
        residual = fixed.get(items[pivot].rhs)
        share = 0.5 * block[pivot, pivot] if residual is None else block[pivot, pivot] - residual
        share = share if share > 0 else 0.5 * block[pivot, pivot]
        scale = reference.value if reference is not None else np.sqrt(share)
        self.factor_variance[factor] = share / scale**2
        self.loadings[factor] = {
            row.rhs: float(ratio[j] * scale) for j, row in enumerate(items)
        } | {row.rhs: 1.0 for row in members if row.rhs not in self.place}

    def of(self, row: Row) -> float:
        if row.op == "=~":
            return self.loadings[row.lhs][row.rhs]
        if row.op == "~1":
            return float(self.mean[self.place[row.lhs]]) if row.lhs in self.place else 0.0
        if row.op == "~~" and row.lhs == row.rhs:
            if row.lhs in self.factor_variance:
                return self.factor_variance[row.lhs]
            if row.lhs in self.place:
                return 0.5 * float(self.S[self.place[row.lhs], self.place[row.lhs]])
            return 1.0
        return 0.0


def _admissible(
    theta: np.ndarray, table: ParameterTable, structures: list[GroupStructure]
) -> np.ndarray:
    """Shrink loadings and covariances until every implied matrix is positive definite."""
    loose = np.zeros(theta.size, dtype=bool)
    for row in table.rows:
        if row.free >= 0 and (row.op in ("=~", "~") or (row.op == "~~" and row.lhs != row.rhs)):
            loose[row.free] = True
    for _ in range(12):
        if all(positive_definite(implied(s.fill(theta))[0]) for s in structures):
            return theta
        theta = np.where(loose, theta / 2, theta)
    return theta
