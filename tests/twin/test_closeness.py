import numpy as np

from grassroots.twin.closeness import (
    correlation_difference,
    equal_rows,
    margin_difference,
    nearest,
    summary,
)
from grassroots.twin.margins import Margin


def test_distances_count_columns_as_gower_does():
    real = np.array([[0, 1.0, 5], [1, 3, 1], [0, np.nan, np.nan]])
    twin = np.array([[0, 2.0, 5], [1, 3, 1]])
    nominal = np.array([True, False, False])
    # To the first: 0, half the range, 0; the third shares the first column alone.
    np.testing.assert_allclose(nearest(twin, nominal, real), [0, 0])
    np.testing.assert_allclose(nearest(twin[:1], nominal, real[:2]), [0.5 / 3])
    assert nearest(real, nominal)[0] == 0
    np.testing.assert_allclose(nearest(real[:2], nominal), [1, 1])


def test_a_row_without_answers_is_near_nobody():
    empty = np.full((1, 2), np.nan)
    assert np.isnan(nearest(empty, np.array([False, False]), np.ones((3, 2)))).all()
    assert np.isnan(summary(np.array([np.nan])).smallest)


def test_copied_rows_are_counted_and_have_no_distance():
    rng = np.random.default_rng(1)
    real = rng.integers(1, 6, (100, 12)).astype(float)
    real[0, 0] = np.nan
    twin = rng.integers(1, 6, (100, 12)).astype(float)
    nominal = np.zeros(12, dtype=bool)
    assert equal_rows(twin, real) == 0
    assert nearest(twin, nominal, real).min() > 0.05
    twin[:3] = real[:3]
    assert equal_rows(twin, real) == 3
    assert (nearest(twin, nominal, real)[:3] == 0).all()


def test_the_largest_differences_are_found():
    margin = Margin((1.0, 2.0), np.array([1.0, 2]), np.array([0.5, 0.5]), 0, 0)
    found = margin_difference({"x": margin}, {"x": [1.0] * 60 + [2.0] * 40})
    assert found.where == "x"
    assert abs(found.largest - 0.1) < 1e-12
    assert abs(found.standard_errors - 2) < 1e-12
    rng = np.random.default_rng(2)
    one, two = rng.normal(size=(400, 3)), rng.normal(size=(400, 3))
    two[:, 2] += two[:, 0]
    found = correlation_difference(["a", "b", "c"], one, two)
    assert found.where == "a and c"
    assert found.compared == 3
    assert found.standard_errors > 5 > found.usual
