"""Syntax and effects of a mediation model, with a truth in which no two effects are alike."""

import numpy as np
import pytest

from grassroots.sem.structural_form import (
    StructuralForm,
    effects,
    measurement_syntax,
    paths,
    structural_syntax,
)

# Every coefficient its own prime: any swap changes a product.
TRUTH = {"a1": 2.0, "a2": 3.0, "a3": 5.0, "b1": 7.0, "b2": 11.0, "b3": 13.0, "cp": 17.0}
SERIAL = {**TRUTH, "d1_2": 19.0, "d1_3": 23.0, "d2_3": 29.0}


def by_path(form, truth):
    return {(e.effect, e.path): e.value(truth) for e in effects(form)}


def test_parallel_effects():
    found = by_path(StructuralForm("x", ("m1", "m2"), "y"), TRUTH)
    assert found == {
        ("total", "x -> y"): 17 + 14 + 33,
        ("direct", "x -> y"): 17,
        ("indirect", "x -> m1 -> y"): 14,
        ("indirect", "x -> m2 -> y"): 33,
        ("total_indirect", "x -> * -> y"): 47,
        ("contrast", "x -> m1 -> y minus x -> m2 -> y"): -19,
    }


def test_serial_effects():
    found = by_path(StructuralForm("x", ("m1", "m2"), "y", "serial"), SERIAL)
    chain = 2 * 19 * 11
    assert found == {
        ("total", "x -> y"): 17 + 14 + 33 + chain,
        ("direct", "x -> y"): 17,
        ("indirect", "x -> m1 -> y"): 14,
        ("indirect", "x -> m2 -> y"): 33,
        ("indirect", "x -> m1 -> m2 -> y"): chain,
        ("total_indirect", "x -> * -> y"): 47 + chain,
        ("contrast", "x -> m1 -> y minus x -> m2 -> y"): 14 - 33,
        ("contrast", "x -> m1 -> y minus x -> m1 -> m2 -> y"): 14 - chain,
        ("contrast", "x -> m2 -> y minus x -> m1 -> m2 -> y"): 33 - chain,
    }


def test_three_serial_mediators_have_seven_ways():
    found = by_path(StructuralForm("x", ("m1", "m2", "m3"), "y", "serial"), SERIAL)
    ways = {path: value for (kind, path), value in found.items() if kind == "indirect"}
    assert len(ways) == 7
    assert ways["x -> m1 -> m3 -> y"] == 2 * 23 * 13
    assert ways["x -> m1 -> m2 -> m3 -> y"] == 2 * 19 * 29 * 13
    assert found["total", "x -> y"] == sum(ways.values()) + 17


def test_total_effect_is_the_sum_over_all_ways_in_the_path_matrix():
    form = StructuralForm("x", ("m1", "m2", "m3"), "y", "serial")
    names = form.constructs
    a = np.zeros((5, 5))
    for path in paths(form):
        a[names.index(path.response), names.index(path.cause)] = SERIAL[path.label]
    through_everything = np.linalg.inv(np.eye(5) - a)[4, 0]
    assert by_path(form, SERIAL)["total", "x -> y"] == pytest.approx(through_everything)


def test_one_mediator_has_neither_total_indirect_nor_contrast():
    found = by_path(StructuralForm("ind60", ("dem60",), "dem65"), TRUTH)
    assert list(found) == [
        ("total", "ind60 -> dem65"),
        ("direct", "ind60 -> dem65"),
        ("indirect", "ind60 -> dem60 -> dem65"),
    ]


def test_values_of_many_draws_at_once():
    draws = {label: np.arange(3.0) + value for label, value in TRUTH.items()}
    for effect in effects(StructuralForm("x", ("m1", "m2"), "y")):
        together = effect.value(draws)
        assert together.shape == (3,)
        for k in range(3):
            one = effect.value({label: values[k] for label, values in draws.items()})
            assert together[k] == one


def test_names_and_expressions_are_unique():
    for kind in ("parallel", "serial"):
        found = effects(StructuralForm("x", ("m1", "m2", "m3"), "y", kind))
        assert len({e.name for e in found}) == len(found)
        assert len({e.expression for e in found}) == len(found)


def test_parallel_syntax():
    form = StructuralForm(
        "x",
        ("m1", "m2"),
        "y",
        covariates=("age",),
        indicators={"x": ["x1", "x2"], "y": ["y1", "y2"]},
        residual_covariances=(("x1", "y1"),),
    )
    assert structural_syntax(form).splitlines() == [
        "x =~ x1 + x2",
        "y =~ y1 + y2",
        "x ~ age",
        "m1 ~ a1*x + age",
        "m2 ~ a2*x + age",
        "y ~ b1*m1 + b2*m2 + cp*x + age",
        "x1 ~~ y1",
        "m1 ~~ m2",
        "total := cp+a1*b1+a2*b2",
        "direct := cp",
        "indirect_1 := a1*b1",
        "indirect_2 := a2*b2",
        "total_indirect := a1*b1+a2*b2",
        "contrast_1 := a1*b1-a2*b2",
    ]
    assert form.variables == ("x1", "x2", "m1", "m2", "y1", "y2", "age")


def test_serial_syntax_leaves_no_residual_covariance():
    lines = structural_syntax(StructuralForm("x", ("m1", "m2"), "y", "serial")).splitlines()
    assert lines[:3] == ["m1 ~ a1*x", "m2 ~ a2*x + d1_2*m1", "y ~ b1*m1 + b2*m2 + cp*x"]
    assert not any("~~" in line for line in lines)


def test_stated_covariance_of_mediators_is_not_repeated():
    form = StructuralForm("x", ("m1", "m2"), "y", residual_covariances=(("m2", "m1"),))
    assert structural_syntax(form).count("~~") == 1


@pytest.mark.parametrize("clash", ["a1", "b2", "cp", "total", "indirect_1"])
def test_labels_give_way_to_variables_of_the_same_name(clash):
    form = StructuralForm("x", ("m1", "m2"), "y", indicators={"x": [clash, "x2"]})
    assert {p.label for p in paths(form)} == {f"path_{s}" for s in ("a1", "a2", "b1", "b2", "cp")}
    assert all(e.name.startswith("path_") for e in effects(form))


def test_scores_instead_of_latent_variables():
    form = StructuralForm("x", ["m"], "y", "serial", ["age"], {"x": ["x1", "x2"]})
    assert form.observed() == StructuralForm("x", ("m",), "y", "serial", ("age",))
    assert form.observed().variables == ("x", "m", "y", "age")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"mediators": ("y",)}, "y stands in more than one role"),
        ({"mediators": ("m", "m")}, "m stands in more than one role"),
        ({"mediators": ()}, "at least one mediator"),
        ({"covariates": ("x",)}, "x stands in more than one role"),
        ({"form": "circular"}, "circular"),
        ({"indicators": {"z": ["z1"]}}, "z has indicators but no role"),
        ({"residual_covariances": (("m", "m"),)}, "m is paired with itself"),
        ({"residual_covariances": (("m", "x"), ("x", "m"))}, "stated twice"),
    ],
)
def test_contradictions_are_refused(arguments, named):
    with pytest.raises(ValueError, match=named):
        StructuralForm(**{"predictor": "x", "mediators": ("m",), "outcome": "y"} | arguments)


def test_measurement_syntax():
    factors = {"f": ["i1", "i2"], "g": ["i3", "i4"]}
    assert measurement_syntax(factors, [("i1", "i3")], {"h": ["f", "g"]}).splitlines() == [
        "f =~ i1 + i2",
        "g =~ i3 + i4",
        "h =~ f + g",
        "i1 ~~ i3",
    ]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (({"f": []},), "f has no indicators"),
        (({"f": ["i", "i"]},), "i is listed twice under f"),
        (({"f": ["i"]}, (), {"h": ["k"]}), "k is no factor"),
        (({"f": ["i", "j"]}, [("i", "j"), ("j", "i")]), "stated twice"),
    ],
)
def test_faulty_measurement_models_are_refused(arguments, named):
    with pytest.raises(ValueError, match=named):
        measurement_syntax(*arguments)
