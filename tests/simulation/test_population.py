"""The planted structure is in the population, and the answers keep it."""

import numpy as np
import pandas as pd
import pytest

from grassroots.simulation import population as design
from grassroots.simulation.agreement import coefficient_upper, welch_p
from grassroots.simulation.answers import Block, answers, thresholds
from grassroots.simulation.population import population

N = 60_000


@pytest.fixture(scope="module")
def people():
    return population(N, np.random.default_rng(5))


def test_latent_scores_are_standardised(people):
    for name, score in people.latent.items():
        assert score.mean() == pytest.approx(0, abs=0.06), name
        assert score.std() == pytest.approx(1, abs=0.03), name


def test_the_planted_paths(people):
    cpi, compassion = people.latent["commitment_to_public_interest"], people.latent["compassion"]
    efficacy = people.latent["general_self_efficacy"]
    loadings = design.DIMENSION_LOADINGS
    assert np.corrcoef(cpi, compassion)[0, 1] == pytest.approx(
        loadings["commitment_to_public_interest"] * loadings["compassion"], abs=0.02
    )
    assert np.corrcoef(cpi, efficacy)[0, 1] == pytest.approx(
        loadings["commitment_to_public_interest"] * design.MOTIVATION_TO_SELF_EFFICACY, abs=0.02
    )
    exhaustion = people.latent["emotional_exhaustion"]
    total = (
        design.MOTIVATION_TO_BURNOUT
        + design.MOTIVATION_TO_SELF_EFFICACY * design.SELF_EFFICACY_TO_BURNOUT
        + design.MOTIVATION_TO_CALLING * design.CALLING_TO_BURNOUT
    )
    expected = total * loadings["commitment_to_public_interest"] * loadings["emotional_exhaustion"]
    assert np.corrcoef(cpi, exhaustion)[0, 1] == pytest.approx(expected, abs=0.02)


def test_the_planted_group_differences(people):
    exhaustion = people.latent["emotional_exhaustion"]
    women = people.background["gender"] == 1
    planted = np.diff(design.BURNOUT_BY_LEVEL["gender"])[0]
    found = exhaustion[women].mean() - exhaustion[~women].mean()
    assert found == pytest.approx(
        planted * design.DIMENSION_LOADINGS["emotional_exhaustion"], abs=0.03
    )


@pytest.mark.parametrize("name", ["GENDER", "AGE", "EDUCATION", "POST_TYPE"])
def test_shares_add_up(name):
    assert sum(getattr(design, name)) == pytest.approx(1)


def test_shares_by_another_variable_add_up():
    for name in ("POLITICAL_STATUS_BY_AGE", "MARITAL_STATUS_BY_AGE", "TENURE_BY_AGE",
                 "RANK_BY_AGE", "INCOME_BY_RANK"):  # fmt: skip
        assert np.sum(getattr(design, name), axis=1) == pytest.approx(1), name


def test_answers_follow_the_thresholds():
    block = Block("d", 2, 1, 5, mean=3.0, sd=1.0)
    assert thresholds(block, 0) == pytest.approx([-1.5, -0.5, 0.5, 1.5])
    latent = {"d": np.array([-40.0, 0.0, 40.0])}
    given = answers(latent, [block], np.random.default_rng(1))
    assert given[0].tolist() == [1, 1] and given[2].tolist() == [5, 5]
    turned = Block("d", 2, 1, 5, mean=3.0, sd=1.0, reversed=True)
    reversed_ = answers(latent, [turned], np.random.default_rng(1))
    assert (reversed_ == 6 - given).all()


def test_welch_and_the_regression_are_scipy_s_and_statsmodels():
    from scipy import stats
    from statsmodels.api import OLS, add_constant
    from statsmodels.stats.oneway import anova_oneway

    rng = np.random.default_rng(3)
    y, x, g = rng.normal(size=90), rng.normal(size=90), np.repeat(["a", "b", "c"], [20, 30, 40])
    y = y * np.repeat([1, 2, 3], [20, 30, 40])
    two = pd.Series(g).where(g != "c")
    t = stats.ttest_ind(y[g == "a"], y[g == "b"], equal_var=False)
    assert welch_p(pd.Series(y), two) == pytest.approx(t.pvalue, rel=1e-9)
    f = anova_oneway([y[g == level] for level in "abc"], use_var="unequal", welch_correction=True)
    assert welch_p(pd.Series(y), pd.Series(g)) == pytest.approx(f.pvalue, rel=1e-9)
    data = pd.DataFrame({"y": y, "x": x, "g": pd.Categorical(g)})
    dummies = pd.get_dummies(data[["x", "g"]], drop_first=True, dtype=float)
    upper = OLS(y, add_constant(dummies)).fit().conf_int().loc["x", 1]
    assert coefficient_upper(data, "y", ["g", "x"], "x") == pytest.approx(upper, rel=1e-9)
