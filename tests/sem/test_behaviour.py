"""Whatever is wrong ends in a status and a sentence; nothing raises, hangs or pretends."""

import lavaan_models as lm
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grassroots.sem.bootstrap import bootstrap
from grassroots.sem.fit import COLUMNS, fit
from grassroots.sem.modification import modification_indices
from grassroots.sem.syntax import ModelSyntaxError

ONE = "f =~ x1 + x2 + x3 + x4"


def hs(n: int = 301) -> pd.DataFrame:
    return lm.data("HS").head(n).copy()


def refused(result, status: str, *words: str) -> None:
    """A refusal has a sentence and no numbers, but still a table of parameters."""
    assert result.status == status
    assert result.message.endswith(".")
    for word in words:
        assert word in result.message
    assert list(result.parameters.columns) == list(COLUMNS)
    assert result.parameters["est"].isna().all()
    assert np.isnan(result.measures["chi2"])
    assert modification_indices(result).empty


def test_constant_item():
    data = hs()
    data["x2"] = 3.0
    refused(fit(ONE, data), "constant_item", "x2")


def test_copied_item():
    data = hs()
    data["x2"] = 2 * data["x3"] + 1
    refused(fit(ONE, data), "singular", "x2", "x3")


def test_sum_of_items():
    data = hs()
    data["x4"] = data["x1"] + data["x2"] + data["x3"]
    refused(fit(ONE, data), "singular")


@pytest.mark.parametrize("n", [1, 3, 4])
def test_fewer_cases_than_variables(n):
    assert fit(ONE, hs(n)).status in ("too_few_cases", "constant_item")


def test_no_rows_and_no_complete_rows():
    refused(fit(ONE, hs(0)), "no_cases")
    data = hs()
    data.loc[::2, "x1"] = np.nan
    data.loc[1::2, "x2"] = np.nan
    refused(fit(ONE, data), "no_cases")


def test_missing_variable_is_named():
    refused(fit(ONE + " + zzz", hs()), "missing_variable", "zzz")
    refused(fit(ONE, hs(), group="nowhere"), "missing_variable", "nowhere")


def test_text_column():
    data = hs()
    data["x1"] = "often"
    refused(fit(ONE, data), "not_numeric", "x1")


def test_infinite_values_count_as_missing():
    data = hs()
    data.loc[5, "x1"] = np.inf
    assert fit(ONE, data).measures["n"] == 300


def test_more_parameters_than_moments():
    refused(fit("f =~ NA*x1 + x2", hs()), "negative_df", "2 more")


def test_not_identified_names_the_parameters():
    refused(fit("f =~ NA*x1 + x2 + x3 + x4", hs()), "not_identified", "f =~", "f ~~ f")
    split = "f =~ x1 + x2\n g =~ x4 + x5\n f ~~ 0*g"
    assert fit(split, hs()).status in ("not_identified", "negative_df")


def test_not_identified_means():
    """Free intercepts and a free factor mean: df is 4, and still the mean is not identified."""
    result = fit(ONE + " + x5\n f ~ 1\n x1 ~~ 1*x1", hs())
    refused(result, "not_identified", "f ~1")


def test_heywood_case_is_said():
    """Two indicators of a weak third one: a residual variance below zero."""
    rng = np.random.default_rng(3)
    for _ in range(200):
        f = rng.standard_normal(60)
        data = pd.DataFrame(
            {f"x{i}": w * f + rng.standard_normal(60) for i, w in enumerate((0.9, 0.5, 0.2), 1)}
        )
        result = fit("f =~ x1 + x2 + x3", data)
        if result.status == "heywood":
            break
    assert result.status == "heywood"
    assert "below zero" in result.message
    assert result.parameters.query("op == '~~' and lhs != 'f'")["est"].min() < 0
    assert np.isfinite(result.measures["chi2"])


def test_a_group_that_vanishes():
    data = hs()
    data["where"] = "south"
    refused(fit(ONE, data, group="where"), "one_group", "where")
    data["where"] = np.where(np.arange(301) < 3, "north", "south")
    refused(fit(ONE, data, group="where"), "too_few_cases", "north")
    data["where"] = np.where(data["x1"] > 0, "south", "north")
    data.loc[:20, "where"] = "north"
    data.loc[:20, "x2"] = np.nan
    refused(fit(ONE, data, group="where"), "no_cases", "north")


def test_just_identified_model_fits_perfectly():
    result = fit("f =~ x1 + x2 + x3", hs())
    assert result.status == "ok"
    assert result.measures["df"] == 0
    assert result.measures["chi2"] == pytest.approx(0, abs=1e-8)
    assert np.isnan(result.measures["p"])
    assert (result.measures["cfi"], result.measures["rmsea"]) == (1, 0)
    for estimator in ("ML", "MLR"):
        assert fit("x1 ~ x2 + x3", hs(), estimator=estimator).status == "ok"


def test_nothing_free():
    result = fit("x1 ~ 0.5*x2; x1 ~~ 1*x1", hs())
    assert result.status == "ok" and result.measures["npar"] == 0
    assert modification_indices(result).empty


def test_scale_of_the_items_does_not_matter():
    data = hs()
    plain = fit(lm.HS, data)
    data["x1"] *= 1e5
    data["x5"] *= 1e-4
    scaled = fit(lm.HS, data)
    assert scaled.status == "ok"
    assert scaled.measures["chi2"] == pytest.approx(plain.measures["chi2"], rel=1e-7)
    assert np.allclose(scaled.parameters["std"], plain.parameters["std"], atol=1e-7)


def test_order_of_rows_and_columns_does_not_matter():
    data = hs()
    plain = fit(lm.HS, data)
    turned = fit(lm.HS, data.sample(frac=1, random_state=1)[data.columns[::-1]])
    assert np.allclose(plain.parameters["est"], turned.parameters["est"], atol=1e-8)


def test_marker_does_not_matter():
    """Another marker gives the same fit and the same standardised solution."""
    plain = fit(lm.HS, hs())
    other = fit(lm.HS.replace("x1 + x2 + x3", "x3 + x2 + x1"), hs())
    unit = fit(lm.HS.replace("=~ x1", "=~ NA*x1") + "\n visual ~~ 1*visual", hs())
    for result in (other, unit):
        assert result.measures["chi2"] == pytest.approx(plain.measures["chi2"], rel=1e-9)
        ours, theirs = lm.by_key(result.parameters), lm.by_key(plain.parameters)
        for item in ("x1", "x2", "x3"):
            key = ("visual", "=~", item)
            assert abs(ours[key].std) == pytest.approx(theirs[key].std, rel=1e-7)


def test_unknown_options():
    with pytest.raises(ValueError, match="WLSMV"):
        fit(ONE, hs(), estimator="WLSMV")
    with pytest.raises(ValueError, match="loading"):
        fit(ONE, hs(), group="school", group_equal=("loading",))


def test_truth_is_recovered_and_paths_are_not_swapped():
    """Large sample, asymmetric effects: every estimate near its own truth."""
    rng = np.random.default_rng(11)
    n = 20_000
    x = rng.standard_normal(n)
    m1 = 0.7 * x + rng.standard_normal(n)
    m2 = -0.2 * x + 0.4 * m1 + rng.standard_normal(n)
    y = 0.1 * x + 0.5 * m1 - 0.3 * m2 + rng.standard_normal(n)
    columns = {}
    for name, factor in (("x", x), ("m", m1), ("k", m2), ("y", y)):
        for i, loading in enumerate((1.0, 0.8, 1.2), 1):
            columns[f"{name}{i}"] = loading * factor + 0.6 * rng.standard_normal(n)
    model = "\n".join(f"{f.upper()} =~ {f}1 + {f}2 + {f}3" for f in "xmky") + (
        "\nM ~ a1*X\n K ~ a2*X + d*M\n Y ~ c*X + b1*M + b2*K"
        "\n one := a1*b1\n two := a2*b2\n chain := a1*d*b2"
    )
    result = fit(model, pd.DataFrame(columns))
    found = lm.by_key(result.parameters)
    for name, truth in (("one", 0.35), ("two", 0.06), ("chain", -0.084)):
        assert found[name, ":=", ""].est == pytest.approx(truth, abs=0.03)


VARIABLES = ["x1", "x2", "x3", "x4", "x5", "f", "g", "const", "copy"]
NAME = st.sampled_from(VARIABLES)
MODIFIER = st.sampled_from(["", "", "", "a*", "b*", "NA*", "1*", "0*", "start(2)*", "-3*"])
STATEMENT = st.builds(
    lambda lhs, op, terms: f"{lhs} {op} " + " + ".join(m + v for m, v in terms),
    NAME,
    st.sampled_from(["=~", "=~", "~", "~~"]),
    st.lists(st.tuples(MODIFIER, NAME), min_size=1, max_size=4),
) | st.sampled_from(["x1 ~ 1", "f ~ 1", "q := a*b", "r := 1/(a - a)", "f =~ x1 + x2 + x3"])
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "estimator": st.sampled_from(["ML", "MLR"]),
        "missing": st.sampled_from(["listwise", "fiml"]),
        "fixed_x": st.booleans(),
        "meanstructure": st.booleans(),
        "group": st.sampled_from(["two", "rare"]),
        "group_equal": st.sampled_from([(), ("loadings",), ("loadings", "intercepts")]),
    },
)


def scrambled(seed: int, n: int, holes: float, kind: str) -> pd.DataFrame:
    """Random data with everything that surveys bring along."""
    rng = np.random.default_rng(seed)
    base = rng.standard_normal((n, 1))
    values = base * rng.uniform(0, 1, 5) + rng.standard_normal((n, 5))
    if kind == "likert":
        values = np.clip(np.round(values + 3), 1, 5)
    if kind == "huge":
        values *= 1e8
    if kind == "tiny":
        values = values * 1e-8 + 5
    data = pd.DataFrame(values, columns=VARIABLES[:5])
    data["const"] = 1.0
    data["copy"] = data["x1"]
    data = data.mask(rng.random(data.shape) < holes)
    data["two"] = rng.choice(["a", "b"], n)
    data["rare"] = np.where(np.arange(n) == 0, "only", "many")
    return data


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(STATEMENT, min_size=1, max_size=6).map("\n".join),
    OPTIONS,
    st.integers(0, 99),
    st.sampled_from([0, 2, 5, 8, 40, 120]),
    st.sampled_from([0.0, 0.0, 0.1, 0.6]),
    st.sampled_from(["normal", "likert", "huge", "tiny"]),
)
def test_any_model_and_any_data_end_in_a_status(model, options, seed, n, holes, kind):
    try:
        result = fit(model, scrambled(seed, n, holes, kind), **options)
    except ModelSyntaxError:
        return
    assert result.status
    assert bool(result.message) == (result.status != "ok")
    if not result.usable:
        assert result.parameters["est"].isna().all()
        return
    assert np.isfinite(result.theta).all()
    assert result.measures["df"] >= 0
    assert np.isfinite(result.measures["chi2"])
    modification_indices(result)
    if result.theta.size and seed % 4 == 0:
        draws = bootstrap(result, 4, seed=1)
        assert draws.n_failed <= 4
