"""Reading and completing lavaan syntax."""

import pytest

from grassroots.sem.model_syntax import read_model


def rows(syntax):
    return {p.name: p for p in read_model(syntax).parameters}


def test_a_factor_model_is_completed():
    table = read_model("f =~ x1 + x2  # comment\n\n g =~ x3 + x4; x1 ~~ x3 ! comment")
    found = {p.name: p.fixed for p in table.parameters}
    assert found == {
        "f =~ x1": 1.0,
        "f =~ x2": None,
        "g =~ x3": 1.0,
        "g =~ x4": None,
        "x1 ~~ x3": None,
        "x1 ~~ x1": None,
        "x2 ~~ x2": None,
        "x3 ~~ x3": None,
        "x4 ~~ x4": None,
        "f ~~ f": None,
        "g ~~ g": None,
        "f ~~ g": None,
    }
    assert table.latent == ("f", "g") and table.observed == ("x1", "x2", "x3", "x4")


def test_explained_factors_do_not_covary_by_default():
    found = rows("f =~ x1 + x2\ng =~ x3 + x4\nh =~ x5 + x6\ng ~ f\nh ~ g")
    assert not {"f ~~ g", "f ~~ h", "g ~~ h"} & set(found)
    second_order = rows("f =~ x1 + x2\ng =~ x3 + x4\nh =~ f + g")
    assert "f ~~ g" not in second_order and second_order["h =~ f"].fixed == 1.0


def test_residuals_of_final_outcomes_covary():
    assert "y ~~ z" in rows("y ~ x\nz ~ x")
    assert "y ~~ z" not in rows("y ~ x\nz ~ x + y")


def test_fixed_x_has_no_parameters():
    table = read_model("m ~ a*x + c\ny ~ b*m + x")
    assert table.fixed_x == ("x", "c")
    assert not any(p.op == "~~" and {p.lhs, p.rhs} & {"x", "c"} for p in table.parameters)


def test_modifiers():
    found = rows("f =~ NA*x1 + k*x2 + k*x3 + 0.5*x4\nf ~~ 1*f")
    assert found["f =~ x1"].free and found["f =~ x2"].label == "k"
    assert found["f =~ x4"].fixed == 0.5 and found["f ~~ f"].fixed == 1.0
    names = read_model("f =~ x1 + k*x2 + k*x3").free_names
    assert names.count("k") == 1 and "f =~ x2" not in names


def test_a_single_indicator_has_no_residual():
    assert rows("f =~ x1\ng =~ x2 + x3 + x4")["x1 ~~ x1"].fixed == 0.0
    assert rows("f =~ x1\nx1 ~~ x1\ng =~ x2 + x3")["x1 ~~ x1"].free


def test_defined_parameters_may_use_earlier_ones():
    table = read_model("m ~ a*x\ny ~ b*m\nind := a * b\ntwice := 2*ind")
    assert dict(table.defined) == {"ind": "a*b", "twice": "2*ind"}


@pytest.mark.parametrize(
    ("syntax", "named"),
    [
        ("f = x1 + x2", "not understood"),
        ("f =~ x1 + + x2", "not understood"),
        ("f =~ start(0.5)*x1 + x2", "modifier"),
        ("f + g =~ x1", "not a name before"),
        ("y ~ 1", "not understood"),
        ("f =~ x1 + x2\nx1 ~~ x2\nx2 ~~ x1", "stated twice"),
        ("y ~ x + x", "stated twice"),
        ("y ~ a*x\nz := a*b", "unknown label b"),
        ("y ~ a*x\nz := a;__import__('os')", "not understood"),
        ("y ~ a*x\nz := exp[a]", "not arithmetic"),
        ("f =~ y1 + y2\nf ~ x\nf ~~ x", "nothing explains"),
    ],
)
def test_what_is_not_understood_is_refused(syntax, named):
    with pytest.raises(SyntaxError, match=named):
        read_model(syntax)
