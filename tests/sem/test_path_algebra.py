"""Standardising, derivatives and defined values."""

import numpy as np
import pytest

from grassroots.sem.model_syntax import read_model
from grassroots.sem.path_algebra import (
    PathModel,
    defined_values,
    delta_se,
    evaluate,
    jacobian,
)

SYNTAX = "f =~ x1 + x2 + x3\ny ~ a*f + b*z\nx1 ~~ x2\ntwice := 2*a - b/a"


@pytest.fixture(scope="module")
def model():
    return PathModel.build(read_model(SYNTAX), np.array([[1.5]]))


@pytest.fixture(scope="module")
def theta(model):
    return 0.4 + 0.1 * np.arange(len(model.table.free_names))


def test_implied_covariances_by_hand(model, theta):
    value = dict(zip(model.table.free_names, theta, strict=True))
    loadings = np.array([1.0, value["f =~ x2"], value["f =~ x3"]])
    psi, a, b = value["f ~~ f"], value["a"], value["b"]
    expected = np.zeros((5, 5))  # x1 x2 x3 y z
    expected[:3, :3] = psi * np.outer(loadings, loadings)
    expected[:3, :3] += np.diag([value[f"x{j} ~~ x{j}"] for j in (1, 2, 3)])
    expected[0, 1] += value["x1 ~~ x2"]
    expected[1, 0] += value["x1 ~~ x2"]
    expected[:3, 3] = expected[3, :3] = psi * loadings * a
    expected[3, 3] = a**2 * psi + b**2 * 1.5 + value["y ~~ y"]
    expected[3, 4] = expected[4, 3] = 1.5 * b
    expected[4, 4] = 1.5
    assert model.table.observed == ("x1", "x2", "x3", "y", "z")
    np.testing.assert_allclose(model.implied_covariance(theta), expected, rtol=1e-12)


def test_residual_covariances_are_standardised_by_residual_deviations(model, theta):
    names = [p.name for p in model.table.parameters]
    value = dict(zip(names, model.values(theta), strict=True))
    found = dict(zip(names, model.standardised(theta), strict=True))
    residual = value["x1 ~~ x2"] / np.sqrt(value["x1 ~~ x1"] * value["x2 ~~ x2"])
    assert found["x1 ~~ x2"] == pytest.approx(residual)
    assert found["f ~~ f"] == pytest.approx(1.0)
    sd = np.sqrt(np.diagonal(model.implied_covariance(theta)))
    assert found["y ~ z"] == pytest.approx(value["y ~ z"] * sd[4] / sd[3])
    assert found["x1 ~~ x1"] + found["f =~ x1"] ** 2 == pytest.approx(1.0)


def test_derivatives_equal_differences(model, theta):
    exact = jacobian(model.standardised, theta)
    for j in range(len(theta)):
        step = np.zeros(len(theta))
        step[j] = 1e-6
        rough = (model.standardised(theta + step) - model.standardised(theta - step)) / 2e-6
        np.testing.assert_allclose(exact[:, j], rough, atol=1e-8)


def test_delta_method_uses_covariances():
    vcov = np.array([[0.04, 0.01], [0.01, 0.09]])
    gradient = np.array([[3.0, 2.0]])  # of a*b at a = 2, b = 3
    expected = np.sqrt(9 * 0.04 + 4 * 0.09 + 2 * 6 * 0.01)
    assert delta_se(gradient, vcov)[0] == pytest.approx(expected)


def test_defined_values(model, theta):
    value = dict(zip(model.table.free_names, theta, strict=True))
    found = defined_values(model.table, model.values(theta))
    assert found == pytest.approx([2 * value["a"] - value["b"] / value["a"]])


@pytest.mark.parametrize("text", ["f(1)", "a.b", "a if a else 1", "[a]", "c"])
def test_only_arithmetic_in_known_labels_is_evaluated(text):
    assert evaluate("-(a + 1) ** 2 / 2", {"a": 2.0}) == pytest.approx(-4.5)
    with pytest.raises(SyntaxError):
        evaluate(text, {"a": 2.0})
