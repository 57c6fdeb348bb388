"""What a reader is told who points at a mark: the numbers of the tables, where the mark is."""

import re
import xml.etree.ElementTree as ET

import pytest
from figure_tables import STUDY, TABLES

from grassroots.figures import correlations, reliability
from grassroots.figures.draw import FIGURES
from grassroots.figures.drawing import LINE_END
from grassroots.figures.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"
# All of its numbers stand in it as texts.
WITHOUT = {"sample_flow"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(set(FIGURES) - WITHOUT))
def test_every_place_lies_on_the_sheet_and_has_a_line(subject, name, language):
    drawing = FIGURES[name](subject(TABLES, STUDY, language))
    sheet = drawing.sheet
    root = ET.fromstring(to_svg(sheet, "x", drawing.title, drawing.description))
    numbers = [float(number) for number in root.get("data-at").split()]
    lines = root.find(f"{SVG}desc").text.split(LINE_END)
    assert len(numbers) == 2 * len(sheet.values) > 0
    assert lines[: len(sheet.values)] == [text for _, _, text in sheet.values]
    for x, y, text in zip(numbers[::2], numbers[1::2], lines, strict=False):
        assert 0 <= x <= sheet.width and 0 <= y <= sheet.height, text
        assert (
            re.search(r"\d", text)
            or "not shown" in text
            or "too few" in text
            or ("不列出" in text or "过少" in text)
        ), text


def test_a_mark_says_what_is_printed_beside_it(subject):
    drawing = reliability.draw(subject({"reliability": TABLES["reliability"]}))
    printed = [text for text, _ in drawing.sheet.texts]
    (_, _, first), (_, _, second) = drawing.sheet.values
    assert first == "a: .63 [.55, .69], ω = .63" and second == "b: .88 [.86, .90]"
    assert ".63 [.55, .69]" in printed


def test_a_cell_says_whose_correlation_it_is(subject):
    sheet = correlations.draw(subject({"correlations": TABLES["correlations"]})).sheet
    boxes = dict(sheet.texts)
    for x, y, text in sheet.values:
        box = boxes[text.split()[-1]]
        assert box.left < x < box.right and box.top < y < box.bottom, text


def test_a_name_of_two_lines_is_one_line(subject):
    names = {"names": {"a": {"en": "one;\ntwo", "zh": "一"}}}
    drawing = reliability.draw(subject({"reliability": TABLES["reliability"]}, names))
    assert drawing.description.split(LINE_END)[0].startswith("one; two: .63")
