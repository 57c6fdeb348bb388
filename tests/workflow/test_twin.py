"""The synthetic twin of a dataset, from the command to its page."""

import csv

import pytest


@pytest.fixture(scope="module")
def checkout(tmp_path_factory, copy_of_project):
    """A checkout of the pupils and of their twin, which is built."""
    checkout = copy_of_project(tmp_path_factory.mktemp("twin") / "study")
    said = checkout.write_twin("holzinger1939")
    lines = "".join(line for line in said.splitlines(keepends=True) if line[:1] == " ")
    config = checkout.folder / "config.yaml"
    # What it says is what is pasted.
    config.write_text(config.read_text("utf-8").replace("datasets:\n", f"datasets:\n{lines}"))
    checkout.build("results/holzinger1939_twin/report.html")
    return checkout


def test_the_twin_has_a_page_that_says_what_it_is(checkout):
    page = (checkout.folder / "results/holzinger1939_twin/report.html").read_text("utf-8")
    assert "Synthetic twin: Holzinger" in page
    assert "合成数据：" in page
    assert "Simulated data." in page
    assert "A synthetic twin of the dataset holzinger1939" in page


def test_every_table_says_so_too(checkout):
    tables = sorted((checkout.folder / "results/holzinger1939_twin/tables").glob("*.csv"))
    assert len(tables) > 10
    for table in tables:
        header, *rows = csv.reader(table.read_text("utf-8").splitlines(keepends=True))
        assert header[-1] == "data", table
        assert all(row[-1] == "simulated" for row in rows), table


def test_as_many_valid_people_as_in_the_original(checkout):
    flow = (checkout.folder / "results/holzinger1939_twin/data/flow.csv").read_text("utf-8")
    assert "301" in flow
