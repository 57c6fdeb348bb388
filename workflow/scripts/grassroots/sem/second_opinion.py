"""The same model once more by semopy 2.3: its estimates, its standard errors, its chi-square.

semopy is asked only where its conventions are ours. It keeps variances from becoming negative, so
that it has no say on an improper solution; its degrees of freedom are wrong where a model
conditions on observed covariates. Its default tolerance moves the third digit: a tighter one is
set. It walks through sets whose order changes from run to run, and parses names: every parameter is
written out, and names are replaced.
"""

import logging
import warnings

import numpy as np
import pandas as pd
import semopy
from semopy.stats import calc_chi2, calc_dof, calc_se

from grassroots.sem.cross_check import apart
from grassroots.sem.fit import Fit
from grassroots.sem.quantities import parameter

OPTIONS = {"ftol": 1e-14, "maxiter": 300}


def semopy_opinion(fit: Fit) -> dict[str, float]:
    """semopy's chi-square, df, estimates and standard errors, by the names of `quantities`.

    Complete rows of one group, as in `fit`. Empty if the solution is improper, the model conditions
    on observed covariates, or semopy breaks off. Where semopy ends above our minimum on its own, it
    starts once more from our estimates: if it still has another chi-square, that is its opinion.
    """
    if fit.status != "ok" or fit.table.variables.exogenous or fit.problem is None:
        return {}
    model = semopy.Model(_written_out(fit))
    columns = list(_aliases(fit.observed, "v").values())
    data = pd.DataFrame(fit.problem.samples[0].data, columns=columns)
    places = [f"p{k:04d}" for k in range(len(fit.theta))]
    logger, level = logging.getLogger(), logging.getLogger().level
    # semopy warns through the root logger; what it would say is compared instead.
    logger.setLevel(logging.ERROR)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.load(data)
            order = [places.index(name) for name, p in model.parameters.items() if p.active]
            model.fit(obj="MLW", solver="SLSQP", options=OPTIONS)
            if apart(calc_chi2(model)[0], fit.measures["chi2"]):
                model.param_vals = fit.theta[order].copy()
                model.fit(obj="MLW", solver="SLSQP", options=OPTIONS)
            errors = calc_se(model)
            chi2, df = float(calc_chi2(model)[0]), float(calc_dof(model))
    except (np.linalg.LinAlgError, ValueError):
        return {}
    finally:
        logger.setLevel(level)
    estimate, se = np.empty(len(order)), np.empty(len(order))
    estimate[order], se[order] = model.param_vals, errors
    found = {"chi2": chi2, "df": df}
    for row in fit.parameters.itertuples():
        if row.free >= 0:
            name = parameter(row.lhs, row.op, row.rhs)
            found |= {f"est {name}": float(estimate[row.free]), f"se {name}": float(se[row.free])}
    return found


def _written_out(fit: Fit) -> str:
    """The model with all its parameters, named p0000 and so on where they are free."""
    variables = fit.table.variables
    known = _aliases(variables.observed, "v") | _aliases(variables.latent, "f")
    return "\n".join(
        f"{known[row.lhs]} {row.op} "
        f"{f'p{row.free:04d}' if row.free >= 0 else repr(row.value)}*{known[row.rhs]}"
        for row in fit.table.rows
    )


def _aliases(names: list[str], letter: str) -> dict[str, str]:
    return {name: f"{letter}{j:04d}" for j, name in enumerate(names)}
