"""Measurement models against simpler ones, and the method factor where it fails."""

import numpy as np
import pandas as pd
import pytest

from grassroots.measurement.comparison import COMPARISON_COLUMNS, alternatives, unused_name
from grassroots.measurement.factor_models import compared, fit_models, on_other_half
from grassroots.measurement.method_factor import method_factor_rows, method_factor_syntax
from grassroots.sem.difference import chi_square_difference
from grassroots.sem.fit import fit
from grassroots.sem.structural_form import measurement_syntax

FACTORS = {
    "visual": ["x1", "x2", "x3"],
    "textual": ["x4", "x5", "x6"],
    "speed": ["x7", "x8", "x9"],
}
MODEL = {"factors": FACTORS, "residual_covariances": [["x1", "x2"]]}
ASKED = {"one_factor": True, "merged": [["speed", "visual"]], "second_order": True}


def test_the_alternatives_keep_all_items_and_residual_covariances():
    found = alternatives(MODEL, ASKED)
    assert list(found) == ["one_factor", "merged:speed+visual", "second_order"]
    for model in found.values():
        assert sorted(i for items in model["factors"].values() for i in items) == sorted(
            i for items in FACTORS.values() for i in items
        )
        assert model["residual_covariances"] == [["x1", "x2"]]
    assert found["merged:speed+visual"]["factors"] == {
        "textual": FACTORS["textual"],
        "speed": [*FACTORS["visual"], *FACTORS["speed"]],
    }
    assert found["second_order"]["second_order"] == {"general": list(FACTORS)}


def test_a_new_factor_takes_no_name_that_is_there():
    assert unused_name("general", {"general": ["general_"]}) == "general__"


def test_the_differences_of_the_nine_tests(holzinger):
    model = {**MODEL, "residual_covariances": []}
    estimators = {"three": ["MLR", "ML"]}
    found = fit_models(holzinger, {"three": model}, estimators)
    table = compared(holzinger, {"three": model}, found, {"three": ASKED})
    assert list(table) == COMPARISON_COLUMNS
    assert list(table["estimator"]) == ["MLR"] * 4 + ["ML"] * 4
    ml = table[table["estimator"] == "ML"].set_index("alternative")
    # lavaan: 312.264 on 27 against 85.306 on 24.
    assert ml.loc["one_factor", "delta_chi2"] == pytest.approx(226.958, abs=1e-3)
    assert ml.loc["one_factor", "delta_df"] == 3
    change = ml.loc["one_factor", "cfi"] - ml.loc["declared", "cfi"]
    assert ml.loc["one_factor", "delta_cfi"] == pytest.approx(change)
    # Three correlations say no more than three second-order loadings.
    assert ml.loc["second_order", "delta_status"] == "equal_df"
    assert np.isnan(ml.loc["second_order", "delta_p"])
    scaled = table[table["estimator"] == "MLR"].set_index("alternative")
    assert scaled.loc["one_factor", "delta_chi2"] != pytest.approx(226.958, abs=1)


def test_models_that_failed_or_have_other_respondents_are_not_tested(holzinger):
    three, one = measurement_syntax(FACTORS), measurement_syntax({"g": FACTORS["visual"]})
    wide = fit(three, holzinger)
    assert chi_square_difference(fit(three, holzinger.head(3)), wide).status == "no_model"
    assert chi_square_difference(fit(one, holzinger.head(100)), wide).status == "other_rows"


def test_the_other_half_is_fitted_to_its_own_respondents(holzinger):
    models, estimators = {"three": MODEL}, {"three": ["ML"]}
    halves = {"models": ["three"], "seed": 5}
    ((name, (found,)),) = on_other_half(holzinger, models, estimators, halves).items()
    assert name == "three@other_half"
    assert found.measures["n"] == 150
    assert on_other_half(holzinger, models, estimators, {}) == {}


def test_a_method_that_moves_all_items_alike_gives_no_solution_and_says_so():
    """The correlations of the factors absorb it: the method factor has nothing of its own."""
    import pandas as pd

    random = np.random.default_rng(20261122)
    factors = {letter: [f"{letter}{i}" for i in range(5)] for letter in "abcd"}
    traits = random.multivariate_normal(np.zeros(4), 0.6 * np.eye(4) + 0.4, 400)
    method = random.standard_normal((400, 1)) * np.linspace(0.25, 0.55, 20)
    values = np.repeat(traits, 5, axis=1) * 0.7 + method + random.standard_normal((400, 20)) * 0.6
    data = pd.DataFrame(values.round(4), columns=[i for own in factors.values() for i in own])
    declared = fit(measurement_syntax(factors), data)
    assert declared.measures["cfi"] > 0.99
    failed = fit(method_factor_syntax(factors, dict(data.std())), data)
    rows = method_factor_rows(factors, declared, failed)
    assert len(rows) == 1
    name, value, _, n, status, message = rows[0]
    assert (name, n, status) == ("ulmc_chi2", 400, "not_converged")
    assert np.isnan(value) and message


@pytest.mark.parametrize("by", [("MLR", "ML"), ("ML", "MLR")])
def test_each_estimator_gives_what_it_gives_alone(holzinger, by):
    (found,) = fit_models(holzinger, {"three": MODEL}, {"three": by}).values()
    for estimator, each in zip(by, found, strict=True):
        alone = fit(measurement_syntax(**MODEL), holzinger, estimator=estimator)
        assert (each.estimator, each.status) == (estimator, alone.status)
        pd.testing.assert_frame_equal(each.parameters, alone.parameters, check_exact=True)
        assert {k: repr(v) for k, v in each.measures.items()} == {
            k: repr(v) for k, v in alone.measures.items()
        }


def test_what_cannot_be_fitted_says_so_by_each_estimator(holzinger):
    data = holzinger.assign(x4=1.0)
    (found,) = fit_models(data, {"three": MODEL}, {"three": ["MLR", "ML"]}).values()
    assert [each.status for each in found] == ["constant_item"] * 2
