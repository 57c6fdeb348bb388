import numpy as np
import pytest
from scipy import stats

from grassroots.inference import mean_tests


@pytest.fixture
def samples():
    rng = np.random.default_rng(11)
    return [rng.normal(mean, sd, n) for mean, sd, n in ((0, 1, 30), (0.4, 2, 12), (0.1, 0.5, 55))]


def test_two_means_as_scipy(samples):
    first, second, _ = samples
    for ours, equal in ((mean_tests.welch_t, False), (mean_tests.student_t, True)):
        found = stats.ttest_ind(first, second, equal_var=equal)
        expected = (found.statistic, found.df, found.pvalue)
        assert ours(first, second) == pytest.approx(expected, rel=1e-12)


def test_several_means_as_scipy(samples):
    for ours, equal in ((mean_tests.welch_f, False), (mean_tests.classical_f, True)):
        f, df1, df2, p = ours(samples)
        found = stats.f_oneway(*samples, equal_var=equal)
        assert (f, p) == pytest.approx((found.statistic, found.pvalue), rel=1e-12)
        assert df1 == 2 and (df2 == 94) == equal


def test_welch_s_f_of_two_groups_is_the_square_of_his_t(samples):
    t, df, p = mean_tests.welch_t(*samples[:2])
    assert mean_tests.welch_f(samples[:2]) == pytest.approx((t**2, 1, df, p), rel=1e-12)
