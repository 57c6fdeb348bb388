"""Levels, joined categories, missing answers and residuals on the page."""

import re
from html import unescape

import pytest

from grassroots.report.page import render_page


@pytest.fixture
def said(study, tables, parts):
    """The text of the page in one language, or of one of its tables."""

    def of(language="en", table="", figures=None, **changed):
        page = render_page(study, {**tables, **changed}, figures or {}, **parts)
        start = page.index(f'class="edition" data-lang="{language}"')
        edition = page[start : page.find('<div class="edition"', start) if start else None]
        if table:
            edition = edition.split(f'id="{language}-table-{table}"')[1].split("</table>")[0]
        text = re.sub(r"<[^>]*>", " ", re.sub(r"</?(i|span|sup|sub)\b[^>]*>", "", edition))
        return re.sub(r"[\s\xa0]+", " ", unescape(text))

    return of


def test_the_word_for_a_mean_is_that_of_the_protocol(said):
    assert "Beta 17 2.90 0.70 1.00 5.00 0.20 −0.10 medium" in said(table="descriptives")
    assert "中等" in said("zh", "descriptives")
    assert "By their means, medium: Beta (M = 2.90)." in said()


def test_cut_offs_stand_with_their_source_and_their_limits(said):
    english, chinese = said(), said("zh")
    assert "low: below 2.5; medium: from 2.5 up to 3.5; high: above 3.5 (a habit)." in english
    assert "Such cut-offs are conventions. They do not diagnose anybody" in english
    assert "较低：低于 2.5；中等：不低于 2.5 且不高于 3.5；较高：高于 3.5（惯例）" in chinese
    assert "不构成诊断" in chinese


def test_small_bands_are_not_shown(said):
    assert "Beta not shown not shown 11 64.7%" in said(table="levels")
    assert "Gamma 5 29.4% 12 70.6% 0 0.0%" in said(table="levels")
    assert "乙 不列出 不列出 11 64.7%" in said("zh", "levels")


def test_a_joined_category_says_what_it_joins(said):
    assert "Age: “old” joins sixty and older, which are analysed as one." in said()
    assert "年龄：“老年”由六十和older（中）合并而成" in said("zh")


def test_patterns_of_few_are_not_told(said):
    table = said(table="missing-patterns")
    assert "all items answered 9 52.9%" in table
    assert "Item one, x2 not shown" in table
    assert "3 other patterns not shown" in table
    assert "9 respondents (52.9%) answered every item examined" in said()


def test_a_test_that_could_not_be_made_says_why(said):
    header = "statistic,df,p,n_patterns,status\n"
    failed = said(missing_test=f"{header},,,3,too_few_cases\n")
    assert "could not be computed: there are too few cases." in failed
    assert "χ²(3) = 4.20, p = .240" in said()


def test_all_answers_beside_the_complete_rows(said):
    english = said()
    assert "instead of the 15 complete ones, 1 of the 2 paths and effects lead" in english
    assert "Indirect via beta 0.20 0.10 .060 0.21 0.10 .040" in said(table="fiml-chain")
    assert "n = 17 by FIML" in english
    assert "结论一致" in said("zh")


def test_a_comparison_without_numbers_says_why(said, tables):
    rows = tables["fiml_comparison"].splitlines()
    status = "chain,total,a -> c,ML,,,,,,,,not_converged,,,,,,,,not_converged"
    text = said(fiml_comparison=f"{rows[0]}\n{status}\n")
    assert "Chain could not be estimated both ways: the estimation did not converge." in text


def test_only_the_last_step_of_a_regression_is_diagnosed(said):
    english = said()
    assert "C on A: the residual variance is unequal (Breusch–Pagan, p = .028)" in english
    assert "no sign that the residuals are not normal (Shapiro–Wilk, p = .620)" in english
    table = said(table="regression-checks")
    assert "9.10 3 .028 17" in table
    assert "2.90" not in table
    assert "Largest VIF Age: old 8.45" in table
    assert "残差方差不齐" in said("zh")


def test_a_group_whose_numbers_would_tell_of_a_smaller_one(said, tables):
    means = tables["group_means"].replace(
        "c,age,middle,6,2.6,.7,2.2,3,ok,", "c,age,middle,,,,,,suppressed,x"
    )
    means = means.replace("c,age,old,2,", "c,age,old,,")
    table = said(table="groups-c", group_means=means)
    assert "2 middle-agedc not shown –" in table
    assert "3 olda not shown –" in table
    assert "Not shown: the numbers of a smaller group" in said(group_means=means)


def test_ranks_have_their_effect_size(said):
    assert "U = 30.50 p = .020 rrb = −.19" in said(table="group-tests-c")
    assert "ε² = .10" in said(table="group-tests-c")
