"""The parts of a whole questionnaire study: groups, regressions, screening, small cells."""

import re
from html import unescape

import pytest

from grassroots.report.chapters.post_hoc import inequalities
from grassroots.report.flow import read_flow
from grassroots.report.page import render_page
from grassroots.report.records import ResultTables
from grassroots.report.study_words import StudyWords

FLOW = "step,reason,n_before,n_removed,n_after\n"


def plain(html):
    """The text as it is read: marks within a line leave no blank."""
    text = re.sub(r"<[^>]*>", " ", re.sub(r"</?(i|span|sup|sub)\b[^>]*>", "", html))
    return re.sub(r"[\s\xa0]+", " ", unescape(text))


@pytest.fixture
def said(study, tables, parts):
    """The text of the page in one language, or of one of its tables."""

    def of(language="en", table="", **changed):
        own = {**study, **changed.pop("study", {})}
        page = render_page(own, {**tables, **changed}, {}, **parts)
        start = page.index(f'class="edition" data-lang="{language}"')
        edition = page[start : page.find('<div class="edition"', start) if start else None]
        if table:
            edition = edition.split(f'id="{language}-table-{table}"')[1].split("</table>")[0]
        return plain(edition)

    return of


def pair(low, high):
    return {"level_a": low, "level_b": high, "difference": "-1"}


def test_groups_below_the_same_groups_stand_together():
    places = {"a": 1, "b": 2, "c": 3, "d": 4}
    pairs = [pair("a", "b"), pair("a", "c"), pair("d", "b"), pair("d", "c")]
    assert inequalities(pairs, places) == "1,4<2,3"
    assert inequalities([pair("a", "b"), pair("d", "c")], places) == "1<2; 4<3"
    assert inequalities([{**pair("a", "b"), "difference": "1"}], places) == "2<1"
    assert inequalities([], places) == "\u2013"


def test_groups_are_told_with_and_without_the_correction(said):
    english = said()
    assert "Gamma differs between the groups of sex (Welch's test, p < .05" in english
    assert "No significant difference was found by age" in english
    assert "correction over the 2 tests all of these differences remain: sex" in english
    assert "经 Holm 法校正（共 2 次检验），上述显著差异仍然成立（性别）" in said("zh")


def test_a_group_table_is_that_of_a_thesis(said):
    assert "1 male 10 2.60 (0.65) t = \u22122.77 .013 .026 d = \u22120.31" in said(table="groups-c")
    assert "1 男 10 2.60±0.65 t=\u22122.77* 0.013 0.026 d=\u22120.31" in said("zh", "groups-c")


def test_a_small_group_is_flagged_and_not_counted(said):
    table = said(table="groups-c")
    assert re.search(r"3 olda <5 \u2013", table)
    assert re.search(r"2 middle-agedb 6", table)
    assert "a Too few respondents" in said().replace("ᵃ", "a")


def test_the_lsd_is_not_looked_at_after_a_test_without_a_finding(said, tables):
    assert "LSD" not in said(table="groups-c").replace("Post hoc", "")
    significant = tables["group_differences"].replace("3.1,2,8.2,.09,", "3.1,2,8.2,.01,")
    assert "LSD: 1<2" in said(table="groups-c", group_differences=significant)
    assert "1<2" in said(table="post-hoc-c")


def test_every_test_stands_in_the_details(said):
    details = said(table="group-tests-c")
    for shown in ("t(16.83) = \u22122.77 p = .013", "t(15) = \u22122.76", "F(1, 15) = 1.00",
                  "U = 30.50", "H(2) = 4.10"):  # fmt: skip
        assert shown in details


def test_a_comparison_that_failed_says_why(said, tables):
    failed = tables["group_differences"].splitlines()[0] + (
        "\nc,age,welch_anova,,,,,,,,,,2,too_few_groups,,True,0,1,old (2)\n"
    )
    table = said(table="groups-c", group_differences=failed)
    assert "fewer than two groups are large enough" in table


def test_a_regression_names_its_references_and_steps(said):
    table = said(table="regression-steps")
    assert "Age reference: young" in table and "middle-aged .11 (.040) .05 (.300)" in table
    assert "Alpha \u2212.33 (< .001)" in table
    assert "R² .24 .35" in table and "ΔF 45.90 (< .001)" in table
    assert "0.11*" in said("zh", "regression-steps")
    full = said(table="coefficients-steps")
    assert (
        "Alpha \u22120.42 0.06 \u2212.33 \u22126.80 < .001 [\u22120.54, \u22120.30] 1.10 0.07"
        in full
    )


def test_a_regression_is_told_as_an_association(said, parts):
    english = said()
    assert "gamma is lower where alpha is higher: b = \u22120.42, 95% CI" in english
    assert "ΔR² = .11 to R² = .35, ΔF(1, 13) = 45.90, p < .001" in english
    assert "The largest variance inflation factor is 8.45 (Age: old)" in english
    causal = re.compile(r"\b(cause[sd]?|lead[s]? to a|effect of|influence|impact)\b|导致|引起|影响")
    for texts in parts["texts"].values():
        keys = [key for key in texts if key.startswith(("regression.", "groups.", "kind."))]
        assert keys and not [key for key in keys if causal.search(texts[key])]


def test_robust_errors_that_change_a_conclusion_are_told(said, tables):
    assert "no coefficient changes sides" in said()
    changed = tables["regression"].replace("-.3,1.1,.07,1e-6", "-.3,1.1,.3,.16")
    assert "another conclusion follows for Alpha" in said(regression=changed)


def test_rates_are_shown_from_issued_to_valid(said):
    flow = FLOW + "issued,,25,0,25\nreturned,,20,0,20\nexcluded,duplicate,20,3,17\nvalid,,17,0,17\n"
    assert "Of 25 questionnaires that were issued, 20 were returned (80.0%)" in said(flow=flow)
    assert "共发放问卷 25 份，回收 20 份，回收率为 80.0%" in said("zh", flow=flow)
    assert "17 are valid and were analysed (85.0%)" in said(flow=flow)
    assert "issued" not in said()


@pytest.mark.parametrize("returned", ["returned,,20,0,20", "returned,,25,5,20"])
def test_the_flow_does_not_count_who_never_answered_as_excluded(returned):
    text = FLOW + f"issued,,25,0,25\n{returned}\nexcluded,x,20,3,17\nvalid,,17,0,17\n"
    flow = read_flow(ResultTables({"flow": text}))
    assert (flow.issued, flow.received, flow.valid) == ("25", "20", "17")
    assert [row["reason"] for row in flow.removals] == ["x"]


def test_results_without_the_flagged_stand_beside_the_others(said):
    table = said(table="sensitivity")
    assert "Gamma by sex d \u22120.31" in table and "△ other" in table
    assert "Alpha → Beta → Gamma Chain" in table
    assert "Without the flagged respondents, 1 of the 2 results below" in said()


SAMPLE = "variable,level,n,percent,suppressed\n"


def test_suppressed_cells_are_not_shown(said):
    one = SAMPLE + "sex,male,15,88,False\nsex,female,,,True\n"
    assert "female <5" in said(table="sample", sample=one)
    # Of two hidden cells one may be large: a limit would be untrue.
    two = SAMPLE + "age,young,11,64,False\nage,middle,,,True\nage,old,,,True\n"
    table = said(table="sample", sample=two)
    assert "middle-aged not shown" in table and "old not shown" in table and "<5" not in table
    assert "Counts from 1 to below 5 are not shown" in said(sample=two)
    assert "middle-agedb not shown" in said(table="groups-c", sample=two)


def test_method_bias_says_what_it_cannot_show(said, tables):
    english = said()
    assert "21.6% of the variance of all items, below the customary 40%" in english
    assert "it does not follow that they are free of method variance" in english
    high = tables["method_bias"].replace(".2158", ".4501")
    assert "not below the customary 40%" in said(method_bias=high)
    same = tables["method_bias"].replace("one_factor_cfi,.552", "one_factor_cfi,.952")
    assert "do not separate the scales from a common method" in said(method_bias=same)


def test_normality_is_told_by_how_many_scales_depart(said, tables):
    assert "items of 1 of 2 scales are not multivariate normal" in said()
    normal = tables["normality"].replace("10,.03,", "10,.3,")
    assert "no sign that the items of the 2 scales depart" in said(normality=normal)


def test_only_the_reported_estimator_is_told_in_full(said, tables):
    second = tables["cfa_loadings"].rstrip("\n").splitlines()
    again = "\n".join([*second, *(line.replace(",ML,", ",ULS,") for line in second[1:])]) + "\n"
    assert said(cfa_loadings=again, table="loadings") == said(table="loadings")


@pytest.mark.parametrize(
    ("evidence", "en", "zh"),
    [
        ("mediation[model=chain, scores=latent, effect=total]: positive; "
         "mediation[model=chain, scores=observed, effect=indirect, method=percentile]: positive",
         ": b = 1.80; b = 0.70", "：b=1.80；b=0.70"),
        ("; ".join(3 * ["mediation[model=chain, scores=latent]: positive"]),
         ": b = 0.10 to 1.80", "：b=0.10 至 1.80"),
        ("group_differences[outcome=c, by=sex, test=welch_t]: nonzero; "
         "group_differences[outcome=c, by=age, test=welch_anova]: nonzero",
         ": t = −2.77; F = 3.10", "：t=−2.77；F=3.10"),
        ("mediation[model=chain, scores=latent, effect=total]: positive; "
         "regression[model=nowhere]: positive", "", ""),
        ("reliability[scale=a]: positive; reliability[scale=b]: positive", "", ""),
    ],
)  # fmt: skip
def test_several_results_that_decide_are_shown(said, evidence, en, zh):
    row = f'H1,A is related to C.,"{evidence}",partly,,,,,2,1\n'
    head = "id,statement,evidence,verdict,est,ci_low,ci_high,p,n_results,n_expected\n"
    counted = {"en": "1 of 2 results as expected", "zh": "2 项结果中 1 项符合预期"}
    for language, estimates in (("en", en), ("zh", zh)):
        page = said(language, hypotheses=head + row)
        shown = page.partition(counted[language])[2].lstrip()
        assert shown.startswith(estimates) if estimates else shown[:1] not in ":："


@pytest.mark.parametrize(("language", "sign"), [("en", "Small sample"), ("zh", "偏小")])
@pytest.mark.parametrize(("n", "warned"), [(104, True), (105, False)])
def test_few_respondents_a_parameter_are_named(said, tables, language, sign, n, warned):
    fit = tables["cfa_fit"].replace("three,ML,17,21", f"three,ML,{n},21")
    fit = fit.replace("one_factor:a,ML,17", "one_factor:a,ML,30")
    sem = tables["sem_fit"].replace("chain,ML,17", "chain,ML,200")
    page = said(language, cfa_fit=fit, sem_fit=sem)
    assert (sign in page) == warned
    if warned:
        assert {"en": "(N = 104, 21 parameters)", "zh": "（N=104，参数 21 个）"}[language] in page
        assert "Bentler & Chou, 1987" in page


@pytest.mark.parametrize(("vif", "warned"), [("9.99", False), ("10", True)])
def test_collinear_terms_are_named(said, tables, vif, warned):
    page = said(regression=tables["regression"].replace("8.45", vif))
    assert ("VIF from 10 on, a common sign of collinearity" in page) == warned
    if warned:
        assert "(Hair et al., 2010): Age: old. Such" in page


@pytest.mark.parametrize(("failed", "inadmissible", "warned"), [(3, 2, False), (3, 3, True)])
def test_many_resamples_without_a_solution_are_said(said, tables, failed, inadmissible, warned):
    counted = f"17,100,{failed},{inadmissible},ok"
    rows = tables["mediation"].replace("17,5000,1,0,ok", counted)
    assert counted in rows
    assert ("More than 5% of these samples" in said(mediation=rows)) == warned
    assert ("失败或解不可接受者超过 5%" in said("zh", mediation=rows)) == warned


def test_a_title_stays_as_written_within_a_sentence_unless_its_protocol_says_how():
    names = {
        "a": {"en": "Job burnout", "zh": "职业倦怠", "within": "job burnout"},
        "b": {"en": "Holland code", "zh": "霍兰德代码"},
    }
    titles = [StudyWords({"names": names}, language) for language in ("en", "zh")]
    assert [titles[0].within(x) for x in "abc"] == ["job burnout", "Holland code", "c"]
    assert [titles[1].within(x) for x in "abc"] == ["职业倦怠", "霍兰德代码", "c"]
    assert titles[0].name("a") == "Job burnout"
