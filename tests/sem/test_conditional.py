"""The path for fixed covariates: the same F and gradient as from the whole covariance matrix."""

import numpy as np
import pytest
from model_jobs import STRUCTURAL, tables

from grassroots.sem.bootstrap import bootstrap
from grassroots.sem.conditional import conditional, given_covariates
from grassroots.sem.discrepancy import dense
from grassroots.sem.fit import fit
from grassroots.sem.resample import MomentMaker, draw_counts
from grassroots.sem.structural_form import structural_syntax

SYNTAX = structural_syntax(STRUCTURAL["serial_covariates"])


@pytest.fixture(scope="module")
def result():
    return fit(SYNTAX, tables()["items.csv"])


def samples(result, draws):
    maker = MomentMaker(result.problem.samples[0].data)
    S, _ = maker(draw_counts([320], draws, 6)[0])
    return S, np.linalg.slogdet(S)[1]


def both(result, theta):
    structure = result.problem.structures[0]
    S, log_det = samples(result, len(theta))
    part = given_covariates(structure)
    return conditional(part, theta, S, log_det), dense(structure, theta, S, None, log_det, S)


def test_f_and_gradient_equal_the_dense_ones(result):
    rng = np.random.default_rng(3)
    theta = result.theta * (1 + 0.1 * rng.normal(size=(40, result.theta.size)))
    (F, gradient), (expected, slope) = both(result, theta)
    np.testing.assert_allclose(F, expected, rtol=1e-10)
    np.testing.assert_allclose(gradient, slope, rtol=1e-8, atol=1e-9)


def test_improper_parameters_take_the_dense_path(result):
    table = result.table
    residual = next(r.free for r in table.rows if r.key == ("M1_1", "~~", "M1_1"))
    factor = next(r.free for r in table.rows if r.key == ("M1", "~~", "M1"))
    theta = np.tile(result.theta, (3, 1))
    theta[0, residual], theta[1, residual], theta[2, factor] = -0.05, 0.0, -0.05
    (F, gradient), (expected, slope) = both(result, theta)
    np.testing.assert_allclose(F, expected, rtol=1e-9)
    finite = np.isfinite(expected)
    np.testing.assert_allclose(gradient[finite], slope[finite], rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize(
    "syntax",
    [
        "f =~ X1_1 + X1_2 + X1_3\nf ~ g2\nX1_1 ~ g3",  # an item has a regression of its own
        "f =~ X1_1 + X1_2 + X1_3\nf ~ g2\nX1_1 ~~ X1_2",  # residuals covary
        "f =~ X1_1 + X1_2 + X1_3\nf ~ 0.3*g2 + g3",  # a fixed path
        "f =~ X1_1 + X1_2 + X1_3 + M1_1",  # no covariate
    ],
)
def test_models_of_another_kind_are_left_to_the_other_paths(syntax):
    structure = fit(syntax, tables()["items.csv"]).problem.structures[0]
    assert given_covariates(structure) is None


def test_resamples_end_where_the_dense_path_ends(result, monkeypatch):
    quick = bootstrap(result, 60, seed=2)
    monkeypatch.setattr("grassroots.sem.refit.given_covariates", lambda structure: None)
    slow = bootstrap(result, 60, seed=2)
    assert quick.n_failed == slow.n_failed == 0
    np.testing.assert_allclose(quick.raw, slow.raw, atol=2e-5)
