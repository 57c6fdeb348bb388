"""Every table in every form: the same cells, the same note, the same bytes twice."""

import csv
import io
import json
import re
import unicodedata
import zipfile
from xml.etree import ElementTree

import forms_reading as reading
import pytest

from grassroots.report.forms.docx_form import ACROSS, UPRIGHT, column_twips, sheets
from grassroots.report.forms.inline import lines, plain
from grassroots.report.forms.latex_form import latex_text
from grassroots.report.forms.printed import NUMBER, PrintedCell, PrintedTable, printed_sections
from grassroots.report.forms.study import table_files
from grassroots.report.forms.xlsx_form import sheet_names
from grassroots.report.forms.xlsx_numbers import true_number
from grassroots.report.page import editions_of, environment, page_of

W = reading.W
# LaTeX has one sign for each of these pairs.
ALIKE = str.maketrans("◌✗", "○×")
PLANTED = '=1+1 \\input{x} 50% & <b>_a_</b> #1 $x$ ~^ "q" | @'


@pytest.fixture
def made(study, tables, parts):
    """The page, the editions by language and their files."""

    def of(language=None, **changed):
        own = {**study, **changed.pop("study", {})}
        texts = parts["texts"]
        templates = environment(parts["templates"])
        editions = editions_of(own, {**tables, **changed}, {}, texts)
        page = page_of(own, editions, parts["templates"], parts["style"], parts["script"])
        files = {one.view.language: table_files(one, templates) for one in editions}
        return page, {one.view.language: one for one in editions}, files

    return of


@pytest.fixture
def characters(parts):
    return json.loads(parts["templates"]["latex.json.j2"])


def asserted_equal(found, expected):
    assert [one.title for one in found] == [one.title for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.rows == other.rows, one.title
        assert one.note == other.note


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("case", ["real", "simulated", "planted"])
def test_cells_are_the_same_in_every_form(made, characters, study, language, case):
    changed = {"simulated": {"simulated": True}, "planted": planted(study)}.get(case, {})
    page, _, files = made(study=changed)
    expected = reading.from_html(page, language)
    assert len(expected) > 25
    own = files[language]
    # The verdicts come first in every file; on the page their form is that of its first screen.
    asserted_equal(reading.from_docx(own["docx"])[1:], expected)
    asserted_equal(reading.from_xlsx(own["xlsx"])[1:], expected)
    as_csv = [
        one._replace(rows=[[bare(cell) for cell in row] for row in one.rows]) for one in expected
    ]
    asserted_equal(reading.from_csv(own["csv.zip"])[1:], as_csv)
    told = reading.from_latex(own["tex"].decode(), characters)[1:]
    asserted_equal([alike(one) for one in told], [alike(one) for one in expected])


def planted(study):
    """Names that mean something to a spreadsheet, to HTML or to LaTeX."""
    names = {key: {"en": f"{PLANTED} {key}", "zh": f"{PLANTED} {key}"} for key in study["names"]}
    return {"names": names}


def bare(text):
    """What a cell is in a file of plain text."""
    if re.fullmatch(r"−(\d+(\.\d+)?|\.\d+)%?", text):
        return text.replace("−", "-")
    return f"'{text}" if text[:1] in tuple("=+-@") else text


def alike(one):
    return reading.Read(*json.loads(json.dumps(one, ensure_ascii=False).translate(ALIKE)))


def test_the_verdicts_are_in_every_form(made):
    _, _, files = made()
    for language, said in (("en", "A is related to C."), ("zh", "A与C相关。")):
        for read in (reading.from_docx(files[language]["docx"])[0],
                     reading.from_xlsx(files[language]["xlsx"])[0],
                     reading.from_csv(files[language]["csv.zip"])[0]):  # fmt: skip
            assert len(read.rows[0]) == 6
            assert read.rows[1][0] == "H1" and read.rows[1][2] == said
            assert read.rows[1][3:5] == ["1.80", "[1.10, 2.50]"]


def test_two_runs_give_the_same_bytes(made):
    assert made()[2] == made()[2]


def test_files_hold_no_time(made):
    for files in made()[2].values():
        for form in ("docx", "xlsx", "csv.zip"):
            with zipfile.ZipFile(io.BytesIO(files[form])) as archive:
                assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_a_spreadsheet_would_compute_leaves_as_text(made, study):
    _, _, files = made(study=planted(study))
    with zipfile.ZipFile(io.BytesIO(files["en"]["xlsx"])) as book:
        sheets_read = [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]
        assert not any(b"<f>" in sheet for sheet in sheets_read)
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")
    with zipfile.ZipFile(io.BytesIO(files["en"]["csv.zip"])) as archive:
        cells = [
            cell
            for name in archive.namelist()
            for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
            for cell in row
        ]
    risky = [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert all(re.fullmatch(r"-[\d.]+%?", cell) for cell in risky)
    assert sum(cell.startswith("'=1+1") for cell in cells) > 10


def test_every_table_of_simulated_data_says_so_in_every_form(made):
    _, _, files = made(study={"simulated": True})
    said = "the numbers say nothing about the published study"
    own = files["en"]
    for found in (reading.from_docx(own["docx"]), reading.from_xlsx(own["xlsx"]),
                  reading.from_csv(own["csv.zip"])):  # fmt: skip
        assert len(found) > 25 and all(said in one.note for one in found)
    tex = own["tex"].decode()
    assert (
        tex.count(said) == tex.count("\\caption{")
        and "Simulated data." in tex.split("\\caption")[0]
    )
    with zipfile.ZipFile(io.BytesIO(own["docx"])) as archive:
        assert b"Simulated data." in archive.read("word/header1.xml")
    assert not any(b"imulated" in part for part in made()[2]["en"].values())


def test_numbers_of_a_workbook_are_numbers(made):
    _, _, files = made()
    with zipfile.ZipFile(io.BytesIO(files["en"]["xlsx"])) as book:
        sheets_read = [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]
    cells = [
        one for sheet in sheets_read for one in ElementTree.fromstring(sheet).iter(f"{reading.S}c")
    ]
    values = [float(one.find(f"{reading.S}v").text) for one in cells
              if one.get("t") is None and one.find(f"{reading.S}v") is not None]  # fmt: skip
    assert len(values) > 200
    # Full values: .8123 prints as .81, and 1e-8 as < .001.
    assert 0.8123 in values and 1e-08 in values


@pytest.mark.parametrize(
    ("text", "value", "number"),
    [
        (".42", "0.41999", 0.41999),
        ("−0.25", "-0.24651423", -0.24651423),
        ("0.00", "-0.001", -0.001),
        ("1,234", "1234", 1234),
        ("45.2%", "0.4521", 0.4521),
        ("45.2%", "45.21", 45.21),
        ("< .001", "1e-9", 1e-9),
        ("<0.001", "1e-9", 1e-9),
        ("> .999", "1", 1),
        ("6 × 10⁻⁶", "5.7542e-06", 5.7542e-06),
        ("0.34***", "0.34200492", 0.34200492),
        ("1.00 (fixed)", "1", 1),
        ("(.83)", "0.82904361", 0.82904361),
        ("t = −2.21", "-2.2087471", -2.2087471),
        # Eight digits round to 2.68, the full value to 2.67: the print is kept.
        ("2.67", "2.675", 2.67),
    ],
)
def test_a_true_number_shows_the_printed_digits(text, value, number):
    found, form = true_number(text, (value,))
    assert found == pytest.approx(number, rel=1e-12)
    assert reading.shown(repr(found), form) == text


@pytest.mark.parametrize(
    ("text", "values"),
    [("[.31, .52]", ("0.31", "0.52")), ("3.21±0.45", ("3.21", "0.45")), ("words", ()),
     ("–", ()), ("F = 5.30, p = .003", ("5.3",)), ("x" * 300 + " 1", ("1",))],
)  # fmt: skip
def test_what_is_not_one_number_stays_text(text, values):
    assert true_number(text, values) is None


def test_word_has_three_lines_and_chinese_fonts(made):
    _, _, files = made()
    with zipfile.ZipFile(io.BytesIO(files["zh"]["docx"])) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))[0]
        styles = archive.read("word/styles.xml").decode()
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    assert 'w:eastAsia="宋体"' in styles and 'w:ascii="Times New Roman"' in styles
    for table in body.iter(f"{W}tbl"):
        outer = {one.tag: one.get(f"{W}sz") for one in table.find(f"{W}tblPr/{W}tblBorders")}
        assert outer == {f"{W}top": "12", f"{W}bottom": "12"}
        head = table.find(f"{W}tr")
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        below = [cell.find(f"{W}tcPr/{W}tcBorders/{W}bottom") for cell in head.iter(f"{W}tc")]
        assert {one.get(f"{W}sz") for one in below} == {"6"}


def test_no_table_of_word_is_wider_than_its_page(made):
    _, editions, _ = made()
    for edition in editions.values():
        for sheet in sheets(printed_sections(edition)):
            room = ACROSS if sheet.wide else UPRIGHT
            assert all(sum(part.widths) <= room for part in sheet.parts)


def table(rows, titles, right=True):
    columns = [
        PrintedCell(lines(title), right=right and place > 0) for place, title in enumerate(titles)
    ]
    body = [[PrintedCell(lines(text)) for text in row] for row in rows]
    return PrintedTable("t", "Table 1", lines("Caption"), columns, body, frozenset(), ())


def test_words_give_way_to_numbers_where_there_is_little_room():
    wide = table([["word " * 60, "3.14"]], ["Text", "A number"])
    words, numbers = column_twips(wide, UPRIGHT)
    assert words + numbers <= UPRIGHT and numbers >= 8 * 96
    many = table([["x" * 30] * 14], ["y"] * 14)
    assert sum(column_twips(many, ACROSS)) <= ACROSS


def test_no_word_is_broken_where_there_is_room_for_words():
    row = ["a published finding in many words " * 4, "t = -3.82, p < .001", "as simulated"]
    three = table([row], ["Published finding", "Found", "State"])
    _, found, state = column_twips(three, UPRIGHT)
    assert state >= 96 * len("simulated") and found >= 96 * len(row[1])
    chinese = table([["研究发现" * 40, "与设定相符", "0.10"]], ["研究发现", "状态", "p"])
    assert sum(column_twips(chinese, UPRIGHT)) <= UPRIGHT


def test_sheets_have_names_that_excel_takes(made):
    _, editions, _ = made()
    for edition in editions.values():
        names = sheet_names(printed_sections(edition), "Contents")
        assert len({name.lower() for name in names}) == len(names)
        assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_every_sign_of_the_catalogues_is_known_to_latex(parts, characters):
    """pdfLaTeX knows Latin letters, dashes and quotes; XeLaTeX with xeCJK Chinese besides."""
    known = set("–—“”‘’…·") | set(characters)
    signs = {sign for texts in parts["texts"].values() for text in texts.values() for sign in text}
    other = {sign for sign in signs - known if not sign.isascii()}
    assert not {sign for sign in other if unicodedata.east_asian_width(sign) not in "WFA"} - {"※"}
    assert not {sign for sign in other if unicodedata.category(sign) in ("Sm", "Lm", "No")} - {"～"}


def test_a_row_that_begins_with_a_bracket_is_no_argument_of_the_row_before(made, characters):
    tex = made()[2]["en"]["tex"].decode()
    assert not re.search(r"\\\\(\n)?[\[*]|\\(midrule|addlinespace)\n[\[*]", tex)
    assert "\\\\{}[" in tex


def test_a_long_table_goes_over_pages_and_a_short_one_floats(characters):
    long = table([["a", "1"]] * 40, ["x", "y"])
    short = table([["a", "1"]] * 4, ["x", "y"])
    from grassroots.report.forms.printed import Section

    text = latex_text([Section("S", [long, short])], characters, "Title", "en", "")
    assert text.count("\\begin{longtable}") == 1 and text.count("\\begin{tabular}") == 1
    assert text.count("\\endfirsthead") == 1 and "ctex" not in text
    assert "\\documentclass[UTF8]{ctexart}" in latex_text([], characters, "题", "zh", "")


def test_lines_fold_white_space_and_keep_looks():
    from markupsafe import Markup

    text = Markup('<span class="place">3</span> <i>r</i><sub>rb</sub>\n <small>[.1,\xa0.2]</small>')
    assert plain(lines(text)) == "3 r_rb [.1,\xa0.2]"
    assert [line.small for line in lines(text)] == [False, True]
    assert plain(lines(Markup("old<sup>a</sup>"))) == "oldᵃ"
    assert lines("<b>") and plain(lines("<b>")) == "<b>"
    assert lines(Markup('<span class="in">x</span>'))[0].indented
    assert lines("a\x00b\x0b")[0].runs[0].text == "ab" and lines("") == ()
    assert NUMBER.match("−.5") and not NUMBER.match("−") and not NUMBER.match("−.5***")
