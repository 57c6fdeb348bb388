"""Every number of the page knows where it comes from."""

import base64
import json
import re
import zlib
from collections import Counter

import pytest

from grassroots.report.page import render_page
from grassroots.report.records import parse_csv
from grassroots.verification.collected import collected
from grassroots.verification.row_keys import ROW_KEYS

DIGEST = "0123456789abcdef" * 4


@pytest.fixture
def numbers(tables):
    rows = {name: parse_csv(text) for name, text in tables.items() if name in ROW_KEYS}
    paths = {name: f"results/somewhere/tables/{name}.csv" for name in rows}
    origins = {
        name: {"file": path, "rule": f"make_{name}", "code": "", "reads": ["scores.parquet"]}
        for name, path in paths.items()
    }
    digests = dict.fromkeys([*paths.values(), "scores.parquet"], DIGEST)
    return collected(rows, origins, digests, {"dataset": "somewhere", "simulated": False})


@pytest.fixture
def page(study, tables, parts, numbers):
    return render_page(study, tables, {}, **parts, numbers=numbers)


def record(page):
    packed = re.search(r'<script type="text/plain" id="numbers">([^<]*)</script>', page)[1]
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def keys(page):
    found = re.findall(r'data-v=(?:"([^"]*)"|([a-z]+))', page)
    return [key for quoted, bare in found for key in (quoted or bare).split()]


def test_each_key_leads_to_a_number_with_all_its_digits(page, tables, numbers):
    found = record(page)
    used = {key for key in keys(page) if key.isalpha()}
    assert used == set(found["numbers"])
    assert len(used) > 100
    for row, column, value in found["numbers"].values():
        table, name, _ = found["rows"][row]
        kept = numbers["tables"][found["tables"][table][0]]["rows"][name]
        assert repr(kept[found["columns"][column]]) == value


def test_a_number_tells_n_rule_files_and_the_command(page):
    found = record(page)
    (chi2,) = {key for key, (_, _, value) in found["numbers"].items() if value == "38.1252"}
    row, column, _ = found["numbers"][chi2]
    table, name, n = found["rows"][row]
    assert (name, n, found["columns"][column]) == ("chain | ML", 17, "chi2")
    origin = found["tables"][table]
    assert origin == [
        "sem_fit",
        "tables/sem_fit.csv",
        DIGEST[:12],
        "make_sem_fit",
        {"scores.parquet": DIGEST[:12]},
        "snakemake --cores 1 --forcerun make_sem_fit -- results/somewhere/tables/sem_fit.csv",
    ]


def test_no_place_is_left_in_the_page(page):
    assert not [key for key in keys(page) if ":" in key]


def test_few_numbers_have_no_place(page):
    """Only what is declared and not computed: limits, numbers of items, counts of rows."""
    declared = Counter(key for key in keys(page) if not key.isalpha())
    assert sum(declared.values()) < 0.1 * len(keys(page))


def test_without_a_record_the_page_stands(study, tables, parts):
    page = render_page(study, tables, {}, **parts)
    assert record(page)["numbers"] == {}
    assert not [key for key in keys(page) if ":" in key]
