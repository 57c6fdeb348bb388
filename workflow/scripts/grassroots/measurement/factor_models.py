"""The factor models fitted: to everybody, to the half no exploration saw, beside simpler ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grassroots.measurement.comparison import COMPARISON_COLUMNS, alternatives, comparison_rows
from grassroots.measurement.halves import half_of
from grassroots.run.tables import stacked
from grassroots.sem.data import Prepared
from grassroots.sem.determinism import one_blas_thread
from grassroots.sem.fit import Fit, estimate, fit
from grassroots.sem.structural_form import measurement_syntax

Models = Mapping[str, Mapping[str, Any]]
Estimators = Mapping[str, Sequence[str]]


def indicators(models: Models) -> set[str]:
    """The columns that the models read: items, or scores of dimensions."""
    own = (names for model in models.values() for names in model["factors"].values())
    return {name for names in own for name in names}


def fit_models(
    scores: pd.DataFrame, models: Models, estimators: Estimators
) -> dict[str, list[Fit]]:
    """Each model fitted to the rows complete in its items, by each of its estimators.

    `models`: id -> the arguments of ``measurement_syntax``.
    """
    return {name: _fits(scores, model, estimators[name]) for name, model in models.items()}


def on_other_half(
    scores: pd.DataFrame, models: Models, estimators: Estimators, halves: Mapping[str, Any]
) -> dict[str, list[Fit]]:
    """The models of `halves` fitted to the half that no exploration saw, as `<id>@other_half`.

    `halves` holds `models` (ids) and the `seed` of the split; it is empty where nothing is split.
    """
    if not halves:
        return {}
    other = half_of(scores, halves["seed"], "other")
    return {
        f"{name}@other_half": _fits(other, models[name], estimators[name])
        for name in halves["models"]
    }


def compared(
    scores: pd.DataFrame,
    models: Models,
    found: Mapping[str, Sequence[Fit]],
    asked: Mapping[str, Mapping[str, Any]],
) -> pd.DataFrame:
    """The models in `asked` beside their simpler alternatives, by each estimator of `found`."""
    rows = []
    for name, wanted in asked.items():
        by = [each.estimator for each in found[name]]
        others = {
            key: _fits(scores, each, by) for key, each in alternatives(models[name], wanted).items()
        }
        rows += [
            comparison_rows(name, each, {key: of[place] for key, of in others.items()})
            for place, each in enumerate(found[name])
        ]
    return stacked(rows, COMPARISON_COLUMNS)


def _fits(scores: pd.DataFrame, model: Mapping[str, Any], estimators: Sequence[str]) -> list[Fit]:
    """The fit by each estimator; all of them look at the same moments, made once."""
    syntax = measurement_syntax(**model)
    first, *others = estimators
    found = [fit(syntax, scores, estimator=first)]
    found += [_fit_again(found[0], by) or fit(syntax, scores, estimator=by) for by in others]
    return list(map(_without_rows, found))


def _fit_again(found: Fit, estimator: str) -> Fit | None:
    """The same model and rows by another estimator; None where the first has no estimates."""
    if found.problem is None:
        return None
    samples = found.problem.samples
    prepared = Prepared(samples, found.levels, n=sum(sample.n for sample in samples))
    with np.errstate(all="ignore"), one_blas_thread():
        return estimate(found.problem, prepared, estimator)


def _without_rows(found: Fit) -> Fit:
    """The fit, its respondents let go: a dozen models' rows of a million would not fit in memory.

    What tables read of a fit are its moments.
    """
    for sample in found.problem.samples if found.problem else []:
        sample.data = np.empty((0, len(sample.mean)))
    return found
