"""Every number of the page knows where it comes from."""

import base64
import itertools
import json
import re
import struct
import zlib
from collections import Counter
from html.parser import HTMLParser

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
    """The record as page.js opens it: `numbers` become [row, column, value]."""
    packed = re.search(r'<script type="text/plain" id="numbers">([^<]*)</script>', page)[1]
    opened = zlib.decompress(base64.b64decode(packed))
    (length,) = struct.unpack_from("<I", opened)
    found = json.loads(opened[4 : 4 + length])
    values = struct.unpack(f"<{len(found['row'])}d", opened[4 + length :])
    rows, columns = itertools.accumulate(found["row"]), itertools.accumulate(found["column"])
    held, following = [], 0
    for keys in found["held"]:
        keys = list(range(following, following + keys)) if isinstance(keys, int) else keys
        following = keys[-1] + 1 if keys else following
        held.append(keys)
    numbers = list(zip(rows, columns, values, strict=True))
    return {**found, "numbers": numbers, "held": held}


class Places(HTMLParser):
    """What stands at each place of the page that the record tells of, as page.js finds them."""

    def __init__(self, page):
        super().__init__()
        self.all, self._open, self._edition = [], [], ""
        self.feed(page)
        self.counted = [place for place in self.all if place["text"].strip() and not place["own"]]
        self.declared = [place for place in self.all if place["own"]]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if given.get("class") == "edition":
            self._edition = given["data-lang"]
        if "data-v" in given or (tag == "td" and "class" not in given):
            own = given.get("data-v") or ""
            self.all.append({"text": "", "own": own, "edition": self._edition})
            self._open = [*(self._open if tag == "span" else []), (tag, self.all[-1])]
        elif tag in ("td", "tr"):
            self._open = []

    def handle_endtag(self, tag):
        if tag == "table":
            self._open = []
        if self._open and tag == self._open[-1][0]:
            self._open.pop()

    def handle_data(self, data):
        for _, place in self._open:
            place["text"] += data


def test_each_place_holds_numbers_with_all_their_digits(page, tables, numbers):
    found, places = record(page), Places(page).counted
    assert len(places) == len(found["held"])
    assert {key for keys in found["held"] for key in keys} == set(range(len(found["numbers"])))
    assert len(found["numbers"]) > 100
    for row, column, value in found["numbers"]:
        table, name, _ = found["rows"][row]
        kept = numbers["tables"][found["tables"][table][0]]["rows"][name]
        assert kept[found["columns"][column]] == value


def test_what_stands_at_a_place_is_its_number(page):
    """Whatever has digits in it: two decimals are the same number in both."""
    found, alike = record(page), 0
    for place, keys in zip(Places(page).counted, found["held"], strict=True):
        printed = re.fullmatch(r"([\u2212]?\d*\.\d\d)\**", place["text"].strip())
        if printed and len(keys) == 1:
            value = float(printed[1].replace("\u2212", "-"))
            assert found["numbers"][keys[0]][2] == pytest.approx(value, abs=0.0050001), place
            alike += 1
    assert alike > 100


def test_both_languages_hold_the_same_numbers(page):
    found, held = record(page), {"en": Counter(), "zh": Counter()}
    for place, keys in zip(Places(page).counted, found["held"], strict=True):
        held[place["edition"]].update(keys)
    assert held["en"] == held["zh"] and held["en"]


def test_a_number_tells_n_rule_files_and_the_command(page):
    found = record(page)
    ((row, column, _),) = [each for each in found["numbers"] if each[2] == 38.1252]
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


def test_no_place_of_a_table_is_left_in_the_page(page):
    assert not re.findall(r'data-v="?[^ >"]*:', page)


def test_few_numbers_have_no_place(page):
    """Only what is declared and not computed: limits, numbers of items, counts of rows."""
    places = Places(page)
    assert len(places.declared) < 0.1 * len(places.counted)


def test_without_a_record_the_page_stands(study, tables, parts):
    page = render_page(study, tables, {}, **parts)
    found = record(page)
    assert found["numbers"] == [] and not any(found["held"])
    assert len(found["held"]) == len(Places(page).counted)
