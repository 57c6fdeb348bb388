"""The files of tables that lie beside the page of one dataset."""

import json

from jinja2 import Environment

from grassroots.report.forms.csv_form import csv_archive
from grassroots.report.forms.docx_form import docx_bytes
from grassroots.report.forms.latex_form import latex_text
from grassroots.report.forms.printed import printed_sections
from grassroots.report.forms.xlsx_form import xlsx_bytes
from grassroots.report.page import Edition


def table_files(edition: Edition, templates: Environment) -> dict[str, bytes]:
    """Every table of one language, by the ending of the file: docx, xlsx, tex, csv.zip."""
    view = edition.view
    sections = printed_sections(edition)
    titles = (view.titles.text("dataset_title"), view.titles.text("title"))
    title = view.words.plain("colon").join(filter(None, titles))
    mark = ""
    if view.simulated:
        mark = view.words.plain("banner.simulated") + view.words.plain("sentence.space")
        mark += view.words.plain("banner.simulated.more")
    characters = json.loads(templates.get_template("latex.json.j2").render())
    contents = view.words.plain("nav.contents")
    return {
        "docx": docx_bytes(sections, title, view.language, mark, templates),
        "xlsx": xlsx_bytes(sections, title, contents, mark),
        "tex": latex_text(sections, characters, title, view.language, mark).encode(),
        "csv.zip": csv_archive(sections),
    }
