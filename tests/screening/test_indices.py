"""The indices of R's careless package; distances as in psych::outlier, which it calls."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grassroots.screening import indices
from grassroots.screening.indices import (
    inconsistency,
    item_pairs,
    longest_run,
    mahalanobis,
    pair_correlation,
    pairwise_sums,
    response_variability,
    same_as_earlier,
)

NAN = np.nan


@pytest.mark.parametrize(
    ("answers", "longest"),
    [
        ([1, 2, 3, 4], 1), ([3, 3, 3, 3], 4), ([1, 2, 2, 2], 3), ([2, 2, 1, 2], 2),
        ([2, NAN, 2, 2], 2), ([NAN, NAN, 1, NAN], 1), ([NAN] * 4, 1),
    ],
)  # fmt: skip
def test_longest_run(answers, longest):
    assert longest_run(np.array([answers], dtype=float)).tolist() == [longest]


def test_the_longest_run_counts_and_not_the_last():
    assert longest_run(np.array([[4, 4, 4, 1, 2, 2.0]])).tolist() == [3]


def test_response_variability_is_the_standard_deviation_of_a_person_s_answers():
    answers = np.array([[1, 2, 3, 4], [3, 3, 3, 3], [1, NAN, 5, NAN], [1, NAN, NAN, NAN]])
    found = response_variability(answers.astype(float))
    assert found[:3] == pytest.approx([np.sqrt(5 / 3), 0, np.sqrt(8)], abs=1e-12)
    assert np.isnan(found[3])


def test_same_as_an_earlier_respondent():
    answers = np.array(
        [[1, 2], [1, 2], [1, NAN], [1, NAN], [2, 1], [NAN, NAN], [NAN, NAN]], dtype=float
    )
    assert same_as_earlier(answers).tolist() == [False, True, False, True, False, False, False]


# psych 2.2.9: outlier(HS_miss[, paste0("x", 1:9)], plot = FALSE), its first five and its sum
PSYCH_FIRST = [13.652022794172, 13.317800851072, 6.787947115553, 3.807420951400, 6.514782429946]
PSYCH_SUM = 2684.3108250953


@pytest.fixture(scope="module")
def with_gaps(root) -> np.ndarray:
    data = pd.read_csv(root / "tests/reference/HS_miss.csv")
    return data[[f"x{i}" for i in range(1, 10)]].to_numpy(float)


def test_distances_without_gaps_are_the_textbook_s(holzinger):
    answers = holzinger[[f"x{i}" for i in range(1, 10)]].to_numpy(float)
    distances = mahalanobis(answers)
    # With the divisor n - 1 the squared distances of all add up to (n - 1) p.
    assert distances.sum() == pytest.approx((len(answers) - 1) * 9, rel=1e-10)
    far = answers.copy()
    far[0] += 10 * answers.std(axis=0) * np.resize([1, -1], 9)
    assert mahalanobis(far).argmax() == 0


def test_distances_with_gaps_are_psych_s(with_gaps):
    assert np.isnan(with_gaps).any()
    distances = mahalanobis(with_gaps)
    assert distances[:5] == pytest.approx(PSYCH_FIRST, abs=1e-8)
    assert distances.sum() == pytest.approx(PSYCH_SUM, abs=1e-6)


def test_no_distance_where_the_covariances_have_no_inverse():
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 6, (30, 4)).astype(float)
    assert mahalanobis(answers) is not None
    answers[:, 2] = 3
    assert mahalanobis(answers) is None
    assert mahalanobis(answers[:3]) is None


@pytest.mark.parametrize(
    ("even", "odd", "index"),
    [
        # r is 1, so is 2r / (1 + r), and the sign is turned.
        ([1, 3, 5], [1, 3, 5], -1), ([1, 3, 5], [2, 3, 4], -1),
        # r = 0; r = 1/2 becomes 2/3, r = -1/5 becomes -1/2.
        ([1, 3, 5], [3, 1, 3], 0), ([1, 2, 3], [1, 3, 2], -2 / 3),
        ([1, 2, 3, 4], [4, 1, 2, 3], 1 / 2),
        # r = -1/2 becomes -2, and r = -1 minus infinity: neither goes beyond.
        ([1, 2, 3], [2, 3, 1], 1), ([1, 3, 5], [5, 3, 1], 1),
        # One answer to one half of all scales; a gap leaves a scale out, and two remain, or one.
        ([3, 3, 3], [1, 3, 5], NAN), ([1, 3, 5], [2, 2, 2], NAN),
        ([1, NAN, 5], [2, 4, 4], -1), ([1, NAN, 5], [2, 4, NAN], NAN),
    ],
)  # fmt: skip
def test_inconsistency_of_two_items_a_scale(even, odd, index):
    answers = np.array([np.ravel(np.column_stack([odd, even]))], dtype=float)
    scales = [[2 * place, 2 * place + 1] for place in range(len(even))]
    assert inconsistency(answers, scales) == pytest.approx([index], abs=1e-12, nan_ok=True)


def test_inconsistency_takes_means_and_a_scale_of_one_item_has_no_halves():
    # Odd means 2, 4, 3 and even means 1, 5, 3: r = 1. The fourth scale has no even item.
    answers = np.array([[1, 1, 3, 4, 5, NAN, 2, 3, 4, 3, 5]], dtype=float)
    scales = [[0, 1, 2], [3, 4, 5], [6, 7, 8, 9], [10]]
    assert inconsistency(answers, scales) == pytest.approx([-1])


def test_pairs_are_above_the_critical_correlation_and_not_at_it():
    x = np.array([1, 2, 3, 4], dtype=float)
    # Correlations with x of .6, -.8 and 1; that of a constant is none.
    answers = np.column_stack([x, [1, 4, 2, 5], [4, 3, 1, 2], 2 * x, np.full(4, 3.0)])
    r = np.corrcoef(answers[:, :4], rowvar=False)
    alike, opposite = item_pairs(pairwise_sums(answers), 0.79)
    expected = [[i, j] for i in range(4) for j in range(i) if r[i, j] > 0.79]
    assert alike.tolist() == expected == [[3, 0]]
    assert opposite.tolist() == [[2, 0], [3, 2]]
    assert all(len(pairs) == 0 for pairs in item_pairs(pairwise_sums(answers[:, [0, 4]]), 0.1))
    exact = np.column_stack([x, x])
    assert len(item_pairs(pairwise_sums(exact), 0.999)[0]) == 1
    unrelated = np.column_stack([[0, 0, 1, 1], [0, 1, 0, 1]]).astype(float)
    assert len(item_pairs(pairwise_sums(unrelated), 0)[0]) == 0


def test_correlations_of_pairs_are_of_those_who_answered_both():
    answers = np.array([[1, 1], [2, 2], [3, 3], [9, NAN], [NAN, -9], [4, 4]], dtype=float)
    assert item_pairs(pairwise_sums(answers), 0.999)[0].tolist() == [[1, 0]]


@pytest.mark.parametrize(
    ("later", "earlier", "r"),
    [
        ([1, 2, 3], [2, 4, 6], 1), ([1, 2, 3], [6, 4, 2], -1), ([1, 2, 3], [2, 3, 1], -0.5),
        ([4, 4, 4], [1, 2, 3], NAN), ([1, 2, 3], [5, 5, 5], NAN),
        ([1, NAN, 3], [1, 2, 3], NAN), ([1, 2, 3, NAN], [2, 3, 1, 5], -0.5),
    ],
)  # fmt: skip
def test_pair_correlation(later, earlier, r):
    answers = np.array([[*earlier, *later]], dtype=float)
    n = len(later)
    pairs = np.array([[n + place, place] for place in range(n)])
    assert pair_correlation(answers, pairs) == pytest.approx([r], abs=1e-12, nan_ok=True)


def test_equal_numbers_do_not_vary_though_their_mean_misses_them():
    # The mean of ten times 0.1 is not 0.1.
    answers = np.array([[0.1] * 10 + list(range(10))])
    pairs = np.array([[10 + place, place] for place in range(10)])
    assert np.isnan(pair_correlation(answers, pairs)).all()


def likert():
    cell = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, NAN])
    shape = st.tuples(st.integers(1, 12), st.integers(1, 9))
    return arrays(float, shape, elements=cell)


@settings(deadline=None)
@given(likert(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_of_items(answers, luck):
    people, items = list(range(answers.shape[0])), list(range(answers.shape[1]))
    luck.shuffle(people)
    luck.shuffle(items)
    everybody = answers[people]
    np.testing.assert_array_equal(longest_run(everybody), longest_run(answers)[people])
    spread = response_variability(answers)
    np.testing.assert_allclose(response_variability(everybody[:, items]), spread[people])
    # Which of two pairs comes first is nothing to their correlation.
    pairs = np.array([[b, a] for a in items for b in items if a < b]).reshape(-1, 2)
    if len(pairs):
        np.testing.assert_allclose(
            pair_correlation(answers, pairs[::-1]), pair_correlation(answers, pairs), atol=1e-9
        )


@settings(deadline=None)
@given(likert())
def test_bounds_constant_rows_and_gaps(answers):
    n, k = answers.shape
    run = longest_run(answers)
    assert ((run >= 1) & (run <= k)).all()
    scales = [list(range(start, min(start + 2, k))) for start in range(0, k, 2)]
    values = inconsistency(answers, scales)
    known = values[np.isfinite(values)]
    assert ((known >= -1) & (known <= 1)).all()
    turned = answers.copy()
    turned[:, 0] = 6 - turned[:, 0]
    same = inconsistency(turned, scales, {0: 6.0})
    np.testing.assert_array_equal(same, values)
    constant, missing = np.full((n, k), 3.0), np.full((n, k), NAN)
    assert longest_run(constant).tolist() == [k] * n
    spread = response_variability(constant)
    assert (spread == 0).all() if k > 1 else np.isnan(spread).all()
    for rows in (constant, missing):
        assert np.isnan(inconsistency(rows, scales)).all()
        assert mahalanobis(rows) is None
        assert not len(item_pairs(pairwise_sums(rows), 0.1)[0])
    assert not same_as_earlier(missing).any()
    assert same_as_earlier(constant).tolist() == [False] + [True] * (n - 1)


@settings(deadline=None)
@given(likert())
def test_repeats_are_those_that_a_dictionary_finds(answers):
    seen, expected = set(), []
    for row in np.nan_to_num(answers, nan=-1).tolist():
        expected.append(tuple(row) in seen and set(row) != {-1})
        seen.add(tuple(row))
    assert same_as_earlier(answers).tolist() == expected


def test_a_zero_of_either_sign_is_one_answer():
    assert same_as_earlier(np.array([[0.0, 1], [-0.0, 1]])).tolist() == [False, True]


def test_blocks_change_nothing(with_gaps, monkeypatch):
    pairs = np.array([[1, 0], [2, 1], [4, 3], [5, 4], [8, 7]])
    scales = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]

    def all_of_them():
        alike, opposite = item_pairs(pairwise_sums(with_gaps), 0.3)
        return [
            mahalanobis(with_gaps), response_variability(with_gaps), alike, opposite,
            pair_correlation(with_gaps, pairs), inconsistency(with_gaps, scales),
        ]  # fmt: skip

    once = all_of_them()
    monkeypatch.setattr(indices, "_BLOCK", 70)
    for found, expected in zip(all_of_them(), once, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-9)
