import numpy as np
import pytest

from grassroots.measurement.method_bias import harman_first_component, method_bias_table

NINE = [f"x{i}" for i in range(1, 10)]


def measures(chi2, df, cfi, rmsea, status="ok", n=301):
    measures = {"chi2": chi2, "df": df, "cfi": cfi, "rmsea": rmsea, "srmr": 0.1}
    return {**measures, "status": status, "n": n}


def test_harman_is_the_first_eigenvalue_s_share(holzinger, reference):
    share, n = harman_first_component(holzinger[NINE])
    assert share == pytest.approx(reference["hs_harman_pca"], abs=1e-12)
    assert n == 301


def test_rows_with_a_missing_answer_are_left_out(holzinger):
    gaps = holzinger[NINE].copy()
    gaps.loc[:9, "x1"] = np.nan
    assert harman_first_component(gaps)[1] == 291


def test_a_constant_item_has_no_share(holzinger):
    share, _ = harman_first_component(holzinger[NINE].assign(x1=1.0))
    assert np.isnan(share)


def test_the_models_are_compared(holzinger):
    # lavaan: one factor 312.264 on 27, three factors 85.306 on 24; the difference 226.958 on 3.
    one, three = measures(312.264, 27, 0.677, 0.187), measures(85.306, 24, 0.931, 0.092)
    table = method_bias_table(holzinger[NINE], one, three).set_index("check")["value"]
    assert table["delta_chi2"] == pytest.approx(226.958)
    assert table["delta_df"] == 3
    assert table["delta_p"] < 1e-40
    assert table["delta_cfi"] == pytest.approx(0.254)
    assert table["delta_rmsea"] == pytest.approx(-0.095)


def test_a_model_that_failed_is_not_compared(holzinger):
    failed = measures(np.nan, np.nan, np.nan, np.nan, status="not_converged")
    table = method_bias_table(holzinger[NINE], failed, measures(85.306, 24, 0.931, 0.092))
    assert not table["check"].str.startswith("delta").any()
    assert "not_converged" in set(table["status"])
