"""Reliability of scales: Cronbach's alpha with Feldt's interval, McDonald's omega.

Alpha is computed on complete rows. Omega comes from the standardised loadings of a fitted
one-factor or second-order model, with the variance that the model implies in the denominator; it is
the reliability of the sum of the *standardised* items.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from grassroots.measurement.loadings import (
    composite_reliability,
    is_improper,
    standardised_loadings,
)
from grassroots.measurement.scale_answers import (
    OK,
    RELATIVE_ZERO,
    ScaleAnswers,
    ScaleStatus,
    judge_scale,
    scale_answers,
)

FloatArray = NDArray[np.float64]

COLUMNS = (
    "scale",
    "n_items",
    "n",
    "alpha",
    "alpha_low",
    "alpha_high",
    "omega",
    "omega_hierarchical",
    "status",
    "message",
    "omega_status",
)


class Interval(NamedTuple):
    """Lower and upper limit."""

    low: float
    high: float


class Omega(NamedTuple):
    """Omega (total), omega hierarchical (NaN without a second-order factor), and their status.

    ``status``: ``ok``; ``no_model`` (not fitted, or not converged); ``other_items`` (the model has
    other items than the scale, an item on two factors, or an item beside the dimensions on the
    general factor); ``heywood`` (a standardised loading beyond 1: the values are
    given, as semTools gives them, and not to be trusted).
    """

    total: float
    hierarchical: float
    status: str


def cronbach_alpha(values: FloatArray) -> float:
    """Return Cronbach's (1951) alpha of the complete answers (n, k), k >= 2, n >= 2.

    ``k / (k - 1) * (1 - sum of item variances / variance of the sum)``, as psych and pingouin: on
    complete rows there is nothing in which they could differ. A NaN among the answers gives NaN.
    """
    return _alpha(ScaleAnswers(values, ()).covariance)


def _alpha(covariance: FloatArray) -> float:
    k = len(covariance)
    return float(k / (k - 1) * (1 - covariance.trace() / covariance.sum()))


def feldt_interval(alpha: float, n: int, n_items: int, confidence: float = 0.95) -> Interval:
    """Return Feldt's interval of alpha (Feldt, Woodruff & Salih 1987).

    ``1 - (1 - alpha) F`` with the quantiles of F on n - 1 and (n - 1)(k - 1) degrees of freedom,
    as ``psych::alpha`` prints it ($feldt).
    """
    df1, df2 = n - 1, (n - 1) * (n_items - 1)
    tail = (1 - confidence) / 2
    low, high = (1 - (1 - alpha) * special.fdtri(df1, df2, q) for q in (1 - tail, tail))
    return Interval(float(low), float(high))


def omega_second_order(item_std: Sequence[FloatArray], dimension_std: FloatArray) -> Omega:
    """Return omega total and omega hierarchical from a second-order solution.

    Args:
        item_std: For each of m dimensions the standardised loadings of its items.
        dimension_std: (m,) standardised loadings of the dimensions on the general factor.

    Notes:
        An item loads ``l * g`` on the general factor, ``l * sqrt(1 - g^2)`` on what is specific to
        its dimension (Schmid & Leiman 1957). Hierarchical: share of the general factor in the
        variance of the total; total: share of general and specific factors (Zinbarg, Revelle, Yovel
        & Li 2005). semTools calls the hierarchical one omegaL1 (``reliabilityL2``). They are not
        ``psych::omega``, which rotates an exploratory solution.
    """
    sums = np.array([std.sum() for std in item_std])
    general = float(sums @ dimension_std) ** 2
    specific = float((sums**2 * (1 - dimension_std**2)).sum())
    unique = float(sum((1 - std**2).sum() for std in item_std))
    variance = general + specific + unique
    return Omega((general + specific) / variance, general / variance, "ok")


def scale_omega(
    scale: str, items: Sequence[str], loadings: pd.DataFrame, estimator: str | None = None
) -> Omega:
    """Return the omega of one scale from the table of loadings.

    Model ``second_order:<scale>`` if there is one, else ``one_factor:<scale>``. Residual
    covariances are no part of the table of loadings: the models must have none.
    """
    factors = standardised_loadings(loadings, f"second_order:{scale}", estimator)
    second_order = bool(factors)
    if not second_order:
        factors = standardised_loadings(loadings, f"one_factor:{scale}", estimator)
    if not factors:
        return Omega(np.nan, np.nan, "no_model")
    general = factors.pop(scale, {}) if second_order else {}
    in_model = [item for of in factors.values() for item in of]
    if sorted(in_model) != sorted(items) or (second_order and set(general) != set(factors)):
        return Omega(np.nan, np.nan, "other_items")
    if second_order:
        omega = omega_second_order(
            [np.array(list(factors[dimension].values())) for dimension in general],
            np.array(list(general.values())),
        )
    else:
        std = np.array([std for of in factors.values() for std in of.values()])
        omega = Omega(composite_reliability(std), np.nan, "ok")
    improper = is_improper({**factors, scale: general} if second_order else factors)
    return omega._replace(status="heywood") if improper else omega


def reliability_table(
    scores: pd.DataFrame,
    scales: Mapping[str, Sequence[str]],
    loadings: pd.DataFrame,
    *,
    estimator: str | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return one row a scale with the columns of `COLUMNS`.

    Args:
        scores: One row a respondent; items already turned. Rows with a NaN in the scale are left
            out of that scale.
        scales: Scale id -> item ids; rows follow this order.
        loadings: Columns model, estimator, group, factor, item, std.
        estimator: Whose loadings are used; None: the first listed of each model.
        confidence: Of Feldt's interval.

    Notes:
        ``status`` speaks of alpha: ok, too_few_items, too_few_cases, constant_item, zero_variance
        (of the total score); alpha is empty unless ok. ``omega_status`` speaks of omega, see
        :class:`Omega`.
    """
    rows = [
        reliability_row(
            scale,
            scale_answers(scores, items),
            scale_omega(scale, items, loadings, estimator),
            confidence,
        )
        for scale, items in scales.items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def reliability_row(
    scale: str, answers: ScaleAnswers, omega: Omega, confidence: float = 0.95
) -> dict[str, Any]:
    """Return the row of :func:`reliability_table` of one scale."""
    n, k = answers.values.shape
    state = _judge_alpha(answers)
    alpha, interval = np.nan, Interval(np.nan, np.nan)
    if state.status == "ok":
        alpha = _alpha(answers.covariance)
        interval = feldt_interval(alpha, n, k, confidence)
    omegas = (omega.total, omega.hierarchical)
    row = (scale, k, n, alpha, *interval, *omegas, *state, omega.status)
    return dict(zip(COLUMNS, row, strict=True))


def _judge_alpha(answers: ScaleAnswers) -> ScaleStatus:
    """Say whether alpha is defined: as for any scale, and the total score must vary."""
    state = judge_scale(answers.values, answers.items)
    if state.status != "ok":
        return state
    if answers.covariance.sum() <= RELATIVE_ZERO * answers.covariance.trace():
        return ScaleStatus("zero_variance", "the total score is the same in all complete rows")
    return OK
