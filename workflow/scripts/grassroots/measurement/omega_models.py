"""The models behind omega, fitted to the moments of a scale's complete answers.

Only their loadings are read, and these follow from covariances alone: reliability waits for no
respondent's share in the standard errors. Their fit is in the tables of the measurement models.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from grassroots.measurement.factorability import judge_correlations
from grassroots.measurement.scale_answers import ScaleAnswers
from grassroots.sem.data import Prepared
from grassroots.sem.determinism import one_blas_thread
from grassroots.sem.fit import estimate
from grassroots.sem.likelihood import Problem
from grassroots.sem.moments import Sample
from grassroots.sem.partable import parameter_table
from grassroots.sem.structural_form import measurement_syntax
from grassroots.sem.structure import structures
from grassroots.sem.tables import LOADING_COLUMNS, loadings
from grassroots.sem.verdict import unidentified


def omega_loadings(
    scale: str, answers: ScaleAnswers, models: Mapping[str, Mapping[str, Any]]
) -> pd.DataFrame:
    """The loadings of ``second_order:<scale>`` or ``one_factor:<scale>``, whichever `models` has.

    `models`: id -> the arguments of ``measurement_syntax``; they have no other items than the
    scale. Estimates of maximum likelihood, as in cfa_loadings.csv; no rows without them.
    """
    names = (f"{kind}:{scale}" for kind in ("second_order", "one_factor"))
    found = [name for name in names if name in models]
    if not found or judge_correlations(answers).status != "ok":
        return pd.DataFrame(columns=LOADING_COLUMNS)
    table = parameter_table(measurement_syntax(**models[found[0]]), groups=1, means=False)
    observed = table.variables.observed
    places = [answers.items.index(item) for item in observed]
    n = len(answers.values)
    sample = Sample(
        np.empty((0, len(observed))),
        n,
        answers.values.mean(axis=0)[places],
        answers.products[np.ix_(places, places)] / n,
    )
    with np.errstate(all="ignore"), one_blas_thread():
        problem = Problem(table, structures(table), [sample])
        fit = estimate(problem, Prepared([sample], n=n), "ML")
        # Robust standard errors ask for a proper maximum; so do the loadings that rest on it.
        if fit.usable and unidentified(problem.observed(fit.theta), table.names()):
            return pd.DataFrame(columns=LOADING_COLUMNS)
    return loadings(found[0], fit)
