"""Estimation by semopy 2.3.

semopy finds the estimates; nothing else of it is used. What would go wrong otherwise, and how it is
kept out:

* Missing values silently give pairwise covariances with the full N: only complete rows are passed.
* Its default tolerance moves the third digit: the tolerance is set, and a few steps of Fisher
  scoring follow, because its objective turns infinite when rounding makes it negative (saturated
  models) and so can end a little beside the optimum.
* It keeps variances from becoming negative, which lavaan does not: where a variance ends at zero
  the model is estimated again without bounds.
* A singular information matrix is inverted all the same: identification is checked here.
* Its defaults differ from lavaan's (residuals of outcomes uncorrelated, the residual of a single
  indicator free), it walks through sets whose order changes from run to run, and it parses names:
  the model is completed beforehand and passed with every parameter written out, names replaced.
* Its starting values never come for a factor without a marker, and are 0 for second-order loadings:
  all are set here.
* Degrees of freedom with observed covariates, RMSEA, GFI, AIC, BIC and standardised residual
  covariances are not what they are called: all are computed from the estimates elsewhere.
"""

import logging
import warnings
from collections.abc import Iterator

import numpy as np
import pandas as pd
import semopy

from grassroots.sem import estimator as estimation
from grassroots.sem.model_syntax import ModelTable, read_model
from grassroots.sem.path_algebra import PathModel, jacobian

OPTIONS = {"ftol": 1e-14, "maxiter": 300}
"""Models of 150 parameters need about 100 iterations; what needs more is lost."""
SCORING_STEPS = 100
NEGLIGIBLE, CONVERGED = 1e-16, 1e-9
"""Expected change of chi-square by a further step, in chi-square units: aimed at, and accepted."""
SINGULAR = 1e-9
"""Smallest eigenvalue of the information, and smallest singular value of the derivatives of the
implied covariances, both scaled to one for each parameter: below this they count as 0."""


def fit(model_syntax: str, data: pd.DataFrame, estimator: str = "ML") -> estimation.Fit:
    """Maximum likelihood estimates of a model in lavaan syntax, on the complete rows.

    Standard errors from the expected information, as lavaan's default. Raises SyntaxError for a
    model that is not understood, and ValueError if variables are absent or not numeric, or for
    another estimator than ML; what is wrong with the data is returned as a status.
    """
    if estimator != "ML":
        raise ValueError(f"semopy is used for ML only, not {estimator}")
    table = read_model(model_syntax)
    values = estimation.complete_rows(data, table.observed)
    n = len(values)
    problem = estimation.unusable(values, table)
    if problem:
        return estimation.failed(*problem, estimator, n, table)
    sample = np.cov(values.T, bias=True).reshape(values.shape[1], -1)
    fixed = [table.observed.index(name) for name in table.fixed_x]
    model = PathModel.build(table, sample[np.ix_(fixed, fixed)])
    try:
        theta, vcov = _estimate(model, values, sample)
    except NotEstimable as reason:
        return estimation.failed(reason.status, str(reason), estimator, n, table)
    return estimation.result(model, theta, vcov, sample, n, estimator)


class NotEstimable(Exception):
    """There are no estimates; `status` says why."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status


def _estimate(
    model: PathModel, values: np.ndarray, sample: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Free quantities in the table's order, and their covariance matrix.

    Tries semopy's solutions in turn; raises the last one's NotEstimable if none is an optimum.
    """
    if not _identified(model):
        raise NotEstimable("not_identified", "The model cannot tell some parameters apart.")
    reason = NotEstimable("not_converged", "semopy found no solution.")
    for theta in _semopy_solutions(model.table, values):
        try:
            return _scored(model, theta, sample, len(values))
        except NotEstimable as found:
            reason = found
    raise reason


def _scored(
    model: PathModel, theta: np.ndarray, sample: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray]:
    """The optimum next to theta, and the inverse of the information there."""
    for _ in range(SCORING_STEPS):
        score, information = _score_and_information(model, theta, sample, n)
        step = np.linalg.solve(information, score)
        if score @ step < NEGLIGIBLE:
            break
        theta = _shortened(model, theta, step, sample)
    score, information = _score_and_information(model, theta, sample, n)
    vcov = np.linalg.inv(information)
    if not score @ vcov @ score < CONVERGED:
        raise NotEstimable("not_converged", "The estimation did not reach an optimum.")
    return theta, vcov


def _identified(model: PathModel) -> bool:
    """Whether the implied covariances determine the parameters at a point without special values.

    The rank of the derivatives there is the rank almost everywhere (Bekker, Merckens and Wansbeek
    1994), so this speaks about the model and not about the data.
    """
    point = 0.7 + 0.2 * np.sin(np.arange(1, len(model.table.free_names) + 1))
    derivatives = jacobian(model.implied_covariance, point).reshape(-1, len(point))
    size = np.linalg.norm(derivatives, axis=0)
    return bool(size.all()) and _smallest(derivatives / size) > SINGULAR


def _smallest(matrix: np.ndarray) -> float:
    return float(np.linalg.svd(matrix, compute_uv=False)[-1])


def _score_and_information(
    model: PathModel, theta: np.ndarray, sample: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray]:
    """Gradient of the log-likelihood, (k,), and expected information, (k, k).

    Information N/2 tr(Sigma^-1 dSigma_k Sigma^-1 dSigma_l) (Bollen 1989, eq. 4A.6). Raises
    NotEstimable where the information is singular or where Sigma is not positive definite.
    """
    implied = model.implied_covariance(theta)
    try:
        np.linalg.cholesky(implied)
    except np.linalg.LinAlgError:
        raise NotEstimable(
            "not_converged", "The estimation ended where the covariances are impossible."
        ) from None
    inverse = np.linalg.inv(implied)
    derivatives = np.moveaxis(jacobian(model.implied_covariance, theta), -1, 0)
    weighted = inverse @ derivatives
    information = n / 2.0 * np.einsum("kij,lji->kl", weighted, weighted, optimize=True)
    residual = inverse @ (sample - implied) @ inverse
    score = n / 2.0 * np.einsum("kij,ij->k", derivatives, residual)
    scale = np.sqrt(np.diagonal(information))
    if (scale == 0).any() or np.linalg.eigvalsh(information / np.outer(scale, scale))[0] < SINGULAR:
        raise NotEstimable("not_converged", "The estimates run off to where they mean nothing.")
    return score, information


def _shortened(
    model: PathModel, theta: np.ndarray, step: np.ndarray, sample: np.ndarray
) -> np.ndarray:
    """The point after a scoring step, halved until the discrepancy no longer grows."""
    start = _discrepancy(model, theta, sample)
    for _ in range(30):
        if _discrepancy(model, theta + step, sample) <= start + 1e-12:
            return theta + step
        step = step / 2.0
    return theta


def _discrepancy(model: PathModel, theta: np.ndarray, sample: np.ndarray) -> float:
    """ln|Sigma| + tr(S Sigma^-1); infinite where Sigma is not positive definite."""
    implied = model.implied_covariance(theta)
    try:
        root = np.linalg.cholesky(implied)
    except np.linalg.LinAlgError:
        return np.inf
    trace = np.trace(np.linalg.solve(implied, sample))
    return float(2.0 * np.log(np.diagonal(root)).sum() + trace)


def _semopy_solutions(table: ModelTable, values: np.ndarray) -> Iterator[np.ndarray]:
    """semopy's estimates of the free quantities, in the table's order.

    First with its bounds. That is an optimum unless a variance ended at zero; then without bounds,
    from the beginning, from where the first ended, and from loadings of 1.
    """
    alias = {name: f"v{j:04d}" for j, name in enumerate(table.observed)}
    alias |= {name: f"f{j:04d}" for j, name in enumerate(table.latent)}
    known_as = {name: f"p{j:04d}" for j, name in enumerate(table.free_names)}
    rows = []
    for p in table.parameters:
        modifier = known_as[p.label or p.name] if p.free else repr(p.fixed)
        rows.append(f"{alias[p.lhs]} {p.op} {modifier}*{alias[p.rhs]}")
    model = semopy.Model("\n".join(rows))
    free = {name: p for name, p in model.parameters.items() if p.active}
    for name, value in starting_values(table, values).items():
        free[known_as[name]].start = value
    wanted = [list(free).index(known_as[name]) for name in table.free_names]
    model.load(pd.DataFrame(values, columns=[alias[name] for name in table.observed]))
    bounded = _run(model)
    if bounded is not None:
        at_bound = [
            p.bound[0] == 0 and x < 1e-6 for p, x in zip(free.values(), bounded, strict=True)
        ]
        if not any(at_bound):
            yield bounded[wanted]
    for p in free.values():
        p.bound = (None, None)
    start = np.array([p.start for p in free.values()])
    loadings = {known_as[p.label or p.name] for p in table.parameters if p.op == "=~" and p.free}
    ones = np.where([name in loadings for name in free], 1.0, start)
    for begin in (start, bounded, ones):
        if begin is not None:
            model.param_vals = begin
            unbounded = _run(model)
            if unbounded is not None:
                yield unbounded[wanted]


def starting_values(table: ModelTable, values: np.ndarray) -> dict[str, float]:
    """A start for each free quantity, by name.

    Loadings: the slope of the item on the factor's first item (1 where one of them is a factor);
    variances: half the observed, 0.05 for factors; regressions and covariances: 0.
    """
    covariance = np.cov(values.T, bias=True).reshape(values.shape[1], -1)
    place = {name: j for j, name in enumerate(table.observed)}
    first: dict[str, str] = {}
    starts: dict[str, float] = {}
    for p in table.parameters:
        start = 0.0
        if p.op == "=~":
            marker = first.setdefault(p.lhs, p.rhs)
            start = 1.0
            if marker in place and p.rhs in place:
                i, j = place[marker], place[p.rhs]
                start = covariance[i, j] / covariance[i, i]
        elif p.op == "~~" and p.lhs == p.rhs:
            start = covariance[place[p.lhs], place[p.lhs]] / 2 if p.lhs in place else 0.05
        if p.free:
            starts.setdefault(p.label or p.name, float(start))
    return starts


def _run(model: semopy.Model) -> np.ndarray | None:
    """semopy's solution from where the model stands, in its own order; None if it broke off."""
    logger = logging.getLogger()
    level = logger.level
    # semopy warns through the root logger about what is judged (and reported) here.
    logger.setLevel(logging.ERROR)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(obj="MLW", solver="SLSQP", options=OPTIONS)
    except (np.linalg.LinAlgError, ValueError):
        return None
    finally:
        logger.setLevel(level)
    return model.param_vals.copy() if np.isfinite(model.param_vals).all() else None
