"""Reading models: what is understood, what is refused and with which sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grassroots.sem.expression import compile_definitions, evaluate
from grassroots.sem.partable import parameter_table
from grassroots.sem.syntax import ModelSyntaxError, parse


def rows(model: str, **options) -> dict:
    table = parameter_table(model, **options)
    return {(r.group, *r.key): r for r in table.rows}


def test_comments_semicolons_and_running_on():
    terms, _ = parse("f =~ x1 + # first\n x2 +\n x3 ! third\n + x4; f ~~ 1*f; # done\n")
    assert [(t.lhs, t.op, t.rhs) for t in terms] == [
        *(("f", "=~", f"x{i}") for i in range(1, 5)),
        ("f", "~~", "f"),
    ]


def test_chinese_and_dotted_names():
    terms, _ = parse("焦虑 =~ 题1 + item.2")
    assert [t.rhs for t in terms] == ["题1", "item.2"]


def test_modifiers():
    found = rows("f =~ NA*x1 + a*x2 + start(.5)*x3 + 0.8*x4 + -1*x5 + NA*x6 + b*x6; f ~~ 1*f")
    assert found[0, "f", "=~", "x1"].free >= 0
    assert found[0, "f", "=~", "x2"].label == "a"
    assert found[0, "f", "=~", "x3"].start == 0.5
    assert (found[0, "f", "=~", "x4"].free, found[0, "f", "=~", "x4"].value) == (-1, 0.8)
    assert found[0, "f", "=~", "x5"].value == -1
    assert found[0, "f", "=~", "x6"].label == "b"
    assert found[0, "f", "~~", "f"].value == 1


def test_marker_is_fixed_even_if_labelled():
    found = rows("f =~ a*x1 + a*x2 + x3")
    assert found[0, "f", "=~", "x1"].free == -1
    assert (found[0, "f", "=~", "x2"].free, found[0, "f", "=~", "x2"].value) == (-1, 1.0)


def test_equal_labels_share_one_parameter():
    table = parameter_table("f =~ x1 + a*x2 + a*x3; x1 ~~ v*x1; x2 ~~ v*x2")
    found = {r.key: r.free for r in table.rows}
    assert found["f", "=~", "x2"] == found["f", "=~", "x3"] >= 0
    assert found["x1", "~~", "x1"] == found["x2", "~~", "x2"]
    assert table.npar == 4


def test_groups():
    found = rows("f =~ x1 + c(a, b)*x2 + c(1, NA)*x3 + k*x4", groups=2)
    assert [found[g, "f", "=~", "x2"].label for g in (0, 1)] == ["a", "b"]
    assert found[0, "f", "=~", "x3"].free == -1 < found[1, "f", "=~", "x3"].free
    assert found[0, "f", "=~", "x4"].free == found[1, "f", "=~", "x4"].free


def test_defaults_of_a_structural_model():
    found = rows("f =~ x1+x2+x3; g =~ x4+x5+x6; y ~ f; u ~ g + z")
    assert (0, "f", "~~", "g") in found
    assert (0, "y", "~~", "u") in found
    assert found[0, "z", "~~", "z"].exo
    assert (0, "f", "~~", "z") not in found


def test_a_mentioned_covariate_is_random():
    found = rows("y ~ z + w; w ~~ w")
    assert not found[0, "w", "~~", "w"].exo and found[0, "w", "~~", "w"].free >= 0
    assert found[0, "z", "~~", "z"].exo
    assert (0, "z", "~~", "w") not in found


def test_second_order_factors_do_not_covary_below():
    found = rows("f =~ x1+x2+x3; g =~ x4+x5+x6; h =~ f + g")
    assert (0, "f", "~~", "g") not in found
    assert found[0, "h", "=~", "f"].value == 1


def test_single_indicator_has_no_residual():
    row = rows("f =~ x1; g =~ x2 + x3 + x4")[0, "x1", "~~", "x1"]
    assert (row.free, row.value) == (-1, 0.0)


def test_intercepts_switch_means_on():
    table = parameter_table("f =~ x1 + x2 + x3; x1 ~ 1; x2 ~ 0*1")
    found = {r.key: r for r in table.rows}
    assert table.means
    assert found["x3", "~1", ""].free >= 0
    assert (found["x2", "~1", ""].free, found["x2", "~1", ""].value) == (-1, 0.0)
    assert found["f", "~1", ""].value == 0


@pytest.mark.parametrize(
    ("model", "line", "words"),
    [
        ("\nf =~ x1 +\n\n", 2, "variable name after '+'"),
        ("f =~ x1\nf ~ ", 2, "variable name after '~'"),
        ("f =~ x1 x2", 1, "'+' or the end"),
        ("f =~ x1\n x2", 2, "one of =~ ~ ~~ :="),
        ("\n\n3 =~ x1", 3, "variable name at the start"),
        ("f =~ x1 + x1", 1, "each variable once"),
        ("f =~ x1\nf =~ x1", 2, "line 1 has already"),
        ("y ~ y", 1, "two different variables"),
        ("x ~~ y\ny ~~ x", 2, "each parameter once"),
        ("f =~ x1\na == b", 2, "equal labels"),
        ("f <~ x1", 1, "formative"),
        ("f =~ x:z", 1, "interactions"),
        ("y ~ x\ni := a*b", 2, "label of a parameter"),
        ("y ~ a*x\na := a*2", 2, "not a label already"),
        ("y ~ a*x\ni := (a", 2, "')'"),
        ("y ~ a*x\ni := a**2", 2, "label, a number or '('"),
        ("y ~ foo(2)*x", 1, "start(), label(), c()"),
        ("y ~ start(a)*x", 1, "numbers inside start()"),
        ("y ~ c(1, a)*x", 1, "either labels or numbers"),
        ("y ~ 1e999*x", 1, "finite number"),
        ("y ~ $x", 1, "a name, a number"),
        ("", 1, "at least one statement"),
        ("i := 2", 1, "at least one statement"),
    ],
)
def test_errors_name_line_and_expectation(model, line, words):
    with pytest.raises(ModelSyntaxError) as caught:
        parameter_table(model)
    assert caught.value.line == line
    assert words in str(caught.value)


def test_c_must_fit_the_groups():
    with pytest.raises(ModelSyntaxError, match="2 values"):
        parameter_table("y ~ c(a, b, d)*x", groups=2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a - b - 1", -2.0),
        ("a/b/2", 1 / 3),
        ("-a^2", -4.0),
        ("2*a^-1", 1.0),
        ("(a + b)*exp(0) - sqrt(a*2)", 3.0),
        ("log(exp(b))", 3.0),
        ("a - -b", 5.0),
    ],
)
def test_arithmetic(text, value):
    _, definitions = parse(f"y ~ a*x + b*z\n d := {text}")
    out = evaluate(compile_definitions(definitions, {"a", "b"}), {"a": 2.0, "b": 3.0})
    assert out["d"] == pytest.approx(value)


PIECES = st.sampled_from(
    ["f", "x1", "x2", "y", "a", "=~", "~", "~~", ":=", "~1", "+", "*", "(", ")", ",", "1", "0.5",
     "NA", "c", "start", "\n", ";", "#", "==", "<", '"a"', "-", "^", "/", " ", "f =~ x1 + x2",
     "y ~ a*x1", "b := a^2", "题", "1e9", ":", "exp("]
)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_model_or_a_named_error(text):
    error = None
    try:
        parameter_table(text)
    except ModelSyntaxError as found:
        error = found
    assert error is None or (error.line >= 1 and error.expected)
