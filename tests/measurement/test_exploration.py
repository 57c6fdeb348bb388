"""Exploring factors: known structures come out, and what cannot be computed says why."""

import numpy as np
import pandas as pd
import pytest

from grassroots.measurement import parallel_analysis as parallel_analysis_module
from grassroots.measurement.exploration import (
    CORRELATION_COLUMNS,
    EIGENVALUE_COLUMNS,
    LOADING_COLUMNS,
    SUMMARY_COLUMNS,
    explore,
    items_in_place,
)
from grassroots.measurement.factor_extraction import most_factors, principal_axes
from grassroots.measurement.halves import half_of
from grassroots.measurement.parallel_analysis import parallel_analysis, random_eigenvalues
from grassroots.measurement.rotation import explained, in_order, oblimin, varimax

DIMENSIONS = {
    "visual": ["x1", "x2", "x3"],
    "textual": ["x4", "x5", "x6"],
    "speed": ["x7", "x8", "x9"],
}
NINE = [f"x{i}" for i in range(1, 10)]


def explored(data, **changes):
    asked = {"factors": None, "rotation": "oblimin", "seed": 1, **changes}
    return explore(data, "tests", DIMENSIONS, **asked)


def population():
    """Loadings of a simple structure, correlations of its factors, and of its nine items."""
    pattern = np.zeros((9, 3))
    for item in range(9):
        pattern[item, item // 3] = 0.5 + 0.05 * (item % 3)
    between = np.array([[1, 0.3, 0.2], [0.3, 1, 0.4], [0.2, 0.4, 1]])
    common = pattern @ between @ pattern.T
    np.fill_diagonal(common, 1.0)
    return pattern, between, common


def test_a_known_simple_structure_comes_back_with_its_factor_correlations():
    pattern, between, correlations = population()
    extraction = principal_axes(correlations, 3)
    solution = oblimin(extraction.loadings)
    place = np.abs(solution.loadings).argmax(axis=0) // 3
    signs = np.sign(solution.loadings.sum(axis=0))
    order = np.argsort(place)
    found = (solution.loadings * signs)[:, order]
    related = (solution.correlations * np.outer(signs, signs))[np.ix_(order, order)]
    np.testing.assert_allclose(found, pattern, atol=1e-5)
    np.testing.assert_allclose(related, between, atol=1e-5)
    np.testing.assert_allclose(extraction.communalities, (pattern**2).sum(axis=1), atol=1e-6)


@pytest.mark.parametrize("rotate", [oblimin, varimax])
def test_a_rotation_leaves_what_the_factors_explain_together(rotate):
    extraction = principal_axes(population()[2], 3)
    solution = in_order(rotate(extraction.loadings))
    common = solution.loadings @ solution.correlations @ solution.loadings.T
    np.testing.assert_allclose(common, extraction.loadings @ extraction.loadings.T, atol=1e-9)
    variance = explained(solution.loadings, solution.correlations)
    assert variance.sum() == pytest.approx(extraction.communalities.sum())
    assert (np.diff(variance) <= 0).all()
    assert (solution.loadings.sum(axis=0) >= 0).all()


def test_the_tables_of_the_nine_tests(holzinger):
    found = explored(holzinger)
    assert list(found.loadings) == LOADING_COLUMNS
    assert list(found.eigenvalues) == EIGENVALUE_COLUMNS
    assert list(found.correlations) == CORRELATION_COLUMNS
    assert list(found.summary) == SUMMARY_COLUMNS
    (row,) = found.summary.to_dict("records")
    assert (row["n"], row["n_factors"], row["n_parallel"], row["status"]) == (301, 3, 3, "ok")
    assert (row["n_dimensions"], row["n_in_place"]) == (3, 9)
    assert len(found.loadings) == 27 and len(found.correlations) == 3
    last = found.loadings.groupby("factor")["cumulative"].first().iloc[-1]
    assert last == pytest.approx(row["share"])
    assert found.eigenvalues["observed"].sum() == pytest.approx(9)


def test_uncorrelated_factors_and_a_single_one_have_no_correlations(holzinger):
    assert explored(holzinger, rotation="varimax").correlations.empty
    one = explored(holzinger, factors=1)
    assert one.correlations.empty
    assert set(one.loadings["rotation"]) == {"none"}
    assert one.summary["chosen_by"].item() == "declared"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda data: data.head(9), "too_few_cases"),
        (lambda data: data.assign(x1=1.0), "constant_item"),
        (lambda data: data.assign(x1=data["x2"]), "singular"),
    ],
)
def test_what_cannot_be_explored_says_why(holzinger, change, status):
    found = explored(change(holzinger[NINE]))
    assert found.summary["status"].item() == status
    assert found.summary["message"].item()
    assert found.loadings.empty and found.eigenvalues.empty


def test_noise_has_no_factor_and_too_many_are_refused(holzinger):
    noise = pd.DataFrame(np.random.default_rng(3).standard_normal((300, 9)), columns=NINE)
    found = explored(noise)
    assert found.summary["status"].item() == "no_factor"
    assert len(found.eigenvalues) == 9
    assert explored(holzinger, factors=6).summary["status"].item() == "too_many_factors"


def test_an_improper_solution_is_named(holzinger):
    statuses = {k: explored(holzinger, factors=k).summary["status"].item() for k in (4, 5)}
    assert set(statuses.values()) <= {"ok", "heywood", "not_converged"}
    assert set(statuses.values()) != {"ok"}


def test_rows_with_a_gap_are_left_out_and_counted(holzinger):
    gaps = holzinger[NINE].copy()
    gaps.loc[:4, "x1"] = np.nan
    row = explored(gaps).summary.iloc[0]
    assert (row["n"], row["n_left_out"]) == (296, 5)


def test_random_eigenvalues_follow_the_seed_and_sum_to_the_items():
    first, again, other = (random_eigenvalues(50, 6, seed, 30) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    np.testing.assert_allclose(first.sum(axis=1), 6)


def test_many_rows_are_drawn_at_once_from_the_same_distribution(monkeypatch):
    one_by_one = random_eigenvalues(120, 5, 1, 4000)
    monkeypatch.setattr(parallel_analysis_module, "ROWS_DRAWN", 119)
    at_once = random_eigenvalues(120, 5, 1, 4000)
    # Five standard errors of a mean and of a quantile, and more.
    assert np.abs(one_by_one.mean(axis=0) - at_once.mean(axis=0)).max() < 0.01
    quantiles = [np.quantile(each, [0.05, 0.95], axis=0) for each in (one_by_one, at_once)]
    assert np.abs(quantiles[0] - quantiles[1]).max() < 0.02
    assert at_once.sum(axis=1) == pytest.approx(np.full(4000, 5.0))


def test_parallel_analysis_stops_at_the_first_that_is_not_above():
    found = parallel_analysis(population()[2], 2000, seed=1, draws=200)
    assert found.kept == 3
    assert (found.limit > found.mean).all()


def test_items_count_as_in_place_where_each_dimension_has_its_own_factor():
    loadings = np.array([[0.8, 0.1], [0.7, 0.0], [0.6, 0.2], [0.1, 0.7]])
    assert items_in_place(loadings, [0, 0, 1, 1]) == 3
    assert items_in_place(-loadings, [0, 0, 1, 1]) == 3
    # Two dimensions on one factor: only the larger of them has it.
    assert items_in_place(loadings[:3], [0, 0, 1]) == 2


@pytest.mark.parametrize(("items", "factors"), [(2, 0), (3, 1), (4, 1), (5, 2), (6, 3), (9, 5)])
def test_so_many_factors_can_be_extracted(items, factors):
    assert most_factors(items) == factors


def test_halves_are_apart_complete_and_the_same_again(holzinger):
    first, second = (half_of(holzinger, 7, half) for half in ("explored", "other"))
    assert (len(first), len(second)) == (151, 150)
    assert sorted([*first.index, *second.index]) == list(holzinger.index)
    assert list(half_of(holzinger, 7, "explored").index) == list(first.index)
    assert list(half_of(holzinger, 8, "explored").index) != list(first.index)
