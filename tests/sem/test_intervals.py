"""Intervals against boot::norm.inter and lavaan's bootstrap on stored index sets."""

import numpy as np
import pytest
from scipy import stats

from grassroots.sem import intervals

STATISTICS = ["ind", "tot", "ind_std"]


@pytest.fixture(scope="module")
def replay(reference, stored):
    draws = stored("pd_boot_est")[STATISTICS].to_numpy()
    jackknife = stored("pd_jack_est")[STATISTICS].to_numpy()
    rows = {row["lhs"]: row for row in reference["pd_ml"]["par"] if row["op"] == ":="}
    estimate = np.array([rows["ind"]["est"], rows["tot"]["est"], rows["ind"]["std.all"]])
    return draws, jackknife, estimate


def expected(reference, key):
    return np.array([reference["pd_boot"][name][key] for name in STATISTICS]).T


def test_percentile_interpolates_as_boot_does(reference, replay):
    draws, _, _ = replay
    found = intervals.percentile(draws)
    np.testing.assert_allclose(found, expected(reference, "perc_boot"), atol=1e-6)
    # The usual quantile (type 7) is a different, narrower interval: the test can tell them apart.
    assert np.abs(found - expected(reference, "perc7")).min() > 1e-4


def test_bias_corrected(reference, replay):
    draws, _, estimate = replay
    found = intervals.bias_corrected(draws, estimate)
    np.testing.assert_allclose(found, expected(reference, "bc"), atol=1e-6)


def test_bca_with_jackknife_acceleration(reference, replay):
    draws, jackknife, estimate = replay
    a = intervals.acceleration(jackknife)
    np.testing.assert_allclose(a, [reference["pd_boot"][s]["a"] for s in STATISTICS], atol=1e-9)
    w = intervals.bias_correction(draws, estimate)
    np.testing.assert_allclose(w, [reference["pd_boot"][s]["w"] for s in STATISTICS], atol=1e-9)
    found = intervals.bca(draws, estimate, a)
    np.testing.assert_allclose(found, expected(reference, "bca_jack"), atol=1e-6)


def test_columns_do_not_influence_each_other(replay):
    draws, jackknife, estimate = replay
    together = intervals.bca(draws, estimate, intervals.acceleration(jackknife))
    for k in range(3):
        a = intervals.acceleration(jackknife[:, k])
        alone = intervals.bca(draws[:, k], estimate[k : k + 1], a)
        np.testing.assert_array_equal(alone[:, 0], together[:, k])


def test_failed_draws_are_dropped_and_counted(replay):
    draws, _, estimate = replay
    holed = np.insert(draws, [3, 100, 400], np.nan, axis=0)
    holed[3] = np.inf
    np.testing.assert_array_equal(intervals.valid_draws(holed), [500, 500, 500])
    np.testing.assert_array_equal(intervals.percentile(holed), intervals.percentile(draws))
    np.testing.assert_array_equal(intervals.bootstrap_p(holed), intervals.bootstrap_p(draws))
    np.testing.assert_allclose(intervals.bootstrap_se(holed), draws.std(axis=0, ddof=1))
    np.testing.assert_array_equal(
        intervals.bias_correction(holed, estimate), intervals.bias_correction(draws, estimate)
    )


def test_failures_in_one_column_only(replay):
    draws, _, _ = replay
    holed = draws.copy()
    holed[:100, 1] = np.nan
    found = intervals.percentile(holed)
    np.testing.assert_array_equal(found[:, [0, 2]], intervals.percentile(draws)[:, [0, 2]])
    np.testing.assert_array_equal(found[:, 1], intervals.percentile(draws[100:, 1])[:, 0])


@pytest.mark.parametrize("draws", [np.full(50, np.nan), np.array([1.0]), np.empty(0)])
def test_too_few_draws_give_nan(draws):
    assert np.isnan(intervals.percentile(draws)).all()
    assert np.isnan(intervals.bca(draws, np.array([0.0]), np.array([0.0]))).all()
    assert np.isnan(intervals.bootstrap_se(draws)).all()


def test_estimate_outside_all_draws_has_no_bca():
    draws = np.linspace(1, 2, 99)
    assert np.isnan(intervals.bca(draws, np.array([5.0]), np.array([0.0]))).all()
    assert np.isfinite(intervals.percentile(draws)).all()


def test_whole_ranks_are_order_statistics():
    # (999 + 1) * .025 = 25 exactly: the 25th and the 975th of 999.
    draws = np.random.default_rng(1).permutation(np.arange(1.0, 1000.0))
    np.testing.assert_array_equal(intervals.percentile(draws)[:, 0], [25.0, 975.0])


def test_extreme_probabilities_return_the_extreme_draws():
    draws = np.array([3.0, 1.0, 2.0])
    found = intervals.interpolated_quantiles(draws, np.array([0.001, 0.999]))
    np.testing.assert_array_equal(found[:, 0], [1.0, 3.0])


def test_p_counts_the_smaller_side():
    draws = np.array([-1.0] * 4 + [1.0] * 95)
    assert intervals.bootstrap_p(draws)[0] == pytest.approx(2 * 5 / 100)
    assert intervals.bootstrap_p(-draws)[0] == pytest.approx(2 * 5 / 100)
    assert intervals.bootstrap_p(np.array([-1.0, 1.0]))[0] == 1.0
    assert intervals.bootstrap_p(np.ones(999))[0] == pytest.approx(0.002)
    assert np.isnan(intervals.bootstrap_p(np.array([np.nan])))[0]


def test_intervals_cover_as_often_as_they_say():
    # Mean of 40 exponential values, 400 repetitions: 95% within three standard errors (1.1%).
    rng = np.random.default_rng(20)
    hits = 0
    for _ in range(400):
        x = rng.exponential(size=40)
        draws = x[rng.integers(0, 40, (399, 40))].mean(axis=1)
        jackknife = (x.sum() - x) / 39
        a = intervals.acceleration(jackknife)
        low, high = intervals.bca(draws, np.array([x.mean()]), a)[:, 0]
        hits += low <= 1.0 <= high
    assert 0.95 - 0.045 < hits / 400 < 0.95 + 0.033


def test_acceleration_of_a_mean_is_sixth_of_its_skewness():
    x = np.random.default_rng(3).exponential(size=200)
    jackknife = (x.sum() - x) / 199
    expected_a = stats.skew(x) / (6 * np.sqrt(200))
    assert intervals.acceleration(jackknife)[0] == pytest.approx(expected_a)
    assert intervals.acceleration(np.ones(10))[0] == 0.0
