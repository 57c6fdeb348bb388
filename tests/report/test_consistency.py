"""The check of the finished page: it finds a p that does not follow from its statistic."""

import os
import re
from html import escape
from pathlib import Path

import pytest
from scipy import special

from grassroots.report.consistency import (
    Contradiction,
    _text,
    check,
    reported,
)
from grassroots.report.page import render_page
from grassroots.verification.printed_p import Printed, consistent, p_range


def results():
    return Path(os.environ.get("GRASSROOTS_RESULTS", Path(__file__).parents[2] / "results"))


PAGES = sorted(results().glob("*/report.html"))


@pytest.mark.parametrize(
    ("symbol", "value", "freedom", "sign", "p", "right"),
    [
        ("t", "−2.21", ("313.43",), "=", ".028", True),
        ("t", "−2.21", ("313.43",), "=", ".029", False),
        ("t", "−2.21", ("313.43",), "<", ".001", False),
        ("F", "13.81", ("3", "116.17"), "<", ".001", True),
        ("F", "0.44", ("3", "37.32"), "=", "0.728", True),
        # 0.435 gives .729 and 0.445 gives .722: what lies between is what rounding can do.
        ("F", "0.44", ("3", "37.32"), "=", "0.721", False),
        ("χ²", "262.16", ("246",), "=", "0.229", True),
        ("χ²", "262.16", ("246",), "=", "0.239", False),
        ("r", ".38", ("15",), "=", ".132", True),
        ("z", "0.00", (), ">", ".999", True),
        ("χ²", "0.00", ("0",), "=", "1.000", True),
    ],
)
def test_a_p_is_held_against_what_rounding_allows(symbol, value, freedom, sign, p, right):
    assert consistent(Printed(symbol, value, freedom, sign, p, "here")) is right


def test_the_range_of_p_runs_over_all_that_rounds_alike():
    low, high = p_range(Printed("t", "2.00", ("30.00",), "=", ".054", ""))
    for statistic, df in ((1.995, 29.995), (2.005, 30.005), (2.0, 30.0)):
        assert low - 1e-12 <= 2 * special.stdtr(df, -statistic) <= high + 1e-12
    assert high - low == pytest.approx(0.0011, abs=2e-4)


LINE = "<p><i>t</i>(313.43)&nbsp;= −2.21, <i>p</i>&nbsp;= {p}, <i>d</i> = −0.25"
TABLE = (
    '<table><caption><span class="caption">Fit</span></caption><thead><tr>\n<th scope="col">Model'
    '\n<th scope="col" class="number">χ²\n<th scope="col" class="number"><i>df</i>\n'
    '<th scope="col" class="number"><i>p</i>\n</thead>\n<tbody>\n'
    '<tr><th scope="row">Four factors<td data-v="262.16456">262.16<td data-v="246">246'
    '<td data-v="0.22">{p}\n</tbody></table>'
)


@pytest.mark.parametrize(
    ("html", "right", "wrong"), [(LINE, ".028", ".128"), (TABLE, "0.229", "0.292")]
)
def test_a_wrong_p_stops_the_page(html, right, wrong):
    assert len(reported(html.format(p=right))) == 1
    check(html.format(p=right))
    with pytest.raises(Contradiction, match="not of your data"):
        check(html.format(p=wrong))


def sentences(page):
    return [_text(line) for line in re.findall(r"<li><span>(.*?)</span>\n", page)]


def test_no_sentence_with_a_statistic_and_its_p_is_overlooked(study, tables, parts):
    page = render_page(study, tables, {}, **parts)
    for sentence in sentences(page):
        statistics = len(re.findall(r"(?:t|F|χ²|H|r)\([\d., ]+\) ?=", sentence))
        assert len(reported(f"<p>χ²{escape(sentence)}")) == statistics, sentence


@pytest.mark.skipif(not PAGES, reason="no page was built: run the study first")
@pytest.mark.parametrize("path", PAGES, ids=[path.parent.name for path in PAGES])
def test_every_built_page_agrees_with_itself(path):
    page = path.read_text(encoding="utf-8")
    found = reported(page)
    assert len(found) >= 40
    assert [each for each in found if not consistent(each)] == []
    for sentence in sentences(page):
        statistics = len(re.findall(r"(?:t|F|χ²|H|r)\([\d., ]+\) ?=", sentence))
        assert len(reported(f"<p>χ²{escape(sentence)}")) == statistics, sentence
