"""Checklists: an item is answered by what the page has or the author says, else it is open."""

import re
from pathlib import Path

import pytest
import yaml

from grassroots.report.checklists import ORDER, read_checklists
from grassroots.report.page import render_page

REPORT = Path(__file__).parents[2] / "report"
TEXTS = {
    path.stem: path.read_text("utf-8") for path in sorted((REPORT / "checklists").glob("*.yaml"))
}
LISTS = {each.id: each for each in read_checklists(TEXTS)}
# Every place that a page can have: its chapters, sections, tables and facts of the interviews.
CATALOGUE = yaml.safe_load((REPORT / "locale" / "en.yaml").read_text("utf-8"))
PLACES = {key.partition(".")[2] for key in CATALOGUE if key.startswith(("chapter.", "section."))}
PLACES |= {f"table-{key[6:]}" for key in CATALOGUE if key.startswith("table.")}
PLACES |= {f"fact-{key[16:]}" for key in CATALOGUE if key.startswith("fact.interviews.")}


@pytest.fixture
def section(study, tables, parts):
    """The chapter of checklists in one language."""

    def of(language="en", checklists=None, tables=tables, **changed):
        own = {**study, **changed}
        lists = list(LISTS.values()) if checklists is None else checklists
        page = render_page(own, tables, {}, **parts, checklists=lists)
        found = re.search(
            rf'<section aria-labelledby="{language}-checklists">(.*?)</section>', page, re.DOTALL
        )
        return found[1] if found else ""

    return of


def one(html, title):
    """One checklist: what is answered, what is open."""
    fold = next(part for part in html.split("<details>") if f"<summary>{title}" in part)
    answered, _, unanswered = fold.partition("<strong>")
    return answered, unanswered


@pytest.mark.parametrize("name", LISTS)
def test_a_checklist_is_whole(name):
    checklist = LISTS[name]
    numbers = [item.number for item in checklist.items]
    assert len(numbers) == len(set(numbers)) >= 20
    assert checklist.when in ORDER and set(checklist.title) == {"en", "zh"}
    for item in checklist.items:
        assert re.fullmatch(r"[a-z][a-z_]+", item.id)
        assert re.search("[一-鿿]", item.zh) and item.en.isascii()
        assert len(item.en) < 110 and len(item.zh) < 40  # a paraphrase, no copy
        assert set(item.found) <= PLACES, item


def test_what_two_checklists_ask_alike_has_one_id():
    assert {"ethics", "incentives"} <= {i.id for i in LISTS["jars_quant"].items}
    assert {"ethics", "incentives"} <= {i.id for i in LISTS["cherries"].items}


def test_only_what_concerns_the_study_is_listed(section):
    html = section()
    titles = re.findall(r"<summary>(.*?) \(", html)
    assert titles == [
        "APA JARS–Quant", "STROBE, cross-sectional studies",
        "APA JARS–Quant, structural equation models",
    ]  # fmt: skip
    assert "CHERRIES" in section(online=True) and "COREQ" not in section(online=True)


def test_an_item_is_answered_by_a_section_that_is_there(section, tables):
    answered, unanswered = one(section(), "APA JARS–Quant (")
    assert 'Reliability of the scores in this sample: <a href="#en-reliability">' in answered
    assert "Approval by an ethics committee" in unanswered
    less = {name: text for name, text in tables.items() if name != "reliability"}
    answered, unanswered = one(section(tables=less), "APA JARS–Quant (")
    assert "Reliability of the scores in this sample" in unanswered


def test_the_counts_are_those_of_the_lists(section):
    for language in ("en", "zh"):
        html = section(language)
        for fold in html.split("<details>")[1:]:
            title = re.search(r"<summary>(.*?)</summary>", fold)[1]
            numbers = sorted(map(int, re.findall(r"\d+", title.split("）")[-1].split(")")[-1])))
            answered = fold.partition("<strong>")[0]
            assert numbers == sorted([answered.count("<dt>"), fold.count("<dt>")])


def test_an_author_answers_an_item_in_every_checklist_that_asks(section):
    said = {"en": "Approved by <b>nobody</b>.", "zh": "未经审批。"}
    html = section(online=True, reporting={"ethics": said})
    assert html.count("Approved by &lt;b&gt;nobody&lt;/b&gt;.") == 2
    assert "<b>nobody" not in html
    assert "未经审批。" in one(section("zh", reporting={"ethics": said}), "APA 量化")[0]


def test_simulated_data_are_no_comparison_with_others(section):
    assert 'href="#en-claims"' in section()
    assert 'href="#en-claims"' not in section(simulated=True)


def test_every_link_has_a_target(study, tables, parts):
    page = render_page({**study, "online": True}, tables, {}, **parts, checklists=LISTS.values())
    targets = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= targets


def test_without_checklists_there_is_no_chapter(section):
    assert section(checklists=[]) == ""
