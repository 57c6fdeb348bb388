"""Agreement of coders against the worked examples of its authors, krippendorff and psych."""

import itertools
import json
import subprocess

import pytest

from grassroots.interviews.agreement import (
    agreement_table,
    cohen_kappa,
    krippendorff_alpha,
    percent_agreement,
)
from grassroots.interviews.coding import Coding, codings
from grassroots.interviews.reading import read_interviews


@pytest.fixture(scope="module")
def examples(root):
    return json.loads((root / "tests/reference/agreement.json").read_text("utf-8"))


def two_coders(example):
    """The values of both coders; a table of counts has a row a value of the first coder."""
    if "values" in example:
        return example["values"]
    cells = enumerate(itertools.chain(*example["table"]))
    size = len(example["table"])
    pairs = [divmod(place, size) for place, count in cells for _ in range(count)]
    return list(zip(*pairs, strict=True))


def test_alpha_is_krippendorff_s(examples):
    for name, example in examples["alpha"].items():
        alpha = krippendorff_alpha(example["values"])
        assert alpha == pytest.approx(example["alpha"], abs=1e-12), name
        assert round(alpha, 3) == example.get("printed", round(alpha, 3)), name


def test_kappa_is_cohen_s(examples):
    for name, example in examples["kappa"].items():
        kappa = cohen_kappa(*two_coders(example))
        assert kappa == pytest.approx(example["kappa"], abs=1e-12), name
        assert round(kappa, 3) == example.get("printed", round(kappa, 3)), name


@pytest.mark.r
def test_kappa_is_psych_s_live(examples, rscript):
    for example in examples["kappa"].values():
        first, second = two_coders(example)
        code = (
            f"x <- cbind(c({','.join(map(str, first))}), c({','.join(map(str, second))}));"
            "cat(sprintf('%.17g', psych::cohen.kappa(x)$kappa))"
        )
        run = [rscript, "--vanilla", "-e", code]
        done = subprocess.run(run, capture_output=True, text=True, check=True)
        assert cohen_kappa(first, second) == pytest.approx(float(done.stdout), abs=1e-12)


def test_where_chance_cannot_be_told_apart_nothing_is_said():
    assert cohen_kappa([1, 1, 1], [1, 1, 1]) is None
    assert krippendorff_alpha([[1, 1, 1], [1, 1, 1]]) is None
    assert cohen_kappa([1, None], [None, 0]) is None
    assert percent_agreement([None], [1]) is None
    assert percent_agreement([1, 1, None], [1, 0, 1]) == 0.5
    # One coder who never gives the code still has a kappa: none at all.
    assert cohen_kappa([0, 0, 0, 0], [1, 0, 0, 0]) == 0


@pytest.fixture
def coded(own, plan):
    return codings(read_interviews(own), plan)[0]


def rows(coded, unit="excerpt", codes=("care", "pay", "blame")):
    return {(row["code"], row["coders"]): row for row in agreement_table(coded, codes, unit)}


def test_units_are_the_passages_of_interviews_that_both_coded(coded):
    """P01 has two passages, P02 one; P03 was coded by one coder alone."""
    found = rows(coded)
    assert {key[1] for key in found} == {"C1; C2"}
    care = found["care", "C1; C2"]
    # C1: 1 0 0, C2: 0 0 1.
    assert (care["n"], float(care["percent_agreement"])) == ("3", pytest.approx(1 / 3))
    assert float(care["kappa"]) == pytest.approx(-0.5)
    pay = found["pay", "C1; C2"]
    assert (float(pay["percent_agreement"]), float(pay["kappa"])) == (1, 1)
    pooled = found["", "C1; C2"]
    assert pooled["n"] == "9"
    assert float(pooled["percent_agreement"]) == pytest.approx(6 / 9)


def test_units_can_be_whole_interviews(coded):
    found = rows(coded, "interview")
    # care: C1 in P01 and not in P02, C2 the other way round.
    assert found["care", "C1; C2"]["n"] == "2"
    assert float(found["care", "C1; C2"]["percent_agreement"]) == 0
    assert found["care", "C1; C2"]["unit"] == "interview"


def test_three_coders_have_a_row_together_with_alpha_alone(coded):
    third = [Coding(each.interview, each.passage, each.code, "C3", "") for each in coded[:2]]
    found = rows([*coded, *third])
    assert {key[1] for key in found} == {"C1; C2", "C1; C3", "C2; C3", "C1; C2; C3"}
    together = found["care", "C1; C2; C3"]
    assert together["kappa"] == together["percent_agreement"] == ""
    # P01: (1, 0, 1), (0, 0, 0); P02, which C3 did not code: (0, 1).
    values = [[1, 0, 0], [0, 0, 1], [1, 0, None]]
    assert float(together["alpha"]) == pytest.approx(krippendorff_alpha(values))


def test_one_coder_agrees_with_nobody(coded):
    alone = [each for each in coded if each.coder == "C1"]
    assert agreement_table(alone, ["care"], "excerpt") == []
    apart = [each for each in coded if (each.coder == "C1") == (each.interview == "P01")]
    assert agreement_table(apart, ["care"], "excerpt") == []
