"""What a reader is told who points at a mark: the numbers of the tables, where the mark is."""

import csv
import re
import xml.etree.ElementTree as ET

import pytest
from figure_tables import STUDY, TABLES

from grassroots.figures import correlations, likert, missing_map, reliability
from grassroots.figures.draw import FIGURES
from grassroots.figures.drawing import LINE_END
from grassroots.figures.sheet import PART
from grassroots.figures.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_place_lies_on_the_sheet_and_has_a_line(subject, name, language):
    drawing = FIGURES[name](subject(TABLES, STUDY, language))
    sheet = drawing.sheet
    root = ET.fromstring(to_svg(sheet, "x", drawing.title, drawing.description))
    places = root.get("data-at").split()
    lines = root.find(f"{SVG}desc").text.split(LINE_END)
    assert len(places) == 2 * len(sheet.values) > 0
    assert lines[: len(sheet.values)] == [value.text for value in sheet.values]
    for across, y, text in zip(places[::2], places[1::2], lines, strict=False):
        edges = [float(edge) for edge in across.split(",")]
        assert edges == sorted(edges) and edges[0] >= 0 and edges[-1] <= sheet.width, text
        assert 0 <= float(y) <= sheet.height and text.count(PART) >= len(edges) - 1
        assert (
            re.search(r"\d", text)
            or "not shown" in text
            or "too few" in text
            or ("不列出" in text or "过少" in text)
        ), text


def test_a_mark_says_what_is_printed_beside_it(subject):
    drawing = reliability.draw(subject({"reliability": TABLES["reliability"]}))
    printed = [text for text, _ in drawing.sheet.texts]
    first, second = (value.text for value in drawing.sheet.values)
    assert first == "a: .63 [.55, .69], ω = .63" and second == "b: .88 [.86, .90]"
    assert ".63 [.55, .69]" in printed


def test_a_cell_says_whose_correlation_it_is(subject):
    sheet = correlations.draw(subject({"correlations": TABLES["correlations"]})).sheet
    boxes = dict(sheet.texts)
    for value in sheet.values:
        box = boxes[value.text.split()[-1]]
        assert box.left < value.x < box.right and box.top < value.y < box.bottom, value.text


def test_a_name_of_two_lines_is_one_line(subject):
    names = {"names": {"a": {"en": "one;\ntwo", "zh": "一"}}}
    drawing = reliability.draw(subject({"reliability": TABLES["reliability"]}, names))
    assert drawing.description.split(LINE_END)[0].startswith("one; two: .63")


def table(name):
    return list(csv.DictReader(TABLES[name].splitlines()))


def below_the_diagonal():
    """Each pair of scores once, and alpha of the scales among them."""
    rows = table("correlations")
    names = {row[side] for row in rows for side in ("x", "y")}
    return len(rows) + sum(row["scale"] in names for row in table("reliability"))


# How many marks of each figure hold a value, counted in the tables and not in the drawing.
MARKS = {
    "sample_flow": lambda: 2 * sum(float(row["n_removed"]) > 0 for row in table("flow")) + 1,
    "missing_map": lambda: sum(float(row["n_missing"]) > 0 for row in table("missing")) * (1 + 1),
    "likert": lambda: sum(row["scale"] in ("a", "b") for row in table("answers")),
    "correlations": below_the_diagonal,
    "reliability": lambda: len(table("reliability")),
    "scree": lambda: len(table("eigenvalues")),
    "loadings": lambda: sum(row["model"] == "m" for row in table("cfa_loadings")),
    "group_means": lambda: sum(row["outcome"] == "c" for row in table("group_means")),
    "coefficients": lambda: sum(row["term"] in ("a", "b") for row in table("regression")),
    "residuals": lambda: sum(row["kind"] != "smooth" for row in table("regression_residuals")),
    "path_diagram": lambda: sum(row["op"] == "~" for row in table("sem_parameters")),
    "full_path_diagram": lambda: len(table("sem_parameters")),
    "indirect_effects": lambda: sum(row["method"] != "bca" for row in table("mediation")),
    "themes": lambda: sum(bool(row["theme"]) and not row["code"] for row in table("themes")),
    "saturation": lambda: len(table("saturation")),
    "simple_slopes": lambda: 2 * sum(row["at"] != "boundary" for row in table("simple_slopes")),
}


def told(sheet):
    """What is said of each mark, one by one: as report/figures.js takes the lines apart."""
    said = []
    for value in sheet.values:
        fields = len(value.edges) - 1
        parts = value.text.split(PART)
        if fields < 1:
            said.append(value.text)
            continue
        head = PART.join(parts[:-fields])
        said += [f"{head}{PART}{part}" for part in parts[-fields:]]
    return said


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_every_mark_has_its_value(subject, name, language):
    sheet = FIGURES[name](subject(TABLES, STUDY, language)).sheet
    said = told(sheet)
    assert len(said) == MARKS[name](), said
    assert all(said) and len(set(said)) == len(said)


def test_every_field_of_a_bar_says_its_answer(subject):
    said = told(likert.draw(subject(TABLES, STUDY)).sheet)
    assert "x2 (R) (n = 5) · answer 5: 40.0% (1)" in said


def test_alpha_stands_on_the_diagonal(subject):
    sheet = correlations.draw(subject(TABLES, STUDY)).sheet
    assert "Alpha & <b>: α = .63" in told(sheet)


def test_a_square_of_the_map_says_whether_the_pattern_misses_the_item(subject):
    said = told(missing_map.draw(subject(TABLES, STUDY)).sheet)
    assert said == ["Item · 4.0% (12 of 300)", "Item · pattern of 20: missing"]


def test_of_many_items_with_gaps_those_with_most_are_drawn(subject):
    rows = "".join(f"x{i},{i},{i / 3},300\n" for i in range(1, 41))
    tables = {**TABLES, "missing": TABLES["missing"].splitlines()[0] + "\n" + rows}
    drawing = missing_map.draw(subject(tables, {"names": {}}))
    shown = [value.text.split(PART)[0] for value in drawing.sheet.values]
    assert shown == [f"x{i}" for i in range(41 - missing_map.ITEMS, 41)]
    assert drawing.description.endswith("16 more with gaps, each at most 5.3%")
