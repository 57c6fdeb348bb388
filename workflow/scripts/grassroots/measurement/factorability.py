"""Factorability of a scale's correlation matrix: KMO, MSA of each item, Bartlett's test.

Computed on the rows that are complete within the scale.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from grassroots.measurement.scale_answers import (
    OK,
    ScaleAnswers,
    ScaleStatus,
    judge_scale,
    scale_answers,
)

FloatArray = NDArray[np.float64]

COLUMNS = (
    "scale",
    "kmo",
    "bartlett_chi2",
    "bartlett_df",
    "bartlett_p",
    "n",
    "n_items",
    "status",
    "message",
)
#: A correlation matrix with an eigenvalue below this is called singular (its trace is k).
SINGULAR_BELOW = 1e-10


class SamplingAdequacy(NamedTuple):
    """Kaiser-Meyer-Olkin measure: overall, and (k,) for each item."""

    overall: float
    items: FloatArray


class Bartlett(NamedTuple):
    """Bartlett's test of sphericity."""

    chi2: float
    df: int
    p: float


def sampling_adequacy(correlations: FloatArray) -> SamplingAdequacy:
    """Return KMO and the measure of sampling adequacy of each item (Kaiser & Rice 1974).

    `correlations` is a (k, k) matrix of full rank. Squared correlations over squared correlations
    plus squared partial correlations, off the diagonal; as ``psych::KMO``. Always .5 for two items.

    Raises:
        numpy.linalg.LinAlgError: If the matrix cannot be inverted.
    """
    inverse = np.linalg.inv(correlations)
    scale = np.sqrt(np.diag(inverse))
    partial = -inverse / np.outer(scale, scale)
    off_diagonal = ~np.eye(len(correlations), dtype=bool)
    r2 = np.where(off_diagonal, correlations**2, 0.0)
    q2 = np.where(off_diagonal, partial**2, 0.0)
    overall = r2.sum() / (r2.sum() + q2.sum())
    return SamplingAdequacy(float(overall), r2.sum(axis=0) / (r2.sum(axis=0) + q2.sum(axis=0)))


def bartlett_sphericity(correlations: FloatArray, n: int) -> Bartlett:
    """Return Bartlett's (1950) test that the (k, k) correlation matrix of n rows is an identity.

    ``chi2 = -(n - 1 - (2k + 5) / 6) ln|R|`` on k(k - 1)/2 df, as ``psych::cortest.bartlett``.
    """
    k = len(correlations)
    _, log_determinant = np.linalg.slogdet(correlations)
    chi2 = float(-(n - 1 - (2 * k + 5) / 6) * log_determinant)
    df = k * (k - 1) // 2
    return Bartlett(chi2, df, float(special.chdtrc(df, chi2)))


def judge_correlations(answers: ScaleAnswers) -> ScaleStatus:
    """Say whether the correlations of the complete answers can be inverted.

    ``too_few_cases`` unless there are more rows than items; ``singular`` where an item is a linear
    combination of others (the total score among its parts, an item entered twice).
    """
    items = answers.items
    state = judge_scale(answers.values, items, min_cases=max(3, len(items) + 1))
    if state.status != "ok":
        return state
    if np.linalg.eigvalsh(answers.correlations)[0] < SINGULAR_BELOW:
        return ScaleStatus("singular", "an item is a linear combination of other items")
    return OK


def factorability_table(scores: pd.DataFrame, scales: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return one row a scale with the columns of `COLUMNS`, in the order of `scales`.

    Rows of `scores` with a NaN in the scale are left out of that scale. KMO and Bartlett's
    chi-square, df and p are empty unless status is ok (see :func:`judge_correlations`).
    """
    rows = [factorability_row(s, scale_answers(scores, items)) for s, items in scales.items()]
    return factorability_frame(rows)


def factorability_frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the rows of :func:`factorability_row` as a table."""
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"bartlett_df": "Int64"})


def factorability_row(scale: str, answers: ScaleAnswers) -> dict[str, Any]:
    """Return the row of :func:`factorability_table` of one scale."""
    n, k = answers.values.shape
    state = judge_correlations(answers)
    kmo, bartlett = np.nan, (np.nan, pd.NA, np.nan)
    if state.status == "ok":
        kmo = sampling_adequacy(answers.correlations).overall
        bartlett = bartlett_sphericity(answers.correlations, n)
    return dict(zip(COLUMNS, (scale, kmo, *bartlett, n, k, *state), strict=True))


def item_adequacy_table(scores: pd.DataFrame, scales: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the measure of sampling adequacy of each item: columns scale, item, msa.

    NaN throughout a scale whose correlations cannot be inverted.
    """
    rows = []
    for scale, items in scales.items():
        answers = scale_answers(scores, items)
        adequacy = np.full(len(items), np.nan)
        if judge_correlations(answers).status == "ok":
            adequacy = sampling_adequacy(answers.correlations).items
        rows += zip([scale] * len(items), items, adequacy, strict=True)
    return pd.DataFrame(rows, columns=["scale", "item", "msa"])
