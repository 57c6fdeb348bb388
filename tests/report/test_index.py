"""The index: real and simulated apart, the left out with their reasons."""

import re

import pytest

from grassroots.report.index import render_index


@pytest.fixture
def index(study, tables, parts):
    simulated = {**study, "simulated": True, "dataset_title": {"en": "Made up", "zh": "模拟"}}
    return render_index(
        {"real_one": study, "made_up": simulated},
        {"real_one": tables, "made_up": tables},
        {"harbin": ['[S104] no column "<script>"']},
        **parts,
    )


def test_real_and_simulated_stand_apart(index):
    english = index[index.index('class="edition" data-lang="en"') :]
    order = [english.index(t) for t in (">Real data<", "real_one/report.html", ">Simulated data<",
             "made_up/report.html", "Left out", "harbin")]  # fmt: skip
    assert order == sorted(order)


def test_a_banner_names_the_simulated_data(index, study, tables, parts):
    english = index[index.index('class="edition" data-lang="en"') :]
    banner = english[english.index('<aside class="banner"') : english.index("</aside>")]
    assert "Made up" in banner and "Somewhere" not in banner
    assert "<aside" not in render_index({"real_one": study}, {"real_one": tables}, {}, **parts)


def test_counts_of_simulated_data_are_not_added_to_the_real_ones(index):
    assert not re.search(r">6<", index)


def test_a_fault_is_shown_as_text(index):
    assert "no column &#34;&lt;script&gt;&#34;" in index


def test_an_index_of_nothing(parts):
    assert "No dataset was built" in render_index({}, {}, {}, **parts)
