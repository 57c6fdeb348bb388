"""How close a twin is to its original, and how far each of its rows is from every real row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from grassroots.twin.copula import pairwise_correlations
from grassroots.twin.margins import Margin, bin_of

# Rows of either side that distances are computed of at most.
MOST_ROWS = 2000

Columns = Mapping[str, Sequence[str | float | None]]


@dataclass(frozen=True)
class Difference:
    """The largest difference of many, in its own units and in standard errors.

    `usual`: the largest that chance alone would show, in standard errors, in one of two twins.
    """

    where: str
    largest: float
    standard_errors: float
    usual: float
    compared: int


@dataclass(frozen=True)
class Distances:
    """Distances of rows to the nearest other row: the smallest, the 5th percentile, the median."""

    smallest: float
    low: float
    median: float


def margin_difference(margins: Mapping[str, Margin], twin: Columns) -> Difference:
    """The largest difference between a category's share and its share of the twin's answers."""
    rows = []
    for name, margin in margins.items():
        answers = [answer for answer in twin[name] if answer is not None]
        gaps = np.abs(_shares(answers, margin) - margin.shares)
        errors = np.sqrt(margin.shares * (1 - margin.shares) / max(1, len(answers)))
        rows += [(gap / e, gap, name) for gap, e in zip(gaps, errors, strict=True) if e > 0]
    return _largest(rows)


def _shares(answers: Sequence[str | float], margin: Margin) -> np.ndarray:
    """The shares of the categories, of an amount of its bins, among answers drawn from it."""
    if margin.edges is None:
        counts = np.array([answers.count(value) for value in margin.values])
    else:
        codes = bin_of(np.array(answers, dtype=float), margin.edges[1:, 0])
        counts = np.bincount(codes, minlength=len(margin.values))
    return counts / max(1, len(answers))


def correlation_difference(names: list[str], original: np.ndarray, twin: np.ndarray) -> Difference:
    """The largest difference between the correlations of two (rows, columns) tables of scores."""
    before, after = pairwise_correlations(original), pairwise_correlations(twin)
    answered = np.isfinite(twin).astype(float)
    n = answered.T @ answered
    rows = []
    for first in range(len(names)):
        for second in range(first):
            r = before[first, second]
            se = (1 - r**2) / np.sqrt(max(1.0, n[first, second] - 1))
            gap = abs(after[first, second] - r)
            rows.append((gap / se, gap, f"{names[second]} and {names[first]}"))
    return _largest(rows)


def _largest(rows: list[tuple[float, float, str]]) -> Difference:
    if not rows:
        return Difference("-", 0.0, 0.0, 0.0, 0)
    errors, _, where = max(rows)
    usual = float(ndtri((1 + 0.5 ** (1 / len(rows))) / 2))
    return Difference(where, max(gap for _, gap, _ in rows), errors, usual, len(rows))


def nearest(rows: np.ndarray, nominal: np.ndarray, others: np.ndarray | None = None) -> np.ndarray:
    """(n,) distances (Gower 1971) of each row to the nearest other; NaN: nothing to compare.

    A column adds 1 if its answers differ (`nominal`) or their difference as a share of the range;
    the distance is the mean over the columns that both answered. Without others the rows are
    compared with one another.
    """
    among = others is None
    others = rows if others is None else others
    every = np.concatenate([rows, others])
    with np.errstate(all="ignore"):
        span = np.nanmax(every, axis=0) - np.nanmin(every, axis=0)
    span = np.where(nominal | ~(span > 0), 1.0, span)
    found = np.full(len(rows), np.nan)
    for index, row in enumerate(rows):
        gaps = np.abs(others - row)
        gaps = np.where(nominal, gaps > 0, gaps / span) + 0 * (others + row)
        both = np.isfinite(gaps)
        count = both.sum(axis=1)
        distance = np.where(both, gaps, 0.0).sum(axis=1) / np.maximum(count, 1)
        distance[count == 0] = np.inf
        if among:
            distance[index] = np.inf
        found[index] = distance.min() if len(distance) else np.inf
    return np.where(np.isfinite(found), found, np.nan)


def summary(distances: np.ndarray) -> Distances:
    """The distances in three numbers."""
    known = distances[np.isfinite(distances)]
    if not len(known):
        return Distances(np.nan, np.nan, np.nan)
    return Distances(*map(float, (known.min(), np.quantile(known, 0.05), np.median(known))))


def equal_rows(rows: np.ndarray, others: np.ndarray) -> int:
    """How many of the rows have, answer by answer and gap by gap, a like among the others."""
    known = {tuple(np.nan_to_num(row, nan=-9e9)) for row in others}
    return sum(tuple(np.nan_to_num(row, nan=-9e9)) in known for row in rows)


def some(rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """All rows, or as many of them by chance as distances are computed of."""
    if len(rows) <= MOST_ROWS:
        return rows
    return rows[np.sort(rng.choice(len(rows), MOST_ROWS, replace=False))]
