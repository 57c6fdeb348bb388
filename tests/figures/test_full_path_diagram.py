"""The path diagram with indicators: nothing lies over anything else, up to 60 items."""

from itertools import combinations, pairwise

import pytest
from path_models import FORMS, LONG, model, with_indicators

from grassroots.figures import full_path_diagram
from grassroots.figures.full_path_diagram import MANY
from grassroots.figures.marks import Stroke


def within(inner, outer):
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top - 1 <= inner.top
        and inner.bottom <= outer.bottom + 1
    )


def crosses(start, end, box):
    """Whether a straight line goes through a box, from a hundred points on it."""
    shares = [index / 100 for index in range(101)]
    points = [(start[0] + s * (end[0] - start[0]), start[1] + s * (end[1] - start[1]))
              for s in shares]  # fmt: skip
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in points)


def assert_apart(sheet, frames, edges):
    """No box or text lies over another one, and all lie on the sheet."""
    assert len(sheet.frames) == frames
    for one, other in combinations(sheet.frames, 2):
        assert not one.overlaps(other, 1.0)
    weights = [text for text, _ in sheet.texts if "\u2212" in text]
    assert len(weights) == edges
    for (text, box), (other, other_box) in combinations(sheet.texts, 2):
        # Lines of one name stand closer than their boxes are high.
        assert not box.overlaps(other_box, -2.0), (text, other)
    for text, box in sheet.texts:
        for frame in sheet.frames:
            assert within(box, frame) or not box.overlaps(frame, -0.5), text
        assert 0 <= box.left and box.right <= sheet.width, text
        assert 0 <= box.top and box.bottom <= sheet.height, text


def assert_free(sheet, count):
    """No line goes through a box."""
    lines = [mark for mark in sheet.marks if isinstance(mark, Stroke)]
    for line in lines:
        for start, end in pairwise(line.points):
            assert not any(crosses(start, end, frame) for frame in sheet.frames), line.points
    assert len(lines) == count


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("items", [12, 60])
@pytest.mark.parametrize(("count", "form"), FORMS)
@pytest.mark.parametrize("long", [False, True])
def test_nothing_overlaps(subject, count, form, items, language, long):
    tables, study, edges = with_indicators(count, form, items)
    if long:
        study["names"] |= dict.fromkeys(["x", "m1", "m2", "m3", "m4", "y"], LONG)
    sheet = full_path_diagram.draw(subject(tables, study, language)).sheet
    assert_apart(sheet, items + count + 2, edges)


@pytest.mark.parametrize("items", [12, 60])
@pytest.mark.parametrize(("count", "form"), FORMS)
def test_no_arrow_goes_through_a_box(subject, count, form, items):
    tables, study, edges = with_indicators(count, form, items)
    sheet = full_path_diagram.draw(subject(tables, study)).sheet
    assert_free(sheet, (count + 2) + items + edges)


@pytest.mark.parametrize(
    ("count", "form", "heavy"),
    [(count, form, heavy) for count, form in FORMS for heavy in range(count + 2)],
)
def test_a_factor_with_most_of_the_indicators_is_in_nobodys_way(subject, count, form, heavy):
    tables, study, edges = with_indicators(count, form, 40, heavy)
    sheet = full_path_diagram.draw(subject(tables, study)).sheet
    assert_apart(sheet, 40 + count + 2, edges)
    assert_free(sheet, (count + 2) + 40 + edges)


def test_every_loading_stands_beside_its_indicator(subject):
    tables, study, _ = with_indicators(2, "parallel", 8)
    drawing = full_path_diagram.draw(subject(tables, study))
    sheet = drawing.sheet
    loadings = [(text, box) for text, box in sheet.texts if text.startswith(".5")]
    assert sorted(text for text, _ in loadings) == [f".5{index}" for index in range(1, 9)]
    for _, box in loadings:
        beside = [f for f in sheet.frames if f.centre[1] == pytest.approx(box.centre[1])]
        assert any(0 < box.left - frame.right < 5 for frame in beside)
    said = drawing.description.split(";\n")
    assert "Public service motivation to In the last month" in said[0]
    assert said[0].endswith(": .51 [.41, .61]")


def test_a_loading_is_dashed_where_it_is_not_significant_and_not_where_it_is_fixed(subject):
    tables, study, _ = with_indicators(1, "parallel", 12)
    sheet = full_path_diagram.draw(subject(tables, study)).sheet
    lines = [mark for mark in sheet.marks if isinstance(mark, Stroke)]
    assert sum(bool(line.dashes) for line in lines) == 1
    assert len({line.width for line in lines}) > 4


def test_many_indicators_are_named_by_their_ids(subject):
    for items, named in ((MANY, False), (MANY + 1, True)):
        tables, study, _ = with_indicators(1, "parallel", items)
        sheet = full_path_diagram.draw(subject(tables, study)).sheet
        assert ("item_3" in [text for text, _ in sheet.texts]) is named


def test_a_model_of_observed_scores_has_no_full_form(subject):
    tables, study, _ = model(2, "parallel")
    assert full_path_diagram.draw(subject(tables, study)) is None


def test_the_direct_path_is_level(subject):
    for count in (1, 2, 3, 4):
        tables, study, _ = with_indicators(count, "parallel", 12)
        study["names"]["y"] = LONG
        sheet = full_path_diagram.draw(subject(tables, study)).sheet
        longest = max(
            (mark for mark in sheet.marks if isinstance(mark, Stroke)),
            key=lambda mark: mark.points[-1][0] - mark.points[0][0],
        )
        assert longest.points[0][1] == pytest.approx(longest.points[-1][1])
