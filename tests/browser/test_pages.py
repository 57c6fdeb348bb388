"""Every page of a run in a real browser: network, size, accessibility, phone, languages."""

import pytest
from editions import LANGUAGES, choose, languages, shown

pytestmark = pytest.mark.browser

MEGABYTE = 1_000_000
PLACE = ":is([data-v], td:not([class]))"
OVERFLOWING = """() => document.documentElement.scrollWidth - window.innerWidth"""
REPEATED_IDS = """() => {
  const seen = new Set(), twice = [];
  document.querySelectorAll("[id]").forEach(
    one => seen.has(one.id) ? twice.push(one.id) : seen.add(one.id));
  return twice;
}"""


def test_the_page_is_one_file_that_asks_for_nothing(visit, page_file):
    page = visit()
    page.wait_for_timeout(300)
    assert page.asked == [page_file.as_uri()]
    assert page.errors == []
    assert page_file.stat().st_size <= MEGABYTE


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_there_is_no_barrier(visit, theme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(theme=theme, width=width)
    for language in languages(page):
        choose(page, language)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = axe.run(page)
        assert found.violations_count == 0, (language, found.generate_report())


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(visit, width):
    page = visit(width=width, height=844)
    for language in languages(page):
        choose(page, language)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate(OVERFLOWING) <= 0, language


def test_ids_are_unique(visit):
    assert visit().evaluate(REPEATED_IDS) == []


def test_the_first_screen_holds_the_answer(visit, of_a_dataset):
    page = visit()
    for language in languages(page):
        choose(page, language)
        box = shown(page).locator("section.answer").bounding_box()
        assert box["y"] + min(box["height"], 300) <= 800
        assert shown(page).locator("h1").bounding_box()["y"] < 200


def test_one_language_is_seen_and_the_choice_is_remembered(visit):
    page = visit()
    if len(languages(page)) < 2:
        pytest.skip("the study has one language")
    first, second = (page.locator(f"#lang-{name}") for name in LANGUAGES)
    assert first.is_checked() != second.is_checked()
    assert shown(page).count() == 1
    page.locator(".controls:visible label[for=lang-zh]").click()
    assert shown(page).get_attribute("data-lang") == "zh"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.reload()
    assert shown(page).get_attribute("data-lang") == "zh"


def test_colours_follow_the_device_until_they_are_chosen(visit):
    background = "getComputedStyle(document.body).backgroundColor"
    light, dark = visit(theme="light"), visit(theme="dark")
    by_day, by_night = light.evaluate(background), dark.evaluate(background)
    assert by_day != by_night
    dark.locator(".controls:visible label[for=theme-light]").click()
    assert dark.evaluate(background) == by_day
    dark.reload()
    assert dark.evaluate(background) == by_day


def test_without_javascript_everything_is_there(visit):
    page = visit(java_script_enabled=False)
    assert shown(page).count() == 1
    labels = page.locator(".controls:visible label[for=lang-zh]")
    if labels.count():
        labels.click()
        assert shown(page).get_attribute("data-lang") == "zh"
    contents = page.locator(".contents:visible a")
    assert contents.count() == 0 or contents.first.is_visible()
    assert page.locator("button.copy:visible").count() == 0


def test_the_keyboard_reaches_the_content(visit):
    page = visit()
    seen = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.className || document.activeElement.name"))
    assert "skip" in seen


def test_numbers_are_the_same_in_both_languages(visit):
    page = visit()
    values = [
        sorted(page.locator(f".edition[data-lang={name}] {PLACE}").evaluate_all(
            "all => all.map(one => one.dataset.v || '')"))
        for name in languages(page)
    ]  # fmt: skip
    assert all(each == values[0] for each in values)


def mark(page):
    """What is said of simulated data after a text that is copied; nothing of real data."""
    said = page.locator(".edition:visible").get_attribute("data-mark") or ""
    assert bool(said) == (page.locator(".banner:visible").count() > 0)
    return said


def test_copying_gives_the_text(visit, of_a_dataset):
    page = visit()
    buttons = page.locator("button.copy:visible")
    assert buttons.count() > 0
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buttons.first.click()
    page.wait_for_function("document.querySelector('.edition:not([hidden]) button.copy') !== null")
    copied = page.evaluate("navigator.clipboard.readText()")
    expected = page.locator("[id$=-methods-text]:visible").inner_text() + mark(page)
    assert copied.split() == expected.split()


def test_print_opens_what_is_folded(visit, of_a_dataset):
    page = visit()
    assert page.locator("main details").count() > 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("main details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("main details[open]").count() == 0


BEYOND_THE_PAPER = """() => {
  const edition = [...document.querySelectorAll(".edition")].find(one => one.checkVisibility());
  const right = edition.querySelector("main").getBoundingClientRect().right;
  const wide = [...edition.querySelectorAll("table, svg, pre, .facts")].filter(
    one => one.getBoundingClientRect().right > right + 1);
  const high = [...edition.querySelectorAll("figure:not(.tall)")].filter(
    one => one.getBoundingClientRect().height > 990);
  return [...wide, ...high].map(one => one.closest("[id]").id);
}"""


def test_paper_holds_what_is_printed(visit):
    page = visit(width=673, height=990, theme="dark")  # A4 without its margins, at 96 dots an inch
    for language in languages(page):
        choose(page, language)
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        page.emulate_media(media="print")
        assert page.evaluate(BEYOND_THE_PAPER) == []
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgb(255, 255, 255)"
        for part in (".bar", ".contents", ".hint", ".tools", ".filter", ".copy"):
            assert page.locator(f"{part}:visible").count() == 0, part
        assert shown(page).count() == 1
        page.emulate_media(media="screen")


def test_hidden_columns_cast_a_shade_on_a_phone(visit, of_a_dataset):
    shades = {
        (theme, width): visit(theme=theme, width=width)
        .locator(".scroll:visible").first.evaluate("one => getComputedStyle(one).backgroundImage")
        for theme in ("light", "dark") for width in (390, 1280)
    }  # fmt: skip
    assert shades["light", 1280] == shades["dark", 1280] == "none"
    assert len({shades["light", 390], shades["dark", 390], "none"}) == 3


def test_the_many_files_of_a_verdict_are_shut(visit, of_a_dataset):
    page = visit()
    page.locator(".verdicts:visible [data-v='']").first.click()
    files = page.locator(".trace:visible dd details")
    files.wait_for()
    assert files.get_attribute("open") is None
    files.locator("summary").click()
    told = int("".join(filter(str.isdigit, files.locator("summary").inner_text())))
    assert len(files.inner_text().strip().split("\n")) == told + 1


def test_each_sentence_has_a_button_that_copies_it(visit, of_a_dataset):
    """In both languages, from a file: with the clipboard, and without it by the selection."""
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    labels = {"en": ("Copy", "Copied"), "zh": ("复制", "已复制")}
    for language in languages(page):
        choose(page, language)
        fold = page.locator(f".edition[data-lang={language}] details:has(> ul.say)").last
        assert fold.locator("button").count() == 0
        fold.locator("summary").click()
        lines = fold.locator("li")
        assert lines.count() == fold.locator("button").count() > 0
        for by_hand in (False, True):
            page.evaluate("navigator.clipboard.writeText('')")
            if by_hand:
                page.evaluate("window.ClipboardItem = undefined")
            line = lines.nth(1 if by_hand and lines.count() > 1 else 0)
            assert line.locator("button").inner_text() == labels[language][0]
            line.locator("button").click()
            line.get_by_text(labels[language][1], exact=True).wait_for()
            copied = page.evaluate("navigator.clipboard.readText()")
            expected = line.locator("span").first.inner_text() + mark(page)
            assert copied.split() == expected.split()
            line.get_by_text(labels[language][0], exact=True).wait_for()
        page.reload()
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")


def test_without_javascript_a_sentence_is_text(visit, of_a_dataset):
    page = visit(java_script_enabled=False)
    assert page.locator("ul.say button").count() == 0
    assert page.locator("ul.say li span").first.text_content().strip()


def test_the_page_is_searched_by_the_keyboard(visit, of_a_dataset):
    page = visit()
    heading = page.locator(".edition:visible section h2:visible").nth(3)
    wanted = heading.evaluate("one => one.lastChild.textContent.trim()")
    page.keyboard.press("/")
    page.keyboard.type(wanted)
    page.keyboard.press("Enter")
    assert wanted in page.evaluate("document.activeElement.textContent")
    assert page.locator(".search:visible li").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("qqqq")
    assert page.locator(".search.empty:visible").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".search:visible input").input_value() == ""


def test_the_codebook_shows_only_the_rows_with_the_words(visit, of_a_dataset):
    page = visit()
    for language in languages(page):
        choose(page, language)
        part = shown(page).locator("section.codebook")
        field = part.locator(".filter input")
        rows = part.locator("tbody tr:visible")
        every, tables = rows.count(), part.locator(".table:visible").count()
        last = part.locator("tbody tr:last-child > th").last.inner_text().strip()
        field.fill(last.upper())
        assert 0 < rows.count() < every
        assert last in rows.last.inner_text()
        assert part.locator(".table:visible").count() <= tables
        field.fill("\u4e00 no such words")
        assert rows.count() == 0
        field.fill("")
        assert rows.count() == every


def test_counts_in_the_codebook_have_bars_of_their_size(visit, of_a_dataset):
    page = visit()
    cells = shown(page).locator("section.codebook td[style]")
    if not cells.count():  # answers that were measured have means in place of counts
        assert "M" in shown(page).locator("section.codebook th").all_inner_texts()
        return
    row = cells.first.locator("xpath=..").locator("td[style]")
    told = row.evaluate_all("all => all.map(one => [parseFloat(one.innerText), "
                            "parseFloat(one.style.getPropertyValue('--share'))])")  # fmt: skip
    most = max(n for n, _ in told)
    assert all(abs(share - 100 * n / most) < 0.1 for n, share in told)
    assert page.errors == []
