"""The figures of a page: their colours, and the values of their marks."""

import pytest
from editions import choose, languages

pytestmark = pytest.mark.browser

POINTED = """drawing => {
  const svg = drawing.querySelector("svg"), seen = svg.getBoundingClientRect();
  const numbers = svg.dataset.at.split(" ").map(Number), said = [];
  for (let at = 0; at < numbers.length; at += 2) {
    svg.dispatchEvent(new PointerEvent("pointermove", { bubbles: true,
      clientX: seen.left + numbers[at] * seen.width / svg.viewBox.baseVal.width,
      clientY: seen.top + numbers[at + 1] * seen.width / svg.viewBox.baseVal.width }));
    said.push(drawing.parentElement.querySelector(".tip").textContent);
  }
  const lines = svg.querySelector("desc").textContent.split(";\\n").slice(0, said.length);
  return { said, lines };
}"""


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
            drawing, tip = figure.locator(".drawing"), figure.locator(".tip")
            lines = figure.locator("desc").text_content().split(";\n")
            drawing.focus()
            page.keyboard.press("Home")
            assert tip.inner_text() == lines[0]
            page.keyboard.press("ArrowDown")
            assert tip.inner_text() == lines[1]
            box = tip.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 1280
            page.keyboard.press("Escape")
            assert tip.text_content() == ""
            page.keyboard.press("Tab")
            assert not drawing.evaluate("one => one === document.activeElement")


def test_the_pointer_finds_the_mark_under_it(visit, of_a_dataset):
    page = visit(width=390, height=844)
    drawing = page.locator(".edition:visible .drawing:has(svg[data-at]):visible").first
    found = drawing.evaluate(POINTED)
    assert found["said"] == found["lines"]
