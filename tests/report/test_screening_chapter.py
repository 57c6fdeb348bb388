"""Screening on the page: who was asked, who came back and how, the signs and their limits."""

import re
from html import unescape

import pytest

from grassroots.report.page import render_page


def plain(html):
    """The text as it is read: marks within a line leave no blank."""
    text = re.sub(r"<[^>]*>", " ", re.sub(r"</?(i|span|sup|sub)\b[^>]*>", "", html))
    return re.sub(r"[\s\xa0]+", " ", unescape(text))


@pytest.fixture
def said(study, tables, parts):
    """The page, or one table of it, as words."""

    def of(language="en", table="", **screening):
        limits = {"pairs_above": 0.6, "sources": SOURCES}
        asked = {"exclude": [], "flags": limits, **screening}
        more = {"screening": asked, "eligible": ELIGIBLE, "smallest_cell": 5}
        page = render_page({**study, **more}, tables, {}, **parts)
        start = page.index(f'class="edition" data-lang="{language}"')
        edition = page[start : page.find('<div class="edition"', start) if start else None]
        if table:
            edition = edition.split(f'id="{language}-table-{table}"')[1].split("</table>")[0]
        return plain(edition)

    return of


SOURCES = {"seconds_per_item": {"en": "Huang et al. (2012)", "zh": "Huang 等（2012）"}}
ELIGIBLE = [
    {
        "variable": "sex",
        "levels": [{"en": "female", "zh": "女"}, {"en": "male", "zh": "男"}],
        "at_least": None,
        "at_most": None,
    },
    {"variable": "age", "levels": [], "at_least": 18.0, "at_most": 60.0},
]


def test_a_sign_stands_with_its_rule_its_source_and_its_n(said):
    table = said(table="flags")
    assert "Too fast fewer than 2 seconds an item Huang et al. (2012) 2 16 11.8%" in table
    assert "unheard of a rule of its own 1 17 5.9%" in table
    table = said("zh", "flags")
    assert "作答过快 平均每题不足 2 秒 Huang 等（2012） 2 16 11.8%" in table


def test_what_flags_nobody_says_so(said):
    table = said(table="flags")
    assert "Inconsistent halvesᵃ" in table
    assert "over 11 scales above −.30" in table
    assert "Shown only: flags nobody" in said()
    assert "仅供参考，不计入标记" in said("zh")
    assert "Too fastᵃ" not in table and "Flaggedᵃ" not in table


def test_what_is_not_computable_says_why(said):
    table = said(table="flags")
    assert "Not computable: the file has no address." in table
    assert "2 pairs of items with r > .60 Not computable: three such pairs" in table
    assert "无法计算：此类题项对不足三对。" in said("zh", "flags")


def test_the_flagged_stay_unless_the_study_removes_them(said):
    assert "1 respondents (5.9%) show counted signs of at least 2 kinds" in said()
    removed = said(exclude=["flagged"])
    assert "The study's rule removes them" in removed
    assert "No sign below removes anybody" not in removed
    assert "who were removed by a declared rule" in removed
    assert "按研究方案予以剔除" in said("zh", exclude=["flagged"])


def test_channels_are_named_unless_they_are_rare(said):
    table = said(table="channels")
    assert "WeChat 11 55.0%" in table
    assert "表格 5 25.0%" in table
    assert "others, each with fewer than 5, or not recorded 4 20.0%" in table
    assert "How the 20 returned questionnaires came in" in said()
    assert "微信 11 55.0%" in said("zh", "channels")


def test_who_was_asked_stands_in_words(said):
    assert "respondents with: Sex: female, male; Age: at least 18, at most 60." in said()
    assert "须符合下列条件：性别（女、男）；年龄（不低于 18、不高于 60）。" in said("zh")
