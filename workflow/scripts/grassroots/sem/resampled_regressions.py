"""Least squares regressions in many resamples at once, and the effects made of their coefficients.

A resample enters ordinary regressions only through its cross products. These come for many
resamples at once as one matrix product (how often each row was drawn times the row's products), and
one batched solve gives each equation's coefficients in all of them. Each resample's standardised
effects use that resample's standard deviations.

Resamples are drawn in chunks whose size depends on the number of rows only, each from its own child
of one seed sequence: results depend neither on the number of cores nor on memory. Where there are
too many rows to draw, blocks of rows are drawn in their place (see `blocks`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from grassroots.sem.blocks import BLOCKS, block_rows

CHUNK_CELLS = 500_000
"""Rows times resamples held at once."""
SINGULAR = 1e-9
"""A regression is not computed if the smallest eigenvalue of its causes' correlation matrix is
below this, or if a variable keeps less than this share of its variance in a resample."""


class AnyEffect(Protocol):
    """Whatever evaluates itself at labelled coefficients: numbers, or arrays of one shape."""

    def value(self, coefficients: Mapping[str, Any]) -> Any:
        """The effect at the given coefficients."""


@dataclass(frozen=True)
class ResampledEffects:
    """Effects at the data, in resamples, and without each row in turn.

    Effects run along the last axis, in the order of `effects`. Arrays are empty and `status` says
    why (`too_few_cases`, `constant_item`, `singular`) if there is nothing to estimate.
    """

    status: str
    message: str
    n: int
    effects: tuple[Any, ...]
    labels: tuple[str, ...]
    coefficients: np.ndarray
    """(number of labels,): the paths at the data."""
    standardised_coefficients: np.ndarray
    estimate: np.ndarray
    """(e,): effects at the data."""
    standardised: np.ndarray
    draws: np.ndarray
    """(R, e); a row of NaN for a resample in which a regression could not be computed."""
    standardised_draws: np.ndarray
    jackknife: np.ndarray
    """(n, e)."""
    standardised_jackknife: np.ndarray
    blocks: int = 0
    """How many blocks of rows were there to draw, and to leave out; 0 if single rows were."""

    @property
    def estimated(self) -> bool:
        """Whether there are estimates to read."""
        return self.status == "ok"


@dataclass(frozen=True)
class Regressions:
    """The regressions of a model, by position among its columns, and the effects made of them."""

    effects: tuple[AnyEffect, ...]
    labels: tuple[str, ...]
    equations: tuple[tuple[int, tuple[int, ...], tuple[tuple[int, int], ...]], ...]
    """For each response: its position, its causes' positions, and (place among the causes, place
    among the labels) of each labelled path."""
    variables: tuple[str, ...]

    @classmethod
    def of(
        cls,
        columns: Sequence[str],
        equations: Sequence[tuple[str, Sequence[str]]],
        labels: Mapping[tuple[str, str], str],
        effects: Sequence[AnyEffect],
    ) -> "Regressions":
        """From the columns' names: (response, causes) of each regression, (response, cause): label.

        Coefficients without a label are estimated and forgotten.
        """
        place = {name: j for j, name in enumerate(columns)}
        order = list(labels.values())
        return cls(
            tuple(effects),
            tuple(order),
            tuple(
                (
                    place[response],
                    tuple(place[cause] for cause in causes),
                    tuple(
                        (j, order.index(labels[response, cause]))
                        for j, cause in enumerate(causes)
                        if (response, cause) in labels
                    ),
                )
                for response, causes in equations
            ),
            tuple(columns),
        )

    def coefficients(
        self, covariances: np.ndarray, spread: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Path coefficients, plain and standardised, (R, number of labels) each.

        NaN in every row where one of the regressions has (nearly) dependent causes or a variable
        does not vary.
        """
        variance = np.diagonal(covariances, axis1=1, axis2=2)
        usable = (variance > SINGULAR * spread).all(axis=1)
        deviation = np.sqrt(np.where(usable[:, None], variance, 1.0))
        correlation = covariances / deviation[:, :, None] / deviation[:, None, :]
        found = np.empty((len(covariances), len(self.labels)))
        scale = np.empty_like(found)
        for response, causes, targets in self.equations:
            among = correlation[:, causes][:, :, causes]
            usable &= _smallest_eigenvalue(among) > SINGULAR
            among = np.where(usable[:, None, None], among, np.eye(len(causes)))
            beta = np.linalg.solve(among, correlation[:, causes, response, None])[..., 0]
            for j, k in targets:
                found[:, k] = beta[:, j]
                scale[:, k] = deviation[:, response] / deviation[:, causes[j]]
        found[~usable] = np.nan
        return found * scale, found

    def evaluate(
        self, sums: np.ndarray, n: np.ndarray, spread: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Effects and standardised effects, (R, e) each, from sums of `_products` over n rows."""
        plain, standard = (
            np.stack([e.value(dict(zip(self.labels, c.T, strict=True))) for e in self.effects], 1)
            for c in self.coefficients(_covariances(sums, n), spread)
        )
        return plain, standard


def drawn_effects(
    values: np.ndarray, plan: Regressions, draws: int, seed: int, largest: int
) -> ResampledEffects:
    """The same as `resampled_effects`; rows are drawn up to `largest` of them, else blocks."""
    n = len(values)
    if n <= largest:
        return resampled_effects(values, plan, resamples(n, draws, seed))
    blocks = block_rows(n, BLOCKS, seed)
    return resampled_effects(values, plan, resamples(BLOCKS, draws, seed), blocks)


def resampled_effects(
    values: np.ndarray,
    plan: Regressions,
    chunks: Iterable[np.ndarray],
    blocks: Sequence[np.ndarray] = (),
) -> ResampledEffects:
    """Estimate the effects of `plan` at complete rows, in resamples, and without each row in turn.

    `values` (n, columns) are the plan's columns; `chunks` are arrays (r, n) of row positions. With
    `blocks`, the rows of each, they are positions of blocks, and each block is left out in turn.
    """
    problem = _unusable(values, plan)
    if problem:
        return _nothing(*problem, len(values), plan)
    values = values - values.mean(axis=0)
    spread = values.var(axis=0)
    products = _products(values)
    n = len(values)
    whole = products.sum(axis=0, keepdims=True)
    sizes = np.ones(n)
    if blocks:
        products = np.stack([products[rows].sum(axis=0) for rows in blocks])
        sizes = np.array([len(rows) for rows in blocks], dtype=float)
    plain, standard = plan.evaluate(whole, np.array([n]), spread)
    paths_found, standard_paths = plan.coefficients(_covariances(whole, np.array([n])), spread)
    drawn = (_counts(units, len(sizes)) for units in chunks)
    resampled = [plan.evaluate(counts @ products, counts @ sizes, spread) for counts in drawn]
    left_out, standard_left_out = plan.evaluate(whole - products, n - sizes, spread)
    empty = np.empty((0, len(plan.effects)))
    return ResampledEffects(
        status="ok",
        message="",
        n=n,
        effects=plan.effects,
        labels=plan.labels,
        coefficients=paths_found[0],
        standardised_coefficients=standard_paths[0],
        estimate=plain[0],
        standardised=standard[0],
        draws=np.concatenate([empty, *(chunk[0] for chunk in resampled)]),
        standardised_draws=np.concatenate([empty, *(chunk[1] for chunk in resampled)]),
        jackknife=left_out,
        standardised_jackknife=standard_left_out,
        blocks=len(blocks),
    )


def resamples(n: int, draws: int, seed: int) -> Iterator[np.ndarray]:
    """Row positions of `draws` resamples of n rows, in chunks of shape (r, n)."""
    if n < 1 or draws < 1:
        return
    size = int(np.clip(CHUNK_CELLS // n, 1, 1000))
    starts = range(0, draws, size)
    children = np.random.SeedSequence(seed).spawn(len(starts))
    for start, child in zip(starts, children, strict=True):
        shape = (min(size, draws - start), n)
        yield np.random.default_rng(child).integers(0, n, shape, dtype=np.int32)


def _products(values: np.ndarray) -> np.ndarray:
    """Of each row: its values and their products, (n, v + v(v + 1)/2)."""
    i, j = np.triu_indices(values.shape[1])
    return np.hstack([values, values[:, i] * values[:, j]])


def _covariances(sums: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Covariance matrices (R, v, v), divisor n, from sums of `_products` over n rows each."""
    moments = sums / n[:, None]
    v = int((np.sqrt(9 + 8 * sums.shape[1]) - 3) / 2 + 0.5)
    i, j = np.triu_indices(v)
    covariance = np.empty((len(sums), v, v))
    means = moments[:, :v]
    covariance[:, i, j] = moments[:, v:] - means[:, i] * means[:, j]
    covariance[:, j, i] = covariance[:, i, j]
    return covariance


def _counts(rows: np.ndarray, n: int) -> np.ndarray:
    """How often each of n rows was drawn, (r, n)."""
    r = len(rows)
    place = rows + np.arange(r)[:, None] * n
    return np.bincount(place.ravel(), minlength=r * n).reshape(r, n).astype(float)


def _smallest_eigenvalue(correlation: np.ndarray) -> np.ndarray:
    """Of each correlation matrix: 0 if a cause follows from the others."""
    k = correlation.shape[-1]
    if k == 1:
        return np.ones(len(correlation))
    if k == 2:
        return 1.0 - np.abs(correlation[:, 0, 1])
    return np.linalg.eigvalsh(correlation)[:, 0]


def complete_rows(data: pd.DataFrame, variables: Sequence[str]) -> np.ndarray:
    """The rows without a missing value, shape (n, p).

    Raises ValueError naming the variables that the data lack, or that are no numbers.
    """
    absent = [name for name in variables if name not in data.columns]
    if absent:
        raise ValueError(f"not in the data: {', '.join(absent)}")
    words = [name for name in variables if not pd.api.types.is_numeric_dtype(data[name])]
    if words:
        raise ValueError(f"not numeric: {', '.join(words)}")
    values = data[list(variables)].to_numpy(dtype=float, na_value=np.nan)
    return values[np.isfinite(values).all(axis=1)]


def _unusable(values: np.ndarray, plan: Regressions) -> tuple[str, str] | None:
    n = len(values)
    most_causes = max(len(causes) for _, causes, _ in plan.equations)
    if n < most_causes + 3:
        return "too_few_cases", f"{n} complete rows cannot support {most_causes} causes."
    constant = [v for v, x in zip(plan.variables, values.T, strict=True) if np.ptp(x) == 0]
    if constant:
        return "constant_item", f"All {n} complete rows agree on {', '.join(constant)}."
    covariance = np.cov(values.T, bias=True)[None]
    found, _ = plan.coefficients(covariance, np.diagonal(covariance[0]))
    if not np.isfinite(found).all():
        return "singular", "Some causes are exact combinations of the others."
    return None


def _nothing(status: str, message: str, n: int, plan: Regressions) -> ResampledEffects:
    e, k = len(plan.effects), len(plan.labels)
    none, no_rows = np.full(e, np.nan), np.empty((0, e))
    no_paths = np.full(k, np.nan)
    return ResampledEffects(
        status, message, n, plan.effects, plan.labels,
        no_paths, no_paths, none, none, no_rows, no_rows, no_rows, no_rows,
    )  # fmt: skip
