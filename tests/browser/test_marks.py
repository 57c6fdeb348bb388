"""The figures of a page: their colours, and the values of their marks."""

from itertools import pairwise

import pytest
from editions import choose, languages

pytestmark = pytest.mark.browser

PART = " · "
# Points at each mark of a drawing; at the middle of a field that is wide enough to be hit.
POINTED = """(drawing, marks) => {
  const svg = drawing.querySelector("svg"), seen = svg.getBoundingClientRect();
  const scale = seen.width / svg.viewBox.baseVal.width;
  return marks.map(([x, y]) => {
    svg.dispatchEvent(new PointerEvent("pointermove", { bubbles: true,
      clientX: seen.left + x * scale, clientY: seen.top + y * scale }));
    return drawing.parentElement.querySelector(".tip").textContent;
  });
}"""


def marks_of(figure):
    """The marks of a figure: the middle, the width, what is said; a bar has one for each field."""
    places = figure.locator("svg[data-at]").get_attribute("data-at").split()
    lines = figure.locator("desc").text_content().split(";\n")
    found = []
    for across, y, line in zip(places[::2], places[1::2], lines, strict=False):
        edges = [float(edge) for edge in across.split(",")]
        parts = line.split(PART)
        fields = len(edges) - 1
        if not fields:
            found.append((edges[0], float(y), 99.0, line))
        for field, (left, right) in enumerate(pairwise(edges), len(parts) - fields):
            text = PART.join([*parts[:-fields], parts[field]])
            found.append(((left + right) / 2, float(y), right - left, text))
    return found


def test_figures_are_seen_in_the_colours_of_the_page(visit, of_a_dataset):
    """No fill or stroke is left as an unresolved variable, light or dark."""
    inks = set()
    for theme in ("light", "dark"):
        page = visit(theme=theme)
        texts = page.locator(".drawing svg text:visible")
        assert texts.count() > 0
        inks.add(texts.last.evaluate("one => getComputedStyle(one).fill"))
        assert not texts.last.evaluate("one => getComputedStyle(one).fill").startswith("var")
    assert len(inks) == 2


def test_a_mark_in_a_figure_says_its_value(visit, of_a_dataset):
    """By the keyboard, step by step and out again, and under the pointer; in both languages."""
    page = visit()
    for language in languages(page):
        choose(page, language)
        figures = page.locator(f".edition[data-lang={language}] figure:has(svg[data-at])")
        assert figures.count() > 0
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for figure in (figures.first, figures.last):
            drawing, tip = figure.locator("div.drawing"), figure.locator(".tip")
            first, second = [text for _, _, _, text in marks_of(figure)][:2]
            drawing.focus()
            page.keyboard.press("Home")
            assert tip.inner_text() == first
            page.keyboard.press("ArrowRight")
            assert tip.inner_text() == second
            box = tip.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 1280
            page.keyboard.press("Escape")
            assert tip.text_content() == ""
            page.keyboard.press("Tab")
            assert not drawing.evaluate("one => one === document.activeElement")


def test_the_pointer_finds_the_mark_under_it(visit, of_a_dataset):
    """Every mark of every figure that is seen; but where two lie in one place, either."""
    page = visit(width=390, height=844)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    figures = page.locator(".edition:visible figure:has(svg[data-at]):visible")
    for place in range(figures.count()):
        figure = figures.nth(place)
        marks = [mark for mark in marks_of(figure) if mark[2] >= 2]
        said = figure.locator("div.drawing").evaluate(POINTED, [mark[:2] for mark in marks])
        for (x, y, _, _), tip in zip(marks, said, strict=True):
            near = [m[3] for m in marks if abs(m[0] - x) <= 1 and abs(m[1] - y) <= 1]
            assert tip in near, near


def test_the_arrows_go_along_a_bar_and_from_bar_to_bar(visit, of_a_dataset):
    page = visit()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    figures = page.locator(".edition:visible figure:has(svg[data-rows])")
    figure = max(figures.all(), key=lambda one: len(marks_of(one)))
    tip, marks = figure.locator(".tip"), marks_of(figure)
    heights = sorted({y for _, y, _, _ in marks})
    figure.locator("div.drawing").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    below = tip.inner_text()
    assert below in [text for _, y, _, text in marks if y == heights[1]]
    page.keyboard.press("ArrowUp")
    assert tip.inner_text() in [text for _, y, _, text in marks if y == heights[0]]
    page.keyboard.press("End")
    end = tip.inner_text()
    page.keyboard.press("ArrowDown")
    assert tip.inner_text() == end == marks[-1][3]
