"""A drawing within the page: as in its file, in fewer bytes."""

import re
from itertools import pairwise
from pathlib import Path

from grassroots.figures.palette import FIRST, INK
from grassroots.figures.sheet import SIZE, Box, Sheet
from grassroots.figures.svg import FONTS, PIECE, WHOLE, to_svg
from grassroots.report.drawings import CLASSES, in_pieces, within_page

STYLE = (Path(__file__).parents[2] / "report" / "style.css").read_text("utf-8")


def within(marks):
    return within_page(f"<svg>{marks}</svg>").removeprefix("<svg>").removesuffix("</svg>")


def test_attributes_become_the_classes_of_the_stylesheet():
    text = '<text x="0.2" y="46.3" font-size="9.5px" fill="var(--fig-muted,#5d6068)">.33</text>'
    assert within(text) == '<text x=0.2 y=46.3 class="s m">.33</text>'
    path = '<path d="M1 2L-3.7 4" fill="none" stroke="var(--c1,#0072b2)" />'
    assert within(path) == '<path d="M1 2L-3.7 4" class="o a" />'
    group = '<g fill="var(--low2,#f1a340)"><text x="1" y="2">3</text></g>'
    assert within(group) == "<g fill=var(--low2)><text x=1 y=2>3</text></g>"
    assert within('<path d="M1 2" />') == '<path d="M1 2" />'


def test_the_stylesheet_says_what_the_file_says_of_its_font():
    svg = to_svg(Sheet(10, 10, None), "x", "t", "d")
    within = within_page(svg)
    assert "font" in svg[: svg.index(">")] and "font" not in within[: within.index(">")]
    fonts = re.search(r"--figure: (.*);", STYLE)[1]
    assert fonts.replace('"', "'").replace(", ", ",") == FONTS
    assert f"font: {SIZE}px var(--figure); fill: {INK.css.split(',')[0]});" in STYLE


def test_each_class_says_what_its_attribute_said():
    for attribute, name in CLASSES.items():
        key, value = re.fullmatch(r'([a-z-]+)="(.*)"', attribute).groups()
        assert f".drawing .{name} {{ {key}: {value}; }}" in STYLE


def test_words_and_other_attributes_stay():
    svg = '<svg viewBox="0 0 390.25 160"><title>fill="none" 1.25</title><g id="a b"></g></svg>'
    assert within_page(svg) == svg


def rows(count, height=20.0):
    """A sheet of rows, each a place where a page may end."""
    sheet = Sheet(390, count * height, None)
    for place in range(count):
        sheet.breaks.append(place * height)
        sheet.rectangle(Box(0, place * height, 100, place * height + 10), FIRST)
    return sheet


def test_a_tall_drawing_is_printed_in_pieces_that_make_up_the_whole():
    sheet = rows(60)
    svg = to_svg(sheet, "figure-x-en", "t", "d")
    pieces = in_pieces(svg)
    boxes = re.findall(
        r'viewBox="0 ([\d.]+) 390 ([\d.]+)" width="390pt" height="([\d.]+)pt"', pieces
    )
    tops, heights = ([float(box[part]) for box in boxes] for part in (0, 1))
    assert tops[0] == 0 and tops[-1] + heights[-1] == sheet.height
    assert all(
        top + high == after for (top, after), high in zip(pairwise(tops), heights, strict=False)
    )
    assert set(tops) <= set(sheet.breaks) and min(heights) >= PIECE
    assert all(height == shown for _, height, shown in boxes)
    page = within_page(svg)
    (name,) = set(re.findall(r'href="#([^"]+)"', pieces))
    assert page.count(f"<g id={name} class=drawing>") == 1 and page.endswith("</g></svg>\n")
    assert "data-cuts" not in page


def test_a_drawing_that_has_room_on_a_page_is_left_whole():
    svg = to_svg(rows(int(WHOLE / 20)), "figure-x-en", "t", "d")
    assert in_pieces(svg) == "" and "<g id" not in within_page(svg)
