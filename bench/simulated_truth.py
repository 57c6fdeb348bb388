"""Samples of a known population, and what the engine makes of each of them.

The population is the structural model of City S as the protocol states it, with continuous, jointly
normal indicators and the path values and loadings of the simulated people. What those people have
besides (levels of background variables that shift burnout, an effect of one dimension of its own)
is left out: here the fitted model is true. Self-efficacy is measured in two ways, by its ten items
and by three parcels of them; both models are true of the same people.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
import pandas as pd

from grassroots.sem.bootstrap import bootstrap
from grassroots.sem.determinism import one_blas_thread
from grassroots.sem.fit import Fit, fit
from grassroots.sem.structural_form import StructuralForm, effects, structural_syntax
from grassroots.simulation import city_s_people as population

N = 320
X, M1, M2, Y = "public_service_motivation", "general_self_efficacy", "career_calling", "job_burnout"
INDICATORS = {
    X: [
        "attraction_to_policy_making",
        "commitment_to_public_interest",
        "compassion",
        "self_sacrifice",
    ],
    M1: [f"gse{number}" for number in range(1, 11)],
    M2: ["altruism", "guiding_force", "meaning_and_purpose"],
    Y: ["emotional_exhaustion", "cynicism", "reduced_accomplishment"],
}
FORM = StructuralForm(X, (M1, M2), Y, indicators=INDICATORS)
LOADINGS = population.DIMENSION_LOADINGS | dict(
    zip(INDICATORS[M1], np.linspace(0.82, 0.66, 10).tolist(), strict=True)
)
PATHS = {
    (X, M1): population.MOTIVATION_TO_SELF_EFFICACY,
    (X, M2): population.MOTIVATION_TO_CALLING,
    (M1, Y): population.SELF_EFFICACY_TO_BURNOUT,
    (M2, Y): population.CALLING_TO_BURNOUT,
    (X, Y): population.MOTIVATION_TO_BURNOUT,
}
RESIDUAL_CORRELATION = population.MEDIATORS_RESIDUAL_CORRELATION

PARCELS = {f"parcel{k + 1}": INDICATORS[M1][k::3] for k in range(3)}
SMALLER, LARGER = "13 indicators", "20 indicators"
FORMS = {
    SMALLER: StructuralForm(X, (M1, M2), Y, indicators=INDICATORS | {M1: list(PARCELS)}),
    LARGER: FORM,
}

SCALES = ("unstandardised", "standardised")
VALUES = ("est", "se_delta", "se", "low", "high", "bca_low", "bca_high")


class Sample(NamedTuple):
    """What one sample gives; NaN where the model could not be estimated."""

    status: str
    chi2: float
    df: float
    n_failed: int
    n_inadmissible: int
    values: np.ndarray
    """(rows of the parameter table x SCALES x VALUES)"""


class Fitted(NamedTuple):
    """The same without a bootstrap."""

    status: str
    chi2: float
    df: float
    values: np.ndarray
    """Estimates (rows of the parameter table x SCALES), NaN if there are none."""


def latent_covariance() -> tuple[np.ndarray, dict[str, float]]:
    """Covariances of X, M1, M2, Y, all of variance 1, and their residual variances."""
    a, b = PATHS[X, M1], PATHS[X, M2]
    residual = {X: 1.0, M1: 1 - a**2, M2: 1 - b**2}
    r = a * b + RESIDUAL_CORRELATION * np.sqrt(residual[M1] * residual[M2])
    causes = np.array([[1, a, b], [a, 1, r], [b, r, 1]])
    slopes = np.array([PATHS[X, Y], PATHS[M1, Y], PATHS[M2, Y]])
    residual[Y] = 1 - float(slopes @ causes @ slopes)
    with_outcome = (causes @ slopes)[:, None]
    return np.block([[causes, with_outcome], [with_outcome.T, np.ones((1, 1))]]), residual


def item_covariance() -> pd.DataFrame:
    """Covariances of all indicators; each has variance 1."""
    loadings = np.zeros((len(FORM.variables), 4))
    for column, construct in enumerate(FORM.constructs):
        for item in INDICATORS[construct]:
            loadings[FORM.variables.index(item), column] = LOADINGS[item]
    sigma = loadings @ latent_covariance()[0] @ loadings.T
    np.fill_diagonal(sigma, 1.0)
    return pd.DataFrame(sigma, FORM.variables, FORM.variables)


def measured(model: str) -> dict[str, tuple[float, float]]:
    """Each indicator's loading on its construct (of variance 1), and its residual variance.

    A parcel is the mean of its items, and so is its loading.
    """
    found = {}
    for indicator in FORMS[model].variables:
        loadings = np.array([LOADINGS[item] for item in PARCELS.get(indicator, [indicator])])
        residual = float((1 - loadings**2).sum()) / len(loadings) ** 2
        found[indicator] = float(loadings.mean()), residual
    return found


def true_values(model: str) -> dict[tuple[str, str, str], tuple[float, float]]:
    """The true value of every parameter and effect, unstandardised and standardised.

    Keys are (lhs, op, rhs); effects have the op `:=`. Unstandardised, the first indicator of a
    construct has the loading 1, so that the construct's standard deviation is the loading that this
    indicator has on the construct of variance 1.
    """
    residual = latent_covariance()[1]
    indicators, known = FORMS[model].indicators, measured(model)
    sd = {construct: known[items[0]][0] for construct, items in indicators.items()}
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    for construct, items in indicators.items():
        found[construct, "~~", construct] = (
            residual[construct] * sd[construct] ** 2,
            residual[construct],
        )
        for item in items:
            loading, unique = known[item]
            variance = loading**2 + unique
            found[construct, "=~", item] = loading / sd[construct], loading / variance**0.5
            found[item, "~~", item] = unique, unique / variance
    for (cause, response), path in PATHS.items():
        found[response, "~", cause] = path * sd[response] / sd[cause], path
    scale = sd[M1] * sd[M2] * np.sqrt(residual[M1] * residual[M2])
    found[M1, "~~", M2] = RESIDUAL_CORRELATION * scale, RESIDUAL_CORRELATION
    unit = sd[Y] / sd[X]
    for effect in effects(FORM):
        value = true_effects()[effect.effect, effect.path]
        found[effect.name, ":=", ""] = value * unit, value
    return found


def true_effects() -> dict[tuple[str, str], float]:
    """The standardised effects by kind and path, worked out by hand.

    Not by the expressions that the fitted model is given: effects swapped there must show.
    """
    direct = PATHS[X, Y]
    first, second = PATHS[X, M1] * PATHS[M1, Y], PATHS[X, M2] * PATHS[M2, Y]
    return {
        ("total", f"{X} -> {Y}"): direct + first + second,
        ("direct", f"{X} -> {Y}"): direct,
        ("indirect", f"{X} -> {M1} -> {Y}"): first,
        ("indirect", f"{X} -> {M2} -> {Y}"): second,
        ("total_indirect", f"{X} -> * -> {Y}"): first + second,
        ("contrast", f"{X} -> {M1} -> {Y} minus {X} -> {M2} -> {Y}"): first - second,
    }


@cache
def _root() -> np.ndarray:
    return np.linalg.cholesky(item_covariance().to_numpy())


def data(number: int, seed: int, n: int = N) -> pd.DataFrame:
    """The answers of the n people of one sample; its number and the seed alone decide."""
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(number, n)))
    return pd.DataFrame(rng.standard_normal((n, len(_root()))) @ _root().T, columns=FORM.variables)


def as_measured(model: str, items: pd.DataFrame) -> pd.DataFrame:
    """The indicators of a model, from the items of the same people."""
    if model == LARGER:
        return items
    parcels = {name: items[own].to_numpy().mean(axis=1) for name, own in PARCELS.items()}
    return items.drop(columns=INDICATORS[M1]).assign(**parcels)


def fitted(model: str, number: int, seed: int, n: int = N) -> Fit:
    """The model fitted to one sample."""
    return fit(structural_syntax(FORMS[model]), as_measured(model, data(number, seed, n)))


def fit_sample(number: int, model: str, seed: int, n: int = N) -> Fitted:
    """Fit one sample of n people."""
    with one_blas_thread():
        result = fitted(model, number, seed, n)
    chi2, df = result.measures["chi2"], result.measures["df"]
    return Fitted(result.status, chi2, df, result.parameters[["est", "std"]].to_numpy())


def estimate_sample(number: int, model: str, seed: int, draws: int) -> Sample:
    """Fit and bootstrap one sample."""
    with one_blas_thread():
        result = fitted(model, number, seed)
        if not result.usable:
            empty = np.full((len(result.parameters), len(SCALES), len(VALUES)), np.nan)
            return Sample(result.status, np.nan, np.nan, 0, 0, empty)
        own = np.random.SeedSequence(seed, spawn_key=(number, 0)).generate_state(1)
        drawn = bootstrap(result, draws, int(own[0]))
        values = _values(result, drawn.table())
    chi2, df = result.measures["chi2"], result.measures["df"]
    return Sample(result.status, chi2, df, drawn.n_failed, drawn.n_inadmissible, values)


def _values(result: Fit, table: pd.DataFrame) -> np.ndarray:
    intervals = ["percentile_low", "percentile_high", "bca_low", "bca_high"]
    plain = [result.parameters["est"], result.parameters["se"], table["se"]]
    plain += [table[name] for name in intervals]
    std = [result.parameters["std"], result.parameters["std_se"], table["std_se"]]
    std += [table[f"std_{name}"] for name in intervals]
    return np.stack([np.column_stack(plain), np.column_stack(std)], axis=1)


@cache
def row_keys(model: str) -> list[tuple[str, str, str]]:
    """(lhs, op, rhs) of the rows of the parameter table, in its order; effects without a rhs."""
    table = fitted(model, 0, 0).parameters
    rows = table[["lhs", "op", "rhs"]].itertuples(index=False, name=None)
    return [(lhs, op, "" if op == ":=" else rhs) for lhs, op, rhs in rows]


def over_processes(
    function: Callable[[int], tuple], numbers: Iterable[int], processes: int
) -> Iterator[tuple]:
    """`function` of each number, in their order, from so many processes.

    New processes start from nothing (spawn), so that what the calling one has done changes nothing.
    """
    if processes == 1:
        yield from map(function, numbers)
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield from pool.map(function, numbers, chunksize=5)
