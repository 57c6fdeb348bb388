"""Outlines: the same picture in fewer characters, and nothing drawn under what it lay over."""

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from figure_tables import STUDY, TABLES
from PIL import Image

from grassroots.figures import likert, path_diagram, residuals
from grassroots.figures.marks import Shape, Text
from grassroots.figures.outline import Outline, path_of
from grassroots.figures.palette import FIRST, RULE, SECOND
from grassroots.figures.sheet import Box, Sheet
from grassroots.figures.svg import to_svg

SVG = "{http://www.w3.org/2000/svg}"


def places(path):
    """Every corner of a path, followed step by step, in tenths."""
    x = y = 0
    start, found = (0, 0), []
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", path):
        numbers = [round(float(n) * 10) for n in re.findall(r"-?\d*\.?\d+", text)]
        relative = command.islower()
        kind = command.upper()
        if kind == "Z":
            x, y = start
        elif kind == "H":
            x = numbers[0] + x * relative
        elif kind == "V":
            y = numbers[0] + y * relative
        else:
            pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
            moved = [(a + x * relative, b + y * relative) for a, b in pairs]
            found += moved[:-1]
            x, y = moved[-1]
        if kind == "M":
            start = (x, y)
        found.append((x, y))
    return found


def steps_of(path):
    """The steps of a path as it is written out: "M 1 2 L 3 4 z"."""
    return [
        (command.upper(), tuple(map(float, numbers.split())))
        for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", path)
    ]


def test_a_short_path_leads_to_the_same_places():
    random = np.random.default_rng(1)
    outlines, expected = [], []
    for _ in range(200):
        corners = random.integers(-999, 9999, (5, 2)) / 10 * random.integers(0, 2, (5, 2))
        (a, b, c, d, e) = (f"{x} {y}" for x, y in corners)
        path = f"M {a} L {b} Q {c} {d} L {e} z"
        outlines.append(Outline(steps_of(path), 1))
        expected += [tuple(round(10 * v) for v in corner) for corner in [*corners, corners[0]]]
    assert places(path_of(outlines)) == expected


def test_level_and_upright_lines_take_one_number():
    assert path_of([Outline(steps_of("M 10 20 L 30 20 L 30 25.04 z"), 1)]) == "M10 20H30v5z"
    dot, line = (Outline(steps_of(p), 1) for p in ("M 10.5 20 L 10.5 20", "M 11 19.5 L 12 19"))
    assert path_of([dot, line]) == "M10.5 20h0m.5-.5l1-.5"


def test_marks_of_one_look_are_one_path_unless_something_lies_between(font):
    sheet = Sheet(100, 100, font)
    sheet.rectangle(Box(0, 0, 10, 10), FIRST)
    sheet.rectangle(Box(20, 0, 30, 10), SECOND)
    sheet.rectangle(Box(40, 0, 50, 10), FIRST)
    sheet.rectangle(Box(22, 2, 28, 8), FIRST)
    sheet.line([(0, 50), (100, 50)], RULE)
    sheet.rectangle(Box(60, 60, 70, 70), SECOND)
    paths = ET.fromstring(to_svg(sheet, "x", "t", "d")).findall(f"{SVG}path")
    colours = [re.search(r"--[a-z0-9-]+", p.get("fill") + p.get("stroke", ""))[0] for p in paths]
    assert colours == ["--c1", "--c2", "--c1", "--fig-rule"]
    assert paths[0].get("d").count("z") == 2 and paths[2].get("d") == "M22 2h6V8H22z"


@pytest.fixture
def seen(browser):
    """The pixels of an SVG of a size in points, in Chromium."""
    page = browser.new_page(viewport={"width": 900, "height": 900})

    def of(svg):
        page.set_content(f"<body style='margin:0'>{svg[svg.index('<svg') :]}</body>")
        picture = page.locator("svg").screenshot()
        return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(float)

    yield of
    page.close()


def mark_by_mark(sheet):
    """The sheet as an SVG with a path for each mark, in their order, nothing rounded or joined."""
    paths = ""
    for mark in sheet.marks:
        if isinstance(mark, Text):
            continue
        d = " ".join(f"{command} {' '.join(map(str, numbers))}" for command, numbers in mark.steps)
        if isinstance(mark, Shape):
            edge = mark.edge.fallback if mark.edge else "none"
            look = f'fill="{mark.fill.fallback}" stroke="{edge}"'
        else:
            ends = "round" if mark.round_ends else "butt"
            dashes = " ".join(map(str, mark.dashes or ["none"]))
            look = (
                f'fill="none" stroke="{mark.colour.fallback}" stroke-linecap="{ends}" '
                f'stroke-dasharray="{dashes}"'
            )
        paths += f'<path d="{d}" stroke-width="{mark.width}" {look}/>'
    size = f'width="{sheet.width}pt" height="{sheet.height}pt"'
    return f'<svg {size} viewBox="0 0 {sheet.width} {sheet.height}">{paths}</svg>'


@pytest.mark.browser
@pytest.mark.parametrize("figure", [likert, path_diagram, residuals])
def test_the_picture_is_that_of_its_marks(figure, subject, seen):
    """In Chromium: few pixels differ from a picture that is drawn mark by mark."""
    sheet = figure.draw(subject(TABLES, STUDY)).sheet
    without = re.sub(r"<text [^>]*>[^<]*</text>", "", to_svg(sheet, "x", "t", "d"))
    one, other = (seen(svg) for svg in (mark_by_mark(sheet), without))
    assert one.shape == other.shape
    assert (np.abs(one - other).max(axis=2) > 64).mean() < 0.004
    assert np.abs(one - other).mean() < 1.0
