"""Where each number of a page comes from: the card that a click or the arrow keys open."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

NUMBER = ".edition:visible td:not([class], [data-v], :empty):visible"
TRACED = """() => {
  const edition = [...document.querySelectorAll(".edition")].find(one => one.checkVisibility());
  const all = [...edition.querySelectorAll("td:not([class], [data-v])")].filter(
    one => /^\\u2212?\\d*\\.\\d\\d$/.test(one.textContent.trim()));
  return all.filter((_, at) => at % Math.ceil(all.length / 40) === 0).map(one => {
    one.click();
    return [one.textContent.trim(), edition.querySelector(".trace .value").textContent];
  });
}"""

UNTRACED = r"""edition => {
  const typed = "svg, .note, .works, .facts, [id$=-methods-text], [id$=-cite-text]";
  const text = document.createTreeWalker(edition, NodeFilter.SHOW_TEXT);
  const found = [];
  while (text.nextNode()) {
    const around = text.currentNode.parentElement;
    if (/\d[.]\d|(^|[^\w.])[.]\d/.test(text.currentNode.data)
        && !around.closest(`[data-v], td:not([class]), [id$=table-claims], ${typed}`)) {
      found.push(text.currentNode.data.trim());
    }
  }
  return found;
}"""


def test_every_number_with_decimals_knows_its_place(visit, of_a_dataset):
    """But for the limits that notes name, works, versions, methods, and what a claim quotes."""
    editions = visit().locator(".edition")
    for edition in editions.all():
        assert edition.evaluate(UNTRACED) == []


# What leaves the paper at the right, or is a drawing that no page can hold.
def test_a_number_says_where_it_comes_from(visit, of_a_dataset):
    """By click, then by the arrow keys; Esc shuts the card; the value is that of numbers.json."""
    page = visit()
    kept = json.loads((Path(page.url.removeprefix("file://")).parent / "numbers.json").read_text())
    for first in (page.locator("span[data-v='']:visible").first, page.locator(NUMBER).first):
        first.click()
        card = page.locator(".trace:visible")
        card.wait_for()
        seen = set()
        for _ in range(6):
            value = card.locator(".value").inner_text().split("\n")[0]
            table, *row, column = card.locator("dd").nth(1).inner_text().split("\n")[0].split(" | ")
            assert kept["tables"][table]["rows"][" | ".join(row)][column] == float(value)
            seen.add((table, *row, column))
            page.keyboard.press("ArrowRight")
        assert len(seen) > 1
        page.keyboard.press("Escape")
        assert card.count() == 0


def test_what_is_traced_is_what_was_clicked(visit, of_a_dataset):
    """The printed number is the full one rounded, all over the page."""
    page = visit()
    page.locator(NUMBER).first.click()
    page.locator(".trace:visible").wait_for()
    pairs = page.evaluate(TRACED)
    assert len(pairs) > 10
    for printed, value in pairs:
        assert float(printed.replace("\u2212", "-")) == pytest.approx(float(value), abs=0.0050001)
