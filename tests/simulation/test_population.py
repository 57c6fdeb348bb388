"""The planted structure is in the population, and the answers keep it."""

import numpy as np
import pandas as pd
import pytest

from grassroots.simulation import city_s_people as design
from grassroots.simulation import jincheng_people, m_county_people
from grassroots.simulation.agreement import coefficient_intervals, means_are_higher, welch_p
from grassroots.simulation.answers import Block, answers, thresholds
from grassroots.simulation.city_s_people import population

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


SHARES = {
    design: "GENDER AGE EDUCATION POST_TYPE POLITICAL_STATUS_BY_AGE MARITAL_STATUS_BY_AGE "
    "TENURE_BY_AGE RANK_BY_AGE INCOME_BY_RANK",
    m_county_people: "GENDER POST_TYPE TENURE MARITAL_STATUS_BY_TENURE RANK_BY_TENURE "
    "INCOME_BY_RANK",
    jincheng_people: "GENDER POSITION MAJOR WORK_NATURE HOMETOWN AGE EDUCATION_BY_AGE "
    "SCHOOL_TYPE_BY_EDUCATION MARITAL_STATUS_BY_AGE TENURE_BY_AGE",
}


@pytest.mark.parametrize("people", SHARES, ids=lambda people: people.__name__.split(".")[-1])
def test_shares_add_up(people):
    for name in SHARES[people].split():
        assert np.sum(getattr(people, name), axis=-1) == pytest.approx(1), name


@pytest.mark.parametrize("people", [m_county_people, jincheng_people])
def test_the_latent_scores_of_the_other_studies_are_standardised(people):
    for name, score in people.population(N, np.random.default_rng(5)).latent.items():
        assert score.mean() == pytest.approx(0, abs=0.08), name
        assert score.std() == pytest.approx(1, abs=0.06), name


def test_burnout_of_m_county_differs_as_planted():
    people = m_county_people.population(N, np.random.default_rng(5))
    exhaustion = pd.Series(people.latent["emotional_exhaustion"])
    for name, higher in {"gender": [1], "marital_status": [1], "tenure": [3, 4], "post_type": [2],
                         "rank": [0], "monthly_income": [0, 1]}.items():  # fmt: skip
        assert means_are_higher(exhaustion, pd.Series(people.background[name]), higher), name


def test_pressure_of_jincheng_follows_its_sources_and_neither_gender_nor_position():
    people = jincheng_people.population(N, np.random.default_rng(5))
    pressure = people.latent["psychological_reactions"]
    for source in jincheng_people.PRESSURE_BY_SOURCE:
        assert 0.4 < np.corrcoef(pressure, people.latent[source])[0, 1] < 0.65
    for name in ("gender", "position"):
        levels = people.background[name]
        means = [pressure[levels == level].mean() for level in np.unique(levels)]
        assert np.ptp(means) < 0.1, name


def test_answers_follow_the_thresholds():
    block = Block("d", 2, 1, 5, mean=3.0, sd=1.0)
    assert thresholds(block, 0) == pytest.approx([-1.5, -0.5, 0.5, 1.5])
    latent = {"d": np.array([-40.0, 0.0, 40.0])}
    given = answers(latent, [block], np.random.default_rng(1))
    assert given[0].tolist() == [1, 1] and given[2].tolist() == [5, 5]
    turned = Block("d", 2, 1, 5, mean=3.0, sd=1.0, reversed=True)
    reversed_ = answers(latent, [turned], np.random.default_rng(1))
    assert (reversed_ == 6 - given).all()
    partly = Block("d", 2, 1, 5, mean=3.0, sd=1.0, reversed=(2,))
    second = answers(latent, [partly], np.random.default_rng(1))
    assert (second == np.column_stack([given[:, 0], 6 - given[:, 1]])).all()


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
    ends = OLS(y, add_constant(dummies)).fit().conf_int().loc["x"]
    (found,) = coefficient_intervals(data, "y", ["g", "x"]).values()
    assert found == pytest.approx(tuple(ends), rel=1e-9)
