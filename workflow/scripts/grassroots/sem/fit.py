"""Fitting a model: the one function that most callers need.

    result = fit("visual =~ x1 + x2 + x3 ; textual =~ x4 + x5 + x6", data)
    result.parameters, result.measures, result.status, result.message

Whatever is wrong with the data or the model ends in a status and a sentence, never in an
exception; only a text that is not a model raises (`ModelSyntaxError`, which names the line).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from grassroots.sem.data import Prepared, group_levels, prepare
from grassroots.sem.determinism import one_blas_thread
from grassroots.sem.fit_indices import no_measures
from grassroots.sem.likelihood import Problem
from grassroots.sem.measures import degrees_of_freedom, fit_measures, robust_measures
from grassroots.sem.optimise import Optimum, minimise
from grassroots.sem.partable import ParameterTable, parameter_table
from grassroots.sem.robust import sandwich
from grassroots.sem.standardise import all_values, jacobians
from grassroots.sem.start import starting_values
from grassroots.sem.structure import structures
from grassroots.sem.verdict import improper, unidentified

COLUMNS = (
    "group", "lhs", "op", "rhs", "label", "est", "se", "z", "p", "ci_low", "ci_high",
    "std", "std_se", "std_low", "std_high", "free",
)  # fmt: skip
USABLE = ("ok", "heywood", "not_positive_definite")


@dataclass
class Fit:
    """A fitted model.

    `status` is "ok"; "heywood" or "not_positive_definite" (estimates stand, but are improper); or
    the reason why there are no numbers: not_identified, not_converged, negative_df, singular,
    constant_item, too_few_cases, no_cases, missing_variable, not_numeric, one_group.
    `parameters` has the columns `COLUMNS`; without an estimate they are NaN. `free` is the index
    of the parameter in `theta` (-1: fixed or defined).
    """

    status: str
    message: str
    parameters: pd.DataFrame
    measures: dict[str, float]
    table: ParameterTable
    theta: np.ndarray
    vcov: np.ndarray
    levels: list = field(default_factory=list)
    problem: Problem | None = None
    optimum: Optimum | None = None
    estimator: str = "ML"

    @property
    def usable(self) -> bool:
        """Whether there are estimates (proper or not)."""
        return self.status in USABLE

    @property
    def observed(self) -> list[str]:
        """Names of the observed variables, in the order of the moments."""
        return self.table.variables.observed

    def sample_moments(self, group: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Sample covariances (divisor n, or n - 1 under Wishart) and means."""
        assert self.problem is not None
        return self.problem.S[group], self.problem.samples[group].mean

    def implied_moments(self, group: int = 0) -> tuple[np.ndarray, np.ndarray]:
        """Model-implied covariances and means; sample means where means are not modelled."""
        assert self.problem is not None
        sigma, mu = self.problem.implied(self.theta)[group]
        return sigma, mu if self.table.means else self.problem.samples[group].mean


def fit(
    model: str,
    data: pd.DataFrame,
    *,
    estimator: Literal["ML", "MLR"] = "ML",
    missing: Literal["listwise", "fiml"] = "listwise",
    group: str | None = None,
    group_equal: Sequence[str] = (),
    group_partial: Sequence[str] = (),
    likelihood: Literal["normal", "wishart"] = "normal",
    fixed_x: bool = True,
    meanstructure: bool | None = None,
    level: float = 0.95,
) -> Fit:
    """Fit a model written in lavaan's syntax by maximum likelihood.

    Parameters
    ----------
    estimator
        "ML": expected-information standard errors (observed under FIML). "MLR": Huber-White
        standard errors and the Yuan-Bentler scaled statistic.
    missing
        "listwise" leaves out rows with missing values; "fiml" uses all values (MAR).
    group, group_equal, group_partial
        Grouping column; kinds of parameters held equal over groups (see `equality.GROUP_EQUAL`);
        single parameters that stay free all the same (`visual =~ x2`, `x3 ~ 1`).
    likelihood
        "wishart": S / (N - 1) and (N - 1) F, as AMOS, EQS and LISREL.
    fixed_x
        Condition on observed exogenous variables (lavaan's convention).
    meanstructure
        None: only where needed (`~ 1`, groups, FIML).

    Raises `ModelSyntaxError` for a text that is not a model, ValueError for an unknown option.
    """
    _check_options(estimator, missing, likelihood)
    levels = group_levels(data, group)
    means = bool(meanstructure) or group is not None or missing == "fiml"
    if meanstructure is False and missing != "fiml":
        means = False
    table = parameter_table(
        model,
        groups=max(len(levels), 1),
        means=means,
        fixed_x=fixed_x,
        group_equal=group_equal if len(levels) > 1 else (),
        group_partial=group_partial,
    )
    if group is not None and group in data and len(levels) < 2:
        alone = f"The variable {group} has fewer than two groups."
        return _without(table, Prepared(status="one_group", message=alone), estimator)
    with np.errstate(all="ignore"), one_blas_thread():
        prepared = prepare(
            data, table.variables, missing=missing, fixed_x=fixed_x, group=group, levels=levels
        )
        if prepared.status != "ok":
            return _without(table, prepared, estimator)
        problem = Problem(table, structures(table), prepared.samples, likelihood == "wishart")
        return estimate(problem, prepared, estimator, level)


def estimate(problem: Problem, prepared: Prepared, estimator: str, level: float = 0.95) -> Fit:
    """Estimate a prepared problem and collect everything that is reported."""
    table = problem.table
    df = degrees_of_freedom(problem)
    if df < 0:
        prepared.status = "negative_df"
        prepared.message = (
            f"The model has {-df} more free parameters than the data have moments; "
            "it cannot be estimated."
        )
        return _without(table, prepared, estimator)
    start = starting_values(table, problem.structures, problem.samples)
    if table.npar:
        optimum = minimise(problem.objective, problem.expected, start)
    else:
        F, gradient = problem.objective(start)
        optimum = Optimum(start, F, gradient, bool(np.isfinite(F)), 0, 0.0)
    theta = optimum.theta
    expected = problem.expected(theta) if np.isfinite(optimum.value) else None
    if expected is not None and table.npar:
        culprits = unidentified(expected, table.names())
        if culprits:
            prepared.status = "not_identified"
            prepared.message = (
                "The model is not identified: the data cannot tell apart "
                f"{', '.join(culprits[:6])}. Fix one of them or hold some equal."
            )
            return _without(table, prepared, estimator)
    if expected is None or not optimum.converged:
        prepared.status = "not_converged"
        prepared.message = (
            f"The estimation did not converge in {optimum.iterations} steps; "
            "the model does not suit these data."
        )
        return _without(table, prepared, estimator)
    return _report(problem, prepared, estimator, optimum, expected, level)


def _report(
    problem: Problem,
    prepared: Prepared,
    estimator: str,
    optimum: Optimum,
    expected: np.ndarray,
    level: float,
) -> Fit:
    table, theta = problem.table, optimum.theta
    measures = fit_measures(problem, theta, optimum.value)
    status, message = improper(problem, theta)
    by_cases = estimator == "MLR" or problem.fiml
    information = problem.observed(theta) if by_cases else expected
    vcov = np.full((theta.size, theta.size), np.nan)
    if theta.size and unidentified(information, table.names()) == []:
        if estimator == "MLR":
            vcov, trace = sandwich(problem, theta, information)
            measures |= robust_measures(problem, measures, trace)
        else:
            vcov = np.linalg.inv(information) / problem.multiplier
    elif theta.size:
        prepared.status = "not_identified"
        prepared.message = (
            "The estimates are not a proper maximum of the likelihood, so that they have no "
            "standard errors; the model asks too much of these data."
        )
        return _without(table, prepared, estimator)
    return Fit(
        status,
        message,
        _parameters(problem, theta, vcov, prepared.levels, level),
        measures,
        table,
        theta,
        vcov,
        prepared.levels,
        problem,
        optimum,
        estimator,
    )


def _parameters(
    problem: Problem, theta: np.ndarray, vcov: np.ndarray, levels: list, level: float
) -> pd.DataFrame:
    """The parameter table with estimates, delta-method standard errors and intervals."""
    table = problem.table
    raw, std = all_values(table, problem.structures, theta)
    if theta.size:
        by_raw, by_std = jacobians(table, problem.structures, theta)
        se, std_se = _delta(by_raw, vcov), _delta(by_std, vcov)
    else:
        se, std_se = np.zeros(raw.size), np.zeros(raw.size)
    certain = se <= 0
    z = np.where(certain, np.nan, raw / np.where(certain, 1.0, se))
    reach = ndtri(0.5 + level / 2)
    numbers = {
        "est": raw,
        "se": se,
        "z": z,
        "p": 2 * ndtr(-np.abs(z)),
        "std": std,
        "std_se": std_se,
        "ci_low": raw - reach * se,
        "ci_high": raw + reach * se,
        "std_low": std - reach * std_se,
        "std_high": std + reach * std_se,
    }
    return _frame(table, levels, numbers)


def _delta(jacobian: np.ndarray, vcov: np.ndarray) -> np.ndarray:
    """sqrt(diag(J V J')); differences at rounding level (markers, variances of 1) count as 0."""
    moves = np.abs(jacobian).max(axis=1, initial=0.0) > 1e-13
    variance = np.einsum("ij,jk,ik->i", jacobian, vcov, jacobian, optimize=True)
    return np.where(moves, np.sqrt(np.where(variance >= 0, variance, np.nan)), 0.0)


def _frame(
    table: ParameterTable, levels: list, numbers: Mapping[str, np.ndarray] | None = None
) -> pd.DataFrame:
    """Every parameter and definition with its `numbers`; NaN without."""
    names = levels or [""]
    rows = [
        (
            names[row.group] if row.group < len(names) else "",
            row.lhs,
            row.op,
            row.rhs,
            "" if row.label.startswith(".") else row.label,
            row.free,
        )
        for row in table.rows
    ] + [("", d.name, ":=", d.text, d.name, -1) for d in table.definitions]
    described = ("group", "lhs", "op", "rhs", "label", "free")
    columns = {name: [row[at] for row in rows] for at, name in enumerate(described)}
    without = dict.fromkeys(COLUMNS, np.nan)
    return pd.DataFrame({**without, **columns, **(numbers or {})})


def _without(table: ParameterTable, prepared: Prepared, estimator: str) -> Fit:
    """A fit without numbers."""
    nothing = np.full(table.npar, np.nan)
    return Fit(
        prepared.status,
        prepared.message,
        _frame(table, prepared.levels),
        no_measures(prepared.n or np.nan, table.npar),
        table,
        nothing,
        np.full((table.npar, table.npar), np.nan),
        prepared.levels,
        estimator=estimator,
    )


def _check_options(estimator: str, missing: str, likelihood: str) -> None:
    for value, known in (
        (estimator, ("ML", "MLR")),
        (missing, ("listwise", "fiml")),
        (likelihood, ("normal", "wishart")),
    ):
        if value not in known:
            raise ValueError(f"{value!r} is not one of {known}")
    if likelihood == "wishart" and missing == "fiml":
        raise ValueError("the Wishart likelihood needs complete data")
