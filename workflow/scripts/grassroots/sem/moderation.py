"""Moderated mediation among observed scores: regressions, simple slopes, effects in resamples.

The predictor and the mediators that are multiplied with the moderator, and a moderator that is a
number, are centred at their means in the complete rows (Aiken & West 1991); a moderator of two
categories is 0 and 1. Centring and the values at which the moderator is probed are fixed at those
of the data, in resamples too (as in PROCESS): what varies from resample to resample are the
coefficients.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from grassroots.sem.blocks import LARGEST
from grassroots.sem.moderation_form import (
    ModeratedForm,
    arrow,
    conditional_effects,
    interaction,
)
from grassroots.sem.resampled_regressions import (
    Regressions,
    ResampledEffects,
    complete_rows,
    drawn_effects,
    resampled_effects,
)

EXACT = 1e-10
"""Share of its variance that a response must keep beside its causes."""


@dataclass(frozen=True)
class Equation:
    """One regression: coefficients (k + 1,), the intercept first, and their covariance matrix."""

    response: str
    terms: tuple[str, ...]
    b: np.ndarray
    vcov: np.ndarray
    df: int
    r2: float
    means: np.ndarray
    """(k,): means of the terms."""
    beta: np.ndarray
    """(k + 1,): coefficients after all variables were standardised and then multiplied; NaN for
    the intercept, and a two-category moderator stays 0 and 1."""

    @property
    def se(self) -> np.ndarray:
        """Standard errors (k + 1,)."""
        return np.sqrt(np.diag(self.vcov))

    def place(self, term: str) -> int:
        """Position of a term among the coefficients."""
        return 1 + self.terms.index(term)


@dataclass(frozen=True)
class Moderation:
    """What `moderation` found; without estimates `status` and `message` say why."""

    form: ModeratedForm
    status: str
    message: str
    n: int
    equations: tuple[Equation, ...] = ()
    points: Mapping[str, tuple[float, float]] | None = None
    """{name: (the moderator as it enters the products, the value that is shown)}."""
    span: tuple[float, float] = (np.nan, np.nan)
    """Smallest and largest value of the moderator, as it enters the products."""
    centre: float = 0.0
    """What was taken off the moderator."""
    spread: Mapping[str, tuple[float, float]] | None = None
    """Mean and standard deviation (n - 1) of each construct."""
    resampled: ResampledEffects | None = None
    """Its effects are `ConditionalEffect`s."""


def moderation(
    form: ModeratedForm,
    data: pd.DataFrame,
    draws: int,
    seed: int,
    levels: Sequence[str] = (),
    smallest_cell: int = 0,
    chunks: Iterable[np.ndarray] | None = None,
    largest: int = LARGEST,
) -> Moderation:
    """Estimate a moderated model and resample its conditional effects.

    Args:
        form: The model; its constructs and covariates are numeric columns.
        data: Rows with a missing value are left out.
        draws: Number of resamples.
        seed: The seed of their indices.
        levels: The two categories of the moderator, the first being 0; none for a number.
        smallest_cell: A category of fewer respondents is not looked at alone: there is no estimate.
        chunks: Resamples to replay instead: row positions (r, n) among the complete rows.
        largest: Of more complete rows than these, blocks are resampled (see `blocks`).
    """
    columns = [*form.constructs, *form.covariates]
    moderator = data[form.moderator]
    if levels:
        moderator = (moderator == levels[1]).astype(float).where(moderator.notna())
    values = complete_rows(
        data[columns].assign(**{form.moderator: moderator}), [*columns, form.moderator]
    )
    n = len(values)
    sizes = [int((values[:, -1] == each).sum()) for each in (0, 1)] if levels else []
    if any(0 < size < smallest_cell for size in sizes):
        return Moderation(form, "small_groups", f"A category of {form.moderator} is too small.", n)
    place = {name: j for j, name in enumerate([*columns, form.moderator])}
    spread = _spread(values, list(place))
    own = pd.DataFrame(values, columns=list(place))
    raw = values[:, -1].copy()
    centred = [*form.multiplied, *([] if levels else [form.moderator])]
    for name in centred:
        values[:, place[name]] -= values[:, place[name]].mean() if n else 0.0
    w = values[:, -1]
    products = [values[:, place[cause]] * w for cause in form.multiplied]
    names = [*place, *(interaction(cause, form.moderator) for cause in form.multiplied)]
    values = np.column_stack([values, *products])
    points = _points(spread[form.moderator], levels)
    effects = conditional_effects(form, points, bool(levels))
    labels = {
        (response, term): arrow(term, response)
        for response, terms in form.equations
        for term in terms
        if term not in form.covariates
    }
    plan = Regressions.of(names, form.equations, labels, effects)
    if chunks is None:
        found = drawn_effects(values, plan, draws, seed, largest)
    else:
        found = resampled_effects(values, plan, chunks)
    if not found.estimated:
        return Moderation(form, found.status, found.message, n)
    units = _units(form, spread, bool(levels))
    table = pd.DataFrame(values, columns=names)
    # As a response a mediator keeps its own scale, so that predictions are scores.
    equations = tuple(
        _equation(own[response], table[list(terms)], response, units)
        for response, terms in form.equations
    )
    exact = [equation.response for equation in equations if equation.r2 > 1 - EXACT]
    if exact:
        message = f"{', '.join(exact)} follows from its causes without any residual."
        return Moderation(form, "perfect_fit", message, n)
    return Moderation(
        form, "ok", "", n, equations, points, (float(w.min()), float(w.max())),
        0.0 if levels else float(raw.mean()), spread, found,
    )  # fmt: skip


def _spread(values: np.ndarray, names: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Mean and standard deviation (n - 1) of each column."""
    if len(values) < 2:
        return dict.fromkeys(names, (np.nan, np.nan))
    both = zip(values.mean(axis=0).tolist(), values.std(axis=0, ddof=1).tolist(), strict=True)
    return dict(zip(names, both, strict=True))


def _points(
    moderator: tuple[float, float], levels: Sequence[str]
) -> dict[str, tuple[float, float]]:
    """Where the moderator is probed: its two categories, or its mean and one SD to each side."""
    if levels:
        return {levels[0]: (0.0, 0.0), levels[1]: (1.0, 1.0)}
    mean, sd = moderator
    return {"low": (-sd, mean - sd), "mean": (0.0, mean), "high": (sd, mean + sd)}


def _units(
    form: ModeratedForm, spread: Mapping[str, tuple[float, float]], categories: bool
) -> dict[str, float]:
    """Of each column the unit in which its standardised coefficient counts."""
    units = {name: sd for name, (_, sd) in spread.items()}
    if categories:
        units[form.moderator] = 1.0
    products = {
        interaction(cause, form.moderator): units[cause] * units[form.moderator]
        for cause in form.multiplied
    }
    return units | products


def _equation(
    outcome: pd.Series, columns: pd.DataFrame, response: str, units: Mapping[str, float]
) -> Equation:
    """Ordinary least squares with the classical covariance matrix."""
    terms, y, x = list(columns), outcome.to_numpy(), columns.to_numpy()
    design = np.column_stack([np.ones(len(y)), x])
    triangle = np.linalg.qr(design, mode="r")
    inverse = np.linalg.inv(triangle)
    inverse = inverse @ inverse.T
    b = np.linalg.lstsq(design, y, rcond=None)[0]
    df = len(y) - design.shape[1]
    residual = float(((y - design @ b) ** 2).sum())
    beta = [np.nan, *(units[t] * v / units[response] for t, v in zip(terms, b[1:], strict=True))]
    return Equation(
        response,
        tuple(terms),
        b,
        inverse * residual / df,
        df,
        1 - residual / float(((y - y.mean()) ** 2).sum()),
        x.mean(axis=0),
        np.array(beta),
    )
