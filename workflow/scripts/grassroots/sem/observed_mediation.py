"""Mediation among observed scores by least squares, with a vectorised bootstrap.

All equations of a mediation model among observed variables are ordinary regressions (see
`resampled_regressions`).
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from grassroots.sem.blocks import LARGEST
from grassroots.sem.resampled_regressions import (
    CHUNK_CELLS,
    Regressions,
    ResampledEffects,
    complete_rows,
    drawn_effects,
    resampled_effects,
    resamples,
)
from grassroots.sem.structural_form import StructuralForm, effects, paths

__all__ = ["CHUNK_CELLS", "from_indices", "observed_mediation", "resamples"]


def observed_mediation(
    form: StructuralForm, data: pd.DataFrame, draws: int, seed: int, largest: int = LARGEST
) -> ResampledEffects:
    """Estimate, bootstrap and jackknife all effects of a mediation model.

    Only the paths of `form` are used, not its indicators: its constructs must be columns of `data`.
    Rows with a missing value are left out; of more than `largest`, blocks are resampled (see
    `blocks`). Raises ValueError for absent or non-numeric columns.
    """
    values = complete_rows(data, _columns(form))
    return drawn_effects(values, _regressions(form), draws, seed, largest)


def from_indices(
    form: StructuralForm, data: pd.DataFrame, chunks: Iterable[np.ndarray]
) -> ResampledEffects:
    """The same with given resamples: arrays (r, n) of row positions among the complete rows."""
    return resampled_effects(complete_rows(data, _columns(form)), _regressions(form), chunks)


def _columns(form: StructuralForm) -> tuple[str, ...]:
    return (*form.constructs, *form.covariates)


def _regressions(form: StructuralForm) -> Regressions:
    labelled = paths(form)
    equations = [
        (response, [*(p.cause for p in labelled if p.response == response), *form.covariates])
        for response in (*form.mediators, form.outcome)
    ]
    labels = {(p.response, p.cause): p.label for p in labelled}
    return Regressions.of(_columns(form), equations, labels, effects(form))
