"""The buttons below each table: what Word, LaTeX and a spreadsheet get, without any request.

What a button gives is what the file beside the page holds, for every table of every page.
"""

import re
import zipfile

import forms_reading as reading
import pytest

pytestmark = pytest.mark.browser

LANGUAGES = ["en", "zh"]
CLIPBOARD = """async kind => {
  const items = await navigator.clipboard.read();
  return await (await items[0].getType(kind)).text();
}"""
OPENED = "document.querySelectorAll('details').forEach(one => one.open = true)"
# Chromium asks a person before it saves the eleventh file of one visit.
SAVED = """async language => {
  const blobs = [], names = [];
  URL.createObjectURL = blob => { blobs.push(blob); return '#'; };
  HTMLAnchorElement.prototype.click = function () { names.push(this.download); };
  const buttons = `.edition[data-lang=${language}] .tools button[value=csv]`;
  document.querySelectorAll(buttons).forEach(one => one.click());
  const texts = await Promise.all(blobs.map(blob => blob.text()));
  return names.map((name, place) => [name, texts[place]]);
}"""
LINES = """html => {
  const made = new DOMParser().parseFromString(html, 'text/html');
  const edges = (row, side) => [...row.cells].map(cell => cell.style['border' + side + 'Width']);
  const rows = [...made.querySelectorAll('tr')];
  return { first: edges(rows[0], 'Top'), below: edges(rows[0], 'Bottom'),
           last: edges(rows.at(-1), 'Bottom'), font: rows[1].cells[0].style.fontFamily,
           cells: rows.map(row => [...row.cells].map(cell => cell.textContent)),
           around: [...made.querySelectorAll('p')].map(one => one.textContent) };
}"""


@pytest.fixture(params=LANGUAGES)
def opened(visit, page_file, of_a_dataset, request):
    """The page in one language with everything unfolded and the clipboard allowed."""
    page = visit()
    if not page.locator(f"#lang-{request.param}").count():
        pytest.skip("the study does not have this language")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("name => document.getElementById(`lang-${name}`).click()", request.param)
    page.evaluate(OPENED)
    page.language = request.param
    return page


def tools(page):
    return page.locator(f".edition[data-lang={page.language}] .table .tools")


def beside(page_file, page, ending):
    return page_file.with_name(f"tables.{page.language}.{ending}").read_bytes()


def copied(page, tool, kind, mime):
    """What is on the clipboard after the button was clicked."""
    page.evaluate("navigator.clipboard.writeText('')")
    tool.locator(f"button[value={kind}]").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()) !== ''")
    return page.evaluate(CLIPBOARD, mime)


def test_each_numbered_table_has_its_buttons(opened):
    blocks = opened.locator(f".edition[data-lang={opened.language}] .table:not(.verdicts)")
    assert blocks.count() > 5
    assert tools(opened).count() == blocks.count()
    names = tools(opened).first.locator("button").all_inner_texts()
    assert names == {"en": ["Copy for Word", "Copy LaTeX", "Save CSV"],
                     "zh": ["复制到 Word", "复制 LaTeX", "保存 CSV"]}[opened.language]  # fmt: skip


def test_copied_latex_is_that_of_the_file(opened, page_file):
    tex = beside(page_file, opened, "tex").decode()
    for tool in tools(opened).all():
        text = copied(opened, tool, "latex", "text/plain").replace("\r\n", "\n")
        assert text.startswith("% ") and f"\n\n{text}\n\n\\FloatBarrier" in tex
    assert opened.asked == [page_file.as_uri()]


def test_saved_csv_is_that_of_the_file(opened, page_file):
    files = saved_files(page_file, opened)
    found = opened.evaluate(SAVED, opened.language)
    assert len(found) == tools(opened).count()
    for name, text in found:
        own, language = name.removesuffix(".csv").rsplit(".", 1)
        assert language == opened.language
        assert text == files[own].decode("utf-8-sig"), name


def test_a_file_is_really_saved(opened, page_file):
    with opened.expect_download() as started:
        tools(opened).first.locator("button[value=csv]").click()
    name = started.value.suggested_filename.rsplit(".", 2)[0]
    with open(started.value.path(), "rb") as file:
        assert file.read() == saved_files(page_file, opened)[name]


def saved_files(page_file, page):
    """The files of the archive beside the page, by the names of the tables."""
    with zipfile.ZipFile(page_file.with_name(f"tables.{page.language}.csv.zip")) as archive:
        return {name[3:-4]: archive.read(name) for name in archive.namelist()}


def test_copied_html_keeps_three_lines_and_every_cell(opened, page_file):
    written = reading.from_docx(beside(page_file, opened, "docx"))[1:]
    given = [copied(opened, tool, "word", "text/html") for tool in tools(opened).all()]
    # A document of the page itself would have its policy, which admits no style in the text.
    elsewhere = opened.context.new_page()
    for html, expected in zip(given, written, strict=True):
        found = elsewhere.evaluate(LINES, spoken(html))
        assert set(found["first"]) == set(found["last"]) == {"1.5pt"}
        assert set(found["below"]) == {"0.75pt"}
        assert "宋体" in found["font"] and "Times New Roman" in found["font"]
        title, *note = map(reading.folded, found["around"])
        cells = [[cell.strip("\xa0") for cell in row] for row in found["cells"]]
        assert (title.replace("\xa0\xa0", " "), cells, "".join(note)) == expected


def spoken(html):
    """What copied HTML says, as the other forms say it."""
    html = re.sub(r"<sup>(.*?)</sup>", lambda found: reading.raised(found.group(1)), html)
    return re.sub(r"<sub>(.*?)</sub>", r"_\1", html).replace("<br>", " ")


@pytest.mark.parametrize(
    "without", ["delete window.ClipboardItem", "document.execCommand = () => false"]
)
def test_each_way_of_copying_does(visit, of_a_dataset, without):
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate(without)
    page.locator(".tools:visible button[value=word]").first.click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()) !== ''")
    html = page.evaluate(CLIPBOARD, "text/html")
    assert "<table" in html and "1.5pt" in html


def test_a_button_says_that_it_has_copied(opened):
    button = tools(opened).first.locator("button[value=latex]")
    button.click()
    said = {"en": "Copied", "zh": "已复制"}[opened.language]
    opened.wait_for_function(
        "([one, said]) => one.textContent === said", arg=[button.element_handle(), said]
    )
    opened.wait_for_function(
        "one => one.textContent.includes('LaTeX')", arg=button.element_handle()
    )


def test_buttons_are_one_stop_of_the_tab_key(opened):
    tool = tools(opened).first
    tool.locator("button").first.focus()
    opened.keyboard.press("ArrowRight")
    assert opened.evaluate("document.activeElement.value") == "latex"
    opened.keyboard.press("ArrowLeft")
    opened.keyboard.press("ArrowLeft")
    assert opened.evaluate("document.activeElement.value") == "csv"
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('.tools')") is None
    assert tool.get_attribute("role") == "toolbar"
    caption = opened.locator(f"#{tool.get_attribute('aria-labelledby')}")
    assert caption.count() == 1


def test_files_of_all_tables_are_linked_without_javascript(visit, page_file, of_a_dataset):
    page = visit(java_script_enabled=False)
    links = page.locator(".downloads:visible a").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert len(links) == 4
    assert all((page_file.parent / link).stat().st_size > 1000 for link in links)
    assert page.locator(".tools").count() == 0


def test_buttons_are_not_printed(opened):
    opened.emulate_media(media="print")
    assert opened.locator(".tools:visible, .downloads:visible").count() == 0
