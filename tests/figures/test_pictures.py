"""PNG and PDF: the same bytes each time, in the colours of paper, with every glyph."""

import importlib
import io
import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from figure_tables import STUDY, TABLES
from PIL import Image

from grassroots.figures import likert
from grassroots.figures.draw import FIGURES, draw_figures
from grassroots.figures.font import MissingGlyph
from grassroots.figures.glyphs import glyph, line_path
from grassroots.figures.palette import FIRST, PAPER
from grassroots.figures.pictures import DPI, to_pdf, to_png
from grassroots.figures.sheet import Box, Sheet

SIMULATED = {**STUDY, "simulated": True}


@pytest.fixture(params=["en", "zh"])
def files(request, texts, font):
    names = ["reliability", "path_diagram", "sample_flow"]
    study, language = SIMULATED, request.param
    return lambda: draw_figures(names, language, study, TABLES, texts[language], font.path)


def opened(png):
    return Image.open(io.BytesIO(png))


def test_the_bytes_are_the_same_each_time(files):
    assert files() == files()


def test_no_file_says_when_or_by_what_it_was_made(files):
    for forms in files().values():
        assert forms["png"][:8] == b"\x89PNG\r\n\x1a\n" and forms["pdf"][:5] == b"%PDF-"
        told = opened(forms["png"]).info
        assert set(told) == {"Title", "dpi"}
        assert "imulated" in told["Title"] or "模拟" in told["Title"]
        for sign in (b"CreationDate", b"ModDate", b"matplotlib", b"Producer", b"Creator"):
            assert sign not in forms["pdf"] and sign not in forms["png"], sign


def test_both_are_as_large_as_the_sheet(subject):
    sheet = likert.draw(subject(TABLES, STUDY)).sheet
    width, height = opened(to_png(sheet, "t")).size
    assert width == pytest.approx(sheet.width * DPI / 72, abs=1)
    assert height == pytest.approx(sheet.height * DPI / 72, abs=1)
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", to_pdf(sheet, "t"))
    assert (float(box[1]), float(box[2])) == pytest.approx((sheet.width, sheet.height), abs=0.1)


def test_colours_are_those_of_paper(font):
    """What is PAPER on the page is white, as all around it."""
    sheet = Sheet(40, 20, font)
    sheet.rectangle(Box(0, 0, 20, 20), FIRST)
    sheet.rectangle(Box(5, 5, 10, 15), PAPER)
    pixels = np.asarray(opened(to_png(sheet, "t")))
    found = {"#" + bytes(pixel).hex() for pixel in pixels.reshape(-1, 3)}
    assert FIRST.fallback in found and "#ffffff" in found
    assert PAPER.fallback not in found


def test_texts_in_the_png_stand_where_they_stand_in_the_drawing(font):
    """Ink lies within the box of each text, left, middle and right, and has its height."""
    for align, x in (("left", 5.0), ("center", 50.0), ("right", 95.0)):
        sheet = Sheet(100, 20, font)
        box = sheet.text(x, 10, "模拟 Hx", 10.0, align=align)
        ink = np.asarray(opened(to_png(sheet, "t")).convert("L")) < 128
        rows, columns = (np.flatnonzero(ink.any(axis=axis)) * 72 / DPI for axis in (1, 0))
        assert box.left - 0.5 <= columns[0] and columns[-1] <= box.right + 0.5
        assert columns[-1] - columns[0] > 0.85 * (box.right - box.left)
        assert box.top - 0.5 <= rows[0] and rows[-1] <= box.bottom + 0.5


def characters(pdf):
    """What a reader can find and copy in a PDF that is not packed, by the tables of its fonts."""
    tables = re.findall(rb"beginbfrange(.*?)endbfrange", pdf, re.DOTALL)
    read = re.findall(rb"\[([^\]]*)\]", b"".join(tables))
    signs = re.findall(rb"<(\w{4,})>", b" ".join(read))
    return {bytes.fromhex(sign.decode()).decode("utf-16-be") for sign in signs}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", sorted(FIGURES))
def test_the_texts_of_a_pdf_can_be_copied(subject, name, language):
    sheet = FIGURES[name](subject(TABLES, STUDY, language)).sheet
    with mpl.rc_context({"pdf.compression": 0}):
        pdf = to_pdf(sheet, "t")
    assert characters(pdf) == {sign for text, _ in sheet.texts for sign in text}


def test_every_character_of_the_catalogues_has_an_outline(font, texts):
    signs = {
        s for own in texts.values() for key, t in own.items() if key.startswith("fig.") for s in t
    }
    for sign in signs - {" ", "\n"}:
        corners, codes, width = glyph(font.path, sign)
        assert len(corners) == len(codes) and len(corners) > 0 and width > 0, sign
    assert len(line_path(font.path, "", 10, 0, 0, "left")) == 0


def test_a_missing_character_stops_the_drawing_and_is_no_box(texts, font):
    named = {**STUDY, "names": {"a": {"en": "甪", "zh": "甪"}}}
    with pytest.raises(MissingGlyph, match="甪"):
        draw_figures(["reliability"], "zh", named, TABLES, texts["zh"], font.path)


def test_figures_are_drawn_in_the_languages_that_are_given(font):
    script = importlib.import_module("draw_figures")
    place = Path(__file__).parents[2] / "report" / "locale" / "zh.yaml"
    catalogues = {"zh": place.read_text(encoding="utf-8")}
    files = script.main(STUDY, TABLES, catalogues, font.path)
    assert {name.split(".", 1)[1] for name in files} == {"zh.svg", "zh.png", "zh.pdf"}
    assert all(name.startswith("print/") != name.endswith(".svg") for name in files)
