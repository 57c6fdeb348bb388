"""Indices of careless answering against R: careless 1.2.2 where it is installed, else its
definitions written out in careless.R.

Stored: the definitions' values for the nine tests of Holzinger and Swineford with gaps. Live
(marker r): whole-number answers with gaps, constant rows, and items worded the other way.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from grassroots.screening import indices

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"


def ours(answers: np.ndarray, lengths: list[int], critical: float) -> dict[str, np.ndarray]:
    starts = np.cumsum([0, *lengths])
    scales = [list(range(start, start + n)) for start, n in zip(starts[:-1], lengths, strict=True)]
    alike, opposite = indices.item_pairs(indices.pairwise_sums(answers), critical)
    return {
        "longstring": indices.longest_run(answers),
        "irv": indices.response_variability(answers),
        "mahad": indices.mahalanobis(answers),
        "synonyms": indices.pair_correlation(answers, alike),
        "antonyms": indices.pair_correlation(answers, opposite),
        "evenodd": indices.inconsistency(answers, scales),
        "pairs": np.array([len(alike), len(opposite)]),
    }


def agree(found: dict[str, np.ndarray], r: dict) -> None:
    for name in ("longstring", "irv", "mahad", "evenodd"):
        expected = np.array(r[name], dtype=float)
        np.testing.assert_allclose(found[name], expected, rtol=0, atol=1e-9, err_msg=name)
    for place, name in enumerate(("synonyms", "antonyms")):
        expected = np.array(r[name]["values"], dtype=float)
        np.testing.assert_allclose(found[name], expected, rtol=0, atol=1e-9, err_msg=name)
        if r["through"] == "definitions":
            assert found["pairs"][place] == r[name]["pairs"]


def test_what_r_said_of_answers_with_gaps():
    tests = pd.read_csv(REFERENCE / "HS_miss.csv")[[f"x{i}" for i in range(1, 10)]]
    # Rounded, so that answers repeat; the last three are worded the other way.
    answers = tests.round().assign(**{f"x{i}": 10 - tests[f"x{i}"].round() for i in (7, 8, 9)})
    r = json.loads((REFERENCE / "careless_HS_miss.json").read_text(encoding="utf-8"))
    agree(ours(answers.to_numpy(float), [3, 3, 3], 0.2), r)


@pytest.mark.r
def test_what_r_says_now(rscript, tmp_path):
    rng = np.random.default_rng(11)
    n, lengths = 400, [4, 1, 5, 3, 6]
    traits = rng.normal(size=(n, len(lengths)))[:, np.repeat(range(len(lengths)), lengths)]
    answers = np.clip(np.round(3 + traits + 0.6 * rng.normal(size=traits.shape)), 1, 5)
    answers[:, [1, 6, 15]] = 6 - answers[:, [1, 6, 15]]
    answers[rng.random(answers.shape) < 0.08] = np.nan
    answers[5] = 3
    answers[6, 1:] = np.nan
    answers[7, ::2] = 2
    items = [f"x{i + 1}" for i in range(answers.shape[1])]
    pd.DataFrame(answers, columns=items).to_csv(tmp_path / "answers.csv", index=False)
    command = [rscript, str(HERE / "careless.R"), str(tmp_path / "answers.csv"),
               ",".join(map(str, lengths)), "0.55", str(tmp_path / "r.json")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, text=True)
    found = ours(answers, lengths, 0.55)
    assert (found["pairs"] >= 3).all()
    assert np.isnan(found["synonyms"]).any() and np.isnan(found["evenodd"]).any()
    agree(found, json.loads((tmp_path / "r.json").read_text(encoding="utf-8")))
