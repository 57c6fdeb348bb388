"""A small package's worth of files, and what is said of them."""

import pytest

from grassroots.packaging.citation import Author, Cited


@pytest.fixture
def cited():
    return Cited(
        title='Work | and "strain"',
        authors=[Author("Ada Example", True, "0000-0002-1825-0097"), Author("A group", False)],
        reference="https://doi.org/10.1/x",
        repository="",
        software="the workflow",
        abstract="What it does.",
        version="1.2.3",
        licence="MIT",
    )


@pytest.fixture
def files():
    names = [
        "CITATION.cff",
        "README.md",
        "Snakefile",
        "config.yaml",
        "data/raw/town/codebook.yaml",
        "results/index.html",
        "results/town/report.html",
        "results/town/numbers.json",
        "results/town/tables/claims.csv",
        "results/town/tables/cfa fit 100%.csv",
        "run-record.json",
    ]
    return {name: f"the content of {name}".encode() for name in names}


@pytest.fixture
def datasets():
    return {
        "town": {
            "title": "A town",
            "titles": {"en": "A town", "zh": "某镇"},
            "origin": "Made for a test.",
            "licence": "CC0",
            "licences": {"en": "CC0", "zh": "CC0"},
            "simulated": True,
            "tests": {},
            "raw": {"data/raw/town/responses.csv": "ab" * 32},
            "tables": {"cfa_fit": "results/town/tables/cfa fit 100%.csv"},
        }
    }


@pytest.fixture
def record():
    return {"started": "2026-03-02T10:00:00Z", "ended": "2026-03-02T10:01:00Z", "rules": {}}


@pytest.fixture
def code():
    return {"commit": "c0ffee", "clean": False, "sha256": "cd" * 32}
