"""Simulated data say so in every file that can leave the project."""

import csv
from io import StringIO

# The simulated datasets, by the folders of their results.
SIMULATED = ("city_s/", "m_county/", "jincheng/")


def test_every_table_of_simulated_data_says_so_in_every_row(built):
    tables = {name: text for name, text in built.contents().items() if name.endswith(".csv")}
    marked = {name for name in tables if name.startswith(SIMULATED)}
    for folder in SIMULATED:
        assert sum(name.startswith(folder) for name in marked) > 20
    for name, text in tables.items():
        read = csv.DictReader(StringIO(text.decode("utf-8")))
        rows = list(read)
        if name in marked:
            assert read.fieldnames[-1] == "data", name
            assert {row["data"] for row in rows} <= {"simulated"}, name
        else:
            assert "data" not in read.fieldnames, name


def test_every_figure_of_simulated_data_says_so(built):
    figures = {
        name: text.decode("utf-8")
        for name, text in built.contents().items()
        if name.startswith(SIMULATED) and name.endswith(".svg")
    }
    assert len(figures) >= 14 * len(SIMULATED)
    for name, text in figures.items():
        said = "Simulated data" if name.endswith(".en.svg") else "模拟数据"
        assert text.count(said) == 2, name  # in its name and below the drawing
        in_title = {
            ".png": said.encode(),
            ".pdf": said.encode() if said.isascii() else said.encode("utf-16-be"),
        }
        for kind, mark in in_title.items():
            beside = name.replace("/figures/", "/figures/print/").removesuffix(".svg") + kind
            assert mark in built.contents()[beside], name


def test_every_model_script_of_simulated_data_says_so(built):
    scripts = {
        name: text.decode("utf-8").lower()
        for name, text in built.contents().items()
        if name.startswith(SIMULATED) and name.endswith(".R")
    }
    assert scripts
    for name, text in scripts.items():
        assert "simulated" in text, name
