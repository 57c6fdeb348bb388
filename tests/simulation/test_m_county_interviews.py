"""The placeholders of M County's interviews: the same to the byte, and plainly placeholders."""

import csv

import pytest

from grassroots.interviews.coding import NUMBERED
from grassroots.interviews.tabular import OWN
from grassroots.simulation import m_county_interviews
from grassroots.study.load import load_study


@pytest.fixture(scope="module")
def rows(root):
    path = root / m_county_interviews.FOLDER / "interviews.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert tuple(reader.fieldnames) == OWN
        return list(reader)


def test_the_file_comes_out_the_same_to_the_byte(tmp_path, root):
    m_county_interviews.write(tmp_path)
    stored = root / m_county_interviews.FOLDER / "interviews.csv"
    assert (tmp_path / "interviews.csv").read_bytes() == stored.read_bytes()
    m_county_interviews.write(tmp_path, seed=2)
    assert (tmp_path / "interviews.csv").read_bytes() != stored.read_bytes()


def test_every_excerpt_says_that_nobody_said_it(rows):
    for row in rows:
        assert "并无真人说过此话" in row["excerpt"]
        assert f"interview {row['interview']}: no real person said this" in row["excerpt"]


def test_twelve_interviews_at_three_levels_a_third_coded_twice(rows):
    interviews = {row["interview"] for row in rows}
    assert len(interviews) == 12 and all(map(NUMBERED.fullmatch, interviews))
    assert {row["level"] for row in rows} == {"individual", "society", "organisation"}
    twice = {row["interview"] for row in rows if row["coder"] == "B"}
    assert len(twice) == 4
    assert {row["coder"] for row in rows} == {"A", "B"}


def test_the_scheme_is_that_of_the_protocol(root):
    design = load_study(root).datasets["m_county"].protocol.interviews
    scheme = {
        level: {
            name: list(theme.codes) for name, theme in design.themes.items() if theme.level == level
        }
        for level in design.levels
    }
    assert scheme == {
        level: {name: list(codes) for name, codes in themes.items()}
        for level, themes in m_county_interviews.SCHEME.items()
    }
