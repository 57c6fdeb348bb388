"""Exploratory factor analysis of an instrument: how many factors, which items on which."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grassroots.measurement.factor_extraction import most_factors, principal_axes, residual_size
from grassroots.measurement.factorability import (
    bartlett_sphericity,
    judge_correlations,
    sampling_adequacy,
)
from grassroots.measurement.parallel_analysis import DRAWS, ParallelAnalysis, parallel_analysis
from grassroots.measurement.rotation import Rotation, explained, in_order, oblimin, varimax
from grassroots.measurement.scale_answers import scale_answers

FloatArray = NDArray[np.float64]

ROTATIONS = {"oblimin": oblimin, "varimax": varimax}
LOADING_COLUMNS = (
    "scale rotation factor item loading communality n n_factors dimension variance share cumulative"
).split()
EIGENVALUE_COLUMNS = "scale component observed parallel parallel_mean n draws".split()
CORRELATION_COLUMNS = "scale factor_a factor_b r".split()
SUMMARY_COLUMNS = (
    "scale n n_left_out n_other n_items rotation n_factors chosen_by n_parallel n_kaiser kmo "
    "bartlett_chi2 bartlett_df bartlett_p share rmsr steps n_dimensions n_in_place status message"
).split()
SENTENCES = {
    "no_factor": "no eigenvalue is above those of random data",
    "too_many_factors": "so many factors have more parameters than there are correlations",
    "not_converged": "principal axis factoring found no solution with so many factors",
    "rotation_not_converged": "the rotation did not settle; the loadings are not to be relied on",
    "heywood": "a communality reaches 1: the data do not carry so many factors",
}


class Explored(NamedTuple):
    """The rows of one instrument for the four tables."""

    loadings: pd.DataFrame
    eigenvalues: pd.DataFrame
    correlations: pd.DataFrame
    summary: pd.DataFrame


def explore(
    scores: pd.DataFrame,
    scale: str,
    dimensions: Mapping[str, Sequence[str]],
    *,
    factors: int | None,
    rotation: str,
    seed: int,
    n_other: int = 0,
) -> Explored:
    """Explore the items of one instrument on the rows that are complete in them.

    Args:
        scores: One row a respondent, items already turned; one half of them if the sample was
            split.
        scale: Id of the instrument.
        dimensions: Its declared dimensions and their items in order (one entry if it has none).
        factors: How many; None for as many as parallel analysis keeps.
        rotation: A key of `ROTATIONS`.
        seed: Of the random data of parallel analysis.
        n_other: Complete rows of the half that is kept for the confirmatory model; 0 without one.

    What cannot be computed is left out, and the summary says why by its status: those of
    :func:`judge_correlations`, or a key of `SENTENCES` (heywood and rotation_not_converged beside
    numbers that stand).
    """
    items = [item for own in dimensions.values() for item in own]
    answers = scale_answers(scores, items)
    n = len(answers.values)
    summary: dict[str, Any] = {
        "scale": scale,
        "n": n,
        "n_left_out": len(scores) - n,
        "n_other": n_other,
        "n_items": len(items),
        "rotation": rotation,
        "chosen_by": "parallel" if factors is None else "declared",
        "n_dimensions": len(dimensions),
    }
    state = judge_correlations(answers)
    if state.status != "ok":
        return _without(summary, state.status, state.message)
    correlations = np.corrcoef(answers.values, rowvar=False)
    bartlett = bartlett_sphericity(correlations, n)
    parallel = parallel_analysis(correlations, n, seed)
    chosen = parallel.kept if factors is None else factors
    summary |= {
        "n_factors": chosen,
        "n_parallel": parallel.kept,
        "n_kaiser": int((parallel.observed > 1).sum()),
        "kmo": sampling_adequacy(correlations).overall,
        "bartlett_chi2": bartlett.chi2,
        "bartlett_df": bartlett.df,
        "bartlett_p": bartlett.p,
    }
    roots = _eigenvalue_rows(scale, parallel, n)
    if not 0 < chosen <= most_factors(len(items)):
        status = "no_factor" if chosen < 1 else "too_many_factors"
        return _without(summary, status, SENTENCES[status], roots)
    return _solved(summary, correlations, dimensions, roots)


def items_in_place(loadings: FloatArray, groups: Sequence[int]) -> int:
    """How many items load highest on the factor of their declared dimension.

    Dimensions and factors are matched one to one so that this number is as large as it can be.
    `loadings` (p, k); `groups` holds for each item the number of its dimension. An item of a
    dimension for which no factor is left is out of place.
    """
    k = loadings.shape[1]
    counts = np.zeros((max(groups) + 1, k), dtype=int)
    np.add.at(counts, (list(groups), np.abs(loadings).argmax(axis=1)), 1)

    @cache
    def best(dimension: int, taken: frozenset[int]) -> int:
        if dimension == len(counts) or len(taken) == k:
            return 0
        without = best(dimension + 1, taken)
        return max(
            [without]
            + [
                int(counts[dimension, factor]) + best(dimension + 1, taken | {factor})
                for factor in range(k)
                if factor not in taken and counts[dimension, factor]
            ]
        )

    return best(0, frozenset())


def _solved(
    summary: dict[str, Any],
    correlations: FloatArray,
    dimensions: Mapping[str, Sequence[str]],
    roots: pd.DataFrame,
) -> Explored:
    extraction = principal_axes(correlations, summary["n_factors"])
    summary["steps"] = extraction.steps
    if extraction.status == "not_converged":
        return _without(summary, extraction.status, SENTENCES[extraction.status], roots)
    if summary["n_factors"] == 1:
        summary["rotation"] = "none"
    rotate = ROTATIONS.get(summary["rotation"], varimax)
    solution = in_order(rotate(extraction.loadings))
    status = extraction.status if solution.converged else "rotation_not_converged"
    owners = [dimension for dimension, own in dimensions.items() for _ in own]
    numbers = [list(dimensions).index(owner) for owner in owners]
    summary |= {
        "share": extraction.communalities.sum() / len(owners),
        "rmsr": residual_size(correlations, solution.loadings, solution.correlations),
        "n_in_place": items_in_place(solution.loadings, numbers),
        "status": status,
        "message": SENTENCES.get(status, ""),
    }
    loadings = _loading_rows(summary, solution, extraction.communalities, dimensions)
    return Explored(loadings, roots, _pairs(summary["scale"], solution), _one_row(summary))


def _loading_rows(
    summary: Mapping[str, Any],
    solution: Rotation,
    communalities: FloatArray,
    dimensions: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """One row for each factor and item; what a factor explains stands in all its rows."""
    variance = explained(solution.loadings, solution.correlations)
    share = variance / len(communalities)
    declared = [(item, name) for name, own in dimensions.items() for item in own]
    rows = [
        {
            **{key: summary[key] for key in ("scale", "rotation", "n", "n_factors")},
            "factor": f"F{factor + 1}",
            "item": item,
            "loading": solution.loadings[place, factor],
            "communality": communalities[place],
            "dimension": dimension,
            "variance": variance[factor],
            "share": share[factor],
            "cumulative": share[: factor + 1].sum(),
        }
        for factor in range(len(variance))
        for place, (item, dimension) in enumerate(declared)
    ]
    return pd.DataFrame(rows, columns=LOADING_COLUMNS)


def _pairs(scale: str, solution: Rotation) -> pd.DataFrame:
    """Correlations of the factors; none where the rotation keeps them uncorrelated."""
    k = len(solution.correlations)
    related = not np.array_equal(solution.correlations, np.eye(k))
    rows = [
        (scale, f"F{a + 1}", f"F{b + 1}", solution.correlations[a, b])
        for b in range(k)
        for a in range(b)
        if related
    ]
    return pd.DataFrame(rows, columns=CORRELATION_COLUMNS)


def _eigenvalue_rows(scale: str, parallel: ParallelAnalysis, n: int) -> pd.DataFrame:
    rows = [
        (scale, number, *values, n, DRAWS)
        for number, values in enumerate(
            zip(parallel.observed, parallel.limit, parallel.mean, strict=True), 1
        )
    ]
    return pd.DataFrame(rows, columns=EIGENVALUE_COLUMNS)


def _without(
    summary: dict[str, Any], status: str, message: str, roots: pd.DataFrame | None = None
) -> Explored:
    """No loadings, and the reason."""
    return Explored(
        pd.DataFrame(columns=LOADING_COLUMNS),
        pd.DataFrame(columns=EIGENVALUE_COLUMNS) if roots is None else roots,
        pd.DataFrame(columns=CORRELATION_COLUMNS),
        _one_row(summary | {"status": status, "message": message}),
    )


def _one_row(summary: Mapping[str, Any]) -> pd.DataFrame:
    whole = [name for name in SUMMARY_COLUMNS if name.startswith("n_") or name in ("n", "steps")]
    frame = pd.DataFrame([{name: summary.get(name) for name in SUMMARY_COLUMNS}])
    return frame.astype(dict.fromkeys([*whole, "bartlett_df"], "Int64"))
