"""The indices of R's careless package; distances as in psych::outlier, which it calls."""

import json
import subprocess

import numpy as np
import pandas as pd
import pytest

from grassroots.screening.indices import (
    longest_run,
    mahalanobis,
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


@pytest.mark.r
def test_indices_agree_with_r_live(root, rscript):
    file = root / "tests/reference/HS_miss.csv"
    code = f"""
    x <- as.matrix(read.csv("{file}")[, paste0("x", 1:9)])
    y <- round(x)
    cat(jsonlite::toJSON(list(
      distance = as.numeric(psych::outlier(x, plot = FALSE)),
      longest = apply(y, 1, function(v) max(rle(v)$lengths[!is.na(rle(v)$values)])),
      spread = apply(x, 1, sd, na.rm = TRUE)), digits = NA))
    """
    run = subprocess.run([rscript, "-e", code], capture_output=True, text=True, check=True)
    r = json.loads(run.stdout)
    x = pd.read_csv(file)[[f"x{i}" for i in range(1, 10)]].to_numpy(float)
    assert mahalanobis(x) == pytest.approx(np.array(r["distance"]), abs=1e-8)
    assert longest_run(np.round(x)).tolist() == r["longest"]
    assert response_variability(x) == pytest.approx(np.array(r["spread"]), abs=1e-10)


def test_no_distance_where_the_covariances_have_no_inverse():
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 6, (30, 4)).astype(float)
    assert mahalanobis(answers) is not None
    answers[:, 2] = 3
    assert mahalanobis(answers) is None
    assert mahalanobis(answers[:3]) is None
