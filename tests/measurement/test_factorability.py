import numpy as np
import pandas as pd
import pytest

from grassroots.measurement.factorability import (
    COLUMNS,
    factorability_table,
    item_adequacy_table,
    sampling_adequacy,
)


def test_kmo_and_bartlett_are_psychs(holzinger, scales, reference):
    table = factorability_table(holzinger, scales)
    assert tuple(table.columns) == COLUMNS
    total = table.set_index("scale").loc["total"]
    bartlett = reference["hs_bartlett"]
    assert total["kmo"] == pytest.approx(reference["hs_kmo"], abs=1e-10)
    assert total["bartlett_chi2"] == pytest.approx(bartlett["chisq"], abs=1e-8)
    assert total["bartlett_df"] == bartlett["df"]
    assert total["bartlett_p"] == pytest.approx(bartlett["p.value"], rel=1e-8)
    assert total["n"] == 301
    by_item = item_adequacy_table(holzinger, {"total": scales["total"]}).set_index("item")
    assert by_item["msa"].to_dict() == pytest.approx(reference["hs_kmo_i"], abs=1e-10)


def test_two_items_have_kmo_one_half(holzinger):
    row = factorability_table(holzinger, {"pair": ["x1", "x2"]}).iloc[0]
    assert row["kmo"] == pytest.approx(0.5, abs=1e-12)
    assert row["bartlett_df"] == 1
    assert row["status"] == "ok"


def test_turning_an_item_changes_nothing(holzinger, scales):
    turned = holzinger.assign(x2=10 - holzinger["x2"])
    pd.testing.assert_frame_equal(
        factorability_table(holzinger, scales), factorability_table(turned, scales)
    )


def test_rows_with_a_missing_answer_leave_the_scale(holzinger, scales):
    gaps = holzinger.copy()
    gaps.loc[:19, "x5"] = np.nan
    scale = {"textual": scales["textual"]}
    found = factorability_table(gaps, scale)
    pd.testing.assert_frame_equal(found, factorability_table(holzinger.iloc[20:], scale))
    assert found.loc[0, "n"] == 281


def undefined_scales():
    rng = np.random.default_rng(5)
    frame = pd.DataFrame(rng.integers(1, 6, (40, 4)).astype(float), columns=list("abcd"))
    yield "singular", frame.assign(d=frame["a"] + frame["b"])
    yield "singular", frame.assign(d=frame["a"] / 3)
    yield "constant_item", frame.assign(d=0.1)
    yield "too_few_items", frame[["a"]]
    # As many rows as items: the correlations have no inverse.
    yield "too_few_cases", frame.iloc[:4]
    yield "too_few_cases", frame.assign(d=np.nan)


@pytest.mark.parametrize(("status", "frame"), list(undefined_scales()))
def test_undefined_values_are_empty_and_say_why(status, frame):
    scale = {"s": list(frame.columns)}
    row = factorability_table(frame, scale).iloc[0]
    assert row["status"] == status
    assert row["message"]
    assert row[["kmo", "bartlett_chi2", "bartlett_df", "bartlett_p"]].isna().all()
    assert item_adequacy_table(frame, scale)["msa"].isna().all()


def test_adequacy_by_hand():
    # One correlation r among three items: partial correlations are r / (1 + r).
    r = 0.4
    correlations = np.full((3, 3), r) + (1 - r) * np.eye(3)
    found = sampling_adequacy(correlations)
    expected = 1 / (1 + (1 / (1 + r)) ** 2)
    assert found.overall == pytest.approx(expected, abs=1e-12)
    np.testing.assert_allclose(found.items, expected, atol=1e-12)
