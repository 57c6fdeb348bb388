import numpy as np
import pytest
from scipy import special, stats

from grassroots.inference import effect_sizes

FIRST = np.array([4.0, 5, 6, 7, 9, 3, 5, 6])
SECOND = np.array([2.0, 4, 3, 5, 4, 3])


def test_the_sign_follows_the_order_of_the_groups():
    found = effect_sizes.standardised_difference(FIRST, SECOND, 0.05)
    turned = effect_sizes.standardised_difference(SECOND, FIRST, 0.05)
    assert found.size > 0
    assert turned.size == -found.size
    assert turned.low == pytest.approx(-found.high, abs=1e-9)


def test_hedges_correction_makes_d_smaller():
    found = effect_sizes.standardised_difference(FIRST, SECOND, 0.05)
    # J is nearly 1 - 3 / (4 m - 1), with m = 12
    assert found.corrected_size / found.size == pytest.approx(1 - 3 / 47, abs=5e-4)


def test_limits_of_d_are_where_the_observed_t_is_in_the_tail():
    found = effect_sizes.standardised_difference(FIRST, SECOND, 0.10)
    unit = np.sqrt(1 / 8 + 1 / 6)
    t = stats.ttest_ind(FIRST, SECOND).statistic
    assert stats.nct.cdf(t, 12, found.low / unit) == pytest.approx(0.95, abs=1e-9)
    assert stats.nct.cdf(t, 12, found.high / unit) == pytest.approx(0.05, abs=1e-9)
    assert found.confidence == 0.9


@pytest.mark.parametrize("t", [-40.0, -12.0, -0.3, 0.0, 1.96, 12.0, 120.0])
@pytest.mark.parametrize("df", [2, 3, 10, 300, 5000])
def test_noncentral_t_limits_everywhere(t, df):
    low, high = effect_sizes.noncentral_t_limits(t, df, 0.95)
    assert low < t < high or abs(t) > 1
    assert special.nctdtr(df, low, t) == pytest.approx(0.975, abs=1e-9)
    assert special.nctdtr(df, high, t) == pytest.approx(0.025, abs=1e-9)


def test_noncentral_t_limits_at_zero_are_symmetric():
    low, high = effect_sizes.noncentral_t_limits(0.0, 30, 0.95)
    assert high == pytest.approx(1.959963984540054, abs=1e-9)
    assert low == pytest.approx(-high, abs=1e-9)


@pytest.mark.parametrize("alpha", [0.01, 0.05])
@pytest.mark.parametrize("margin", [-1e-6, 1e-6])
def test_the_interval_of_eta_squared_excludes_zero_exactly_if_f_is_significant(alpha, margin):
    critical = float(special.fdtri(3, 200, 1 - alpha))
    found = effect_sizes.explained_variance(critical + margin, 3, 200, alpha)
    assert (found.low > 0) == (margin > 0)
    assert found.high > found.size > found.low
    assert found.confidence == pytest.approx(1 - 2 * alpha)


def test_omega_squared_is_negative_below_f_of_one_and_both_limits_may_be_zero():
    found = effect_sizes.explained_variance(0.01, 3, 200, 0.05)
    assert found.corrected_size < 0
    assert (found.low, found.high) == (0, 0)


def test_a_huge_f_has_limits():
    found = effect_sizes.explained_variance(900.0, 2, 40, 0.05)
    assert 0.9 < found.low < found.size < found.high < 1


def test_rank_effects_at_their_ends():
    apart = effect_sizes.rank_biserial(48.0, 8, 6, 0.05)
    assert apart.size == 1
    assert np.isnan([apart.low, apart.high]).all()
    assert effect_sizes.rank_biserial(24.0, 8, 6, 0.05).size == 0
    assert effect_sizes.rank_epsilon_squared(99.0, 100).size == 1


def test_the_intervals_cover_as_often_as_they_say():
    """1,000 samples each of a known d and a known eta squared; three standard errors of leeway."""
    rng = np.random.default_rng(7)
    draws, n = 1000, 30
    hit_d = hit_eta = 0
    means = np.array([0.0, 0.3, 0.6])
    noncentrality = n * means.var() * 3
    eta = noncentrality / (noncentrality + 3 * n - 3)
    for _ in range(draws):
        x, y = rng.normal(0.4, 1, n), rng.normal(0, 1, n)
        found = effect_sizes.standardised_difference(x, y, 0.05)
        hit_d += found.low <= 0.4 <= found.high
        groups = rng.normal(means[:, None], 1, (3, n))
        f = n * groups.mean(axis=1).var(ddof=1) / groups.var(axis=1, ddof=1).mean()
        share = effect_sizes.explained_variance(float(f), 2, 3 * n - 3, 0.05)
        hit_eta += share.low <= eta <= share.high
    assert hit_d / draws == pytest.approx(0.95, abs=3 * np.sqrt(0.95 * 0.05 / draws))
    assert hit_eta / draws == pytest.approx(0.90, abs=3 * np.sqrt(0.90 * 0.10 / draws))
