"""The residuals of the regressions, and the map of missing answers."""

import pytest

from grassroots.figures import missing_map, residuals
from grassroots.figures.palette import SECOND
from grassroots.figures.panel import round_axis
from grassroots.figures.svg import to_svg

RESIDUALS = "model,step,kind,x,y,sd,n\n" + "".join(
    f"{model},2,{kind},{x},{y},,6\n"
    for model in ("m", "other")
    for kind in ("bin", "smooth", "quantile")
    for x, y in ((-2, -1.9), (0.5, 0.25), (2.2, 3.1))
)
MISSING = "variable,n_missing,percent,n\nx1,12,4,300\nx2,0,0,300\nx3,30,10,300\n"
PATTERNS = (
    "pattern,n,percent,n_items,n_patterns,suppressed\n"
    "complete,260,86.7,0,1,False\nx3,20,6.7,1,1,False\nx1 x3,9,3,2,1,False\n"
    "other,11,3.7,,6,False\n"
)


def texts(drawing):
    return [text for text, _ in drawing.sheet.texts]


def test_each_regression_has_its_two_diagrams(subject):
    names = {"m": {"en": "Burnout", "zh": "倦怠"}}
    drawing = residuals.draw(subject({"regression_residuals": RESIDUALS}, {"names": names}))
    found = texts(drawing)
    assert found.count("Fitted value") == found.count("Normal quantile") == 2
    assert "Burnout" in found and "other" in found
    assert "Burnout: smooth between −1.90 and 3.10" in drawing.description


def test_the_smooth_passes_through_its_points(subject):
    drawing = residuals.draw(subject({"regression_residuals": RESIDUALS}))
    svg = to_svg(drawing.sheet, "x", "t", "d")
    assert svg.count(SECOND.css) >= 1


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [((-2, 3.1), -2, 4), ((0, 1), 0, 1), ((2, 2), 2, 2.5), ((0, 90), 0, 100)],
)
def test_an_axis_covers_its_values_at_round_steps(values, first, last):
    found = round_axis(values).ticks
    assert (found[0], found[-1]) == (first, last)
    assert len(found) <= 6


def test_items_without_gaps_and_rare_patterns_are_left_out(subject):
    tables = {"missing": MISSING, "missing_patterns": PATTERNS}
    drawing = missing_map.draw(subject(tables))
    found = texts(drawing)
    assert "x1" in found and "x2" not in found
    assert "4.0%" in found and "10.0%" in found
    assert {"20", "9"} <= set(found) and "11" not in found and "260" not in found
    assert drawing.description == (
        "x1 · 4.0% (12 of 300) · pattern of 20: answered · pattern of 9: missing;\n"
        "x3 · 10.0% (30 of 300) · pattern of 20: missing · pattern of 9: missing"
    )
    # Of the two patterns one misses x1, both miss x3.
    assert to_svg(drawing.sheet, "x", "t", "d").count(SECOND.css) >= 1


def test_where_nothing_is_missing_there_is_no_map(subject):
    none = MISSING.replace(",12,4,", ",0,0,").replace(",30,10,", ",0,0,")
    assert missing_map.draw(subject({"missing": none, "missing_patterns": PATTERNS})) is None
    assert missing_map.draw(subject({"missing": MISSING})) is None
