"""The sentences to copy, as they come from the tables."""

import re
from html import unescape

import pytest

from grassroots.report.page import render_page


@pytest.fixture
def lines(study, tables, parts):
    """The sentences of one language."""

    def of(language="en", study=study, **changed):
        page = render_page(study, {**tables, **changed}, {}, **parts)
        start = page.index(f'class="edition" data-lang="{language}"')
        end = page.find('<div class="edition"', start)
        found = re.findall(r"<li><span>(.*?)</span>\n", page[start : end if end > 0 else None])
        return [unescape(re.sub(r"<[^>]*>", "", line)).replace("\xa0", " ") for line in found]

    return of


@pytest.mark.parametrize(
    "line",
    [
        "By sex, the score for gamma was lower in the group “male” (M = 2.60, SD = 0.65) than in "
        "the group “female” (M = 2.80, SD = 0.62), Welch's t(16.83) = −2.77, p = .013 "
        "(Holm-corrected p = .026), d = −0.31, 95% CI [−0.53, −0.09].",
        "Gamma by sex: Levene's test gave no sign of unequal variances, F(1, 15) = 1.00, p = .317; "
        "assuming equal variances, t(15) = −2.76, p = .014.",
        "Gamma by sex, Mann–Whitney test: U = 30.50, p = .020, rrb = −.19, [CI].",
        "Gamma did not differ significantly by age, Welch's F(2, 8.20) = 3.10, p = .090, η² = .10, "
        "90% CI [.00, .30].",
        "Gamma by age, Kruskal–Wallis test: H(2) = 4.10, p = .130, ε² = .10.",
        "C on A, step 1 (outcome: gamma, n = 17): R² = .24, adjusted R² = .18, F(2, 14) = 3.76, "
        "p = .050.",
        "C on A, step 2: with alpha added, ΔR² = .11, ΔF(1, 13) = 45.90, p < .001; the whole model "
        "(outcome: gamma, n = 17), R² = .35, adjusted R² = .29, F(3, 13) = 5.94, p = .009.",
        "C on A, step 2: with the other predictors held equal, alpha was negatively related to "
        "gamma, b = −0.42, SE = 0.06, β = −.33, t(13) = −6.80, p < .001, 95% CI [−0.54, −0.30].",
        "Little's test gave no sign that answers were missing other than completely at random, "
        "χ²(3) = 4.20, p = .240.",
        "Alpha (3 items, n = 17): α = .81, 95% CI [.70, .90], ω = .82.",
        "Beta (3 items, n = 17): α = .60, 95% CI [.40, .70].",
        "The fit of “Three factors” (ML, N = 17) was χ²(24) = 85.31, p < .001, CFI = .930, "
        "TLI = .900, RMSEA = .090, 90% CI [.070, .110], SRMR = .065.",
        "Chain, latent variables: the indirect effect relating alpha to gamma via beta was b = "
        "1.24, SE = 0.35, β = .40, 95% CI [0.55, 1.90] (delta method); the interval excludes zero.",
        "Chain, observed scores: the indirect effect relating alpha to gamma via beta was b = "
        "0.70, SE = 0.20, β = .30, 95% CI [0.30, 1.00] (percentile bootstrap, 5,000 samples); the "
        "interval excludes zero.",
    ],
)
def test_a_sentence_in_english(lines, line):
    line = line.replace("[CI]", "95% CI [−.31, −.06]")
    assert line in lines()


@pytest.mark.parametrize(
    "line",
    [
        "在性别上，“男”组（M=2.60，SD=0.65）的丙得分显著低于“female”组（M=2.80，SD=0.62），"
        "Welch t(16.83)=−2.77，p=0.013（Holm 校正后 p=0.026），d=−0.31，95%CI [−0.53, −0.09]。",
        "丙在年龄上差异不显著，Welch F(2, 8.20)=3.10，p=0.090，η²=0.10，90%CI [0.00, 0.30]。",
        "Little 完全随机缺失检验未发现数据偏离完全随机缺失，χ²(3)=4.20，p=0.240。",
        "A对C的回归，模型 2：控制其他变量后，甲与丙呈显著负相关，b=−0.42，SE=0.06，β=−0.33，"
        "t(13)=−6.80，p<0.001，95%CI [−0.54, −0.30]。",
        "甲（3 个题项，n=17）的信度：α=0.81，95%CI [0.70, 0.90]，ω=0.82。",
        "链（潜变量）：甲经由乙与丙之间的间接效应为 b=1.24，SE=0.35，β=0.40，95%CI [0.55, 1.90]"
        "（Delta 法），置信区间不包含 0。",
    ],
)
def test_a_sentence_in_chinese(lines, line):
    assert line in lines("zh")


def test_each_language_has_as_many_sentences(lines):
    assert len(lines()) == len(lines("zh")) > 15


def test_a_correlation_is_told_if_a_hypothesis_names_it(lines, tables):
    assert not [line for line in lines() if "correlated" in line]
    named = tables["hypotheses"].replace("mediation[model=chain]", "correlations[x=a, y=b]")
    found = [line for line in lines(hypotheses=named) if "correlated" in line]
    assert found == [
        "Alpha and beta were positively correlated, r(15) = .38, 95% CI [.10, .60], p = .004."
    ]


def test_significant_groups_are_followed_by_the_pairs(lines, tables):
    significant = tables["group_differences"].replace("3.1,2,8.2,.09,", "3.1,2,8.2,.01,")
    pairs = tables["post_hoc"].replace("-.3,.1,-3,.2,", "-.3,.1,-3,.02,")
    line = next(
        each
        for each in lines(group_differences=significant, post_hoc=pairs)
        if each.startswith("Gamma differed significantly by age")
    )
    assert line.endswith("Significant pairs after Games–Howell: young < middle-aged.")


def test_the_means_of_a_suppressed_group_are_not_told(lines, tables):
    hidden = tables["group_means"].replace("c,sex,female,7,2.7953,.6163", "c,sex,female,,,")
    line = next(each for each in lines(group_means=hidden) if "Welch's t(16.83)" in each)
    assert line.startswith("Gamma differed significantly by sex") and "M =" not in line


def test_of_further_outcomes_the_tests_without_a_finding_share_a_sentence(lines, tables):
    more = tables["group_differences"] + (
        "b,sex,welch_t,-.5,16.83,,.623,.9,cohens_d,-.1,-.3,.1,17,ok,,True,2,2,\n"
        "b,age,welch_anova,.4,2,8.2,.683,.9,eta2,.01,0,.1,15,ok,,True,2,3,\n"
    )
    assert (
        "Beta did not differ significantly by sex, t(16.83) = −0.50, p = .623; by age, "
        "F(2, 8.20) = 0.40, p = .683 (Welch's tests)."
    ) in lines(group_differences=more)


def test_planted_html_stays_text(study, tables, parts):
    planted = "<img src=x>"
    names = {key: {"en": planted, "zh": planted} for key in study["names"]}
    page = render_page({**study, "names": names}, tables, {}, **parts)
    assert "<img" not in page
