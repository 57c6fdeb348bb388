import numpy as np
import pytest

from grassroots.description import distribution
from grassroots.description.distribution import mardia, normality_table

COLUMNS = [f"x{i}" for i in range(1, 10)]


def test_mardia_is_psychs_and_semtools(holzinger, reference):
    found = mardia(holzinger[COLUMNS].to_numpy())
    psych = reference["hs_mardia"]
    assert found.skewness == pytest.approx(psych["b1p"], abs=1e-9)
    assert found.chi2 == pytest.approx(psych["skew"], abs=1e-8)
    assert found.chi2_p == pytest.approx(psych["p.skew"], rel=1e-6, abs=1e-16)
    assert found.kurtosis == pytest.approx(psych["b2p"], abs=1e-9)
    assert found.z == pytest.approx(psych["kurtosis"], abs=1e-9)
    assert found.z_p == pytest.approx(psych["p.kurt"], abs=1e-9)
    assert found.df == reference["hs_mardia_semtools"]["skew"]["df"]


def test_mardia_with_the_maximum_likelihood_covariance(holzinger):
    found = mardia(holzinger[COLUMNS].to_numpy(), ddof=0)
    assert found.skewness == pytest.approx(6.8752, abs=5e-5)
    assert found.chi2 == pytest.approx(344.905, abs=5e-4)
    assert found.kurtosis == pytest.approx(103.591, abs=5e-4)
    assert found.z == pytest.approx(2.830, abs=5e-4)


def test_mardia_does_not_depend_on_blocks_or_units(holzinger, monkeypatch):
    values = holzinger[COLUMNS].to_numpy()
    whole = mardia(values)
    monkeypatch.setattr("grassroots.description.distribution._BLOCK", 7)
    assert mardia(values * np.logspace(-6, 6, 9)) == pytest.approx(whole, rel=1e-9)


def test_mardia_refuses_what_it_cannot_compute(holzinger):
    values = holzinger[COLUMNS].to_numpy()
    with pytest.raises(ValueError, match="more complete rows"):
        mardia(values[:9])
    with pytest.raises(ValueError, match="full rank"):
        mardia(np.column_stack([values, values.sum(axis=1)]))
    with pytest.raises(ValueError, match="full rank"):
        mardia(np.column_stack([values, np.ones(len(values))]))


def test_the_table_says_where_mardia_cannot_be_computed(holzinger):
    data = holzinger.assign(again=holzinger["x1"])
    scales = {"nine": COLUMNS, "one": ["x1"], "singular": ["x1", "again"]}
    table = normality_table(data, scales).set_index("scale")
    assert list(table.index) == ["nine", "singular"]
    assert table.loc["nine", "skewness"] == mardia(holzinger[COLUMNS].to_numpy()).skewness
    assert table["status"].to_dict() == {"nine": "ok", "singular": "singular"}
    few = normality_table(holzinger.head(9), {"nine": COLUMNS})
    assert few["status"].tolist() == ["too_few_cases"]
    assert few["n"].tolist() == [9]


def test_many_rows_give_the_same_by_third_moments(holzinger, monkeypatch):
    values = holzinger[COLUMNS].to_numpy()
    by_pairs = mardia(values)
    monkeypatch.setattr(distribution, "_MANY", 0)
    assert mardia(values) == pytest.approx(by_pairs, rel=1e-10)
