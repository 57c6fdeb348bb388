import numpy as np

from grassroots.inference.multiple_testing import holm


def test_holm_steps_down_and_never_falls():
    # p.adjust(c(.01, .04, .03, .005), "holm")
    np.testing.assert_allclose(holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])


def test_a_missing_p_is_no_member_of_the_family():
    np.testing.assert_allclose(holm([0.01, np.nan, 0.04]), [0.02, np.nan, 0.04])


def test_one_is_the_most_and_ties_share():
    np.testing.assert_allclose(holm([0.5, 0.9, 0.5]), [1, 1, 1])
    np.testing.assert_allclose(holm([0.02, 0.02]), [0.04, 0.04])


def test_families_of_none_and_one():
    assert holm([]).size == 0
    assert holm([0.2]).tolist() == [0.2]
    assert np.isnan(holm([np.nan])).all()
