"""The chapters of interviews and recommendations."""

import re
from html import unescape

import pytest

from grassroots.report.evidence_words import read_evidence, read_where
from grassroots.report.page import render_page


def both(text):
    return {"en": text, "zh": f"{text}（中）"}


INTERVIEWS = {
    "themes": "level,theme,code,n_interviews,n_excerpts,suppressed\n"
    "home,,,6,9,False\nhome,family,,6,9,False\nhome,family,care,6,8,False\n"
    "home,family,roles,,,True\nhome,future,,0,0,False\nhome,future,goals,0,0,False\n",
    "saturation": "order,interview,new_codes,cumulative_codes,expected_codes\n"
    + "".join(f"{i},P0{i},{int(i < 3)},{min(i, 2)},1.5\n" for i in range(1, 8)),
    "coder_agreement": "code,coders,n,percent_agreement,kappa,alpha,unit\n"
    "care,C1; C2,12,.9166666,.8123,.8156,excerpt\nroles,C1; C2,12,1.0,,,excerpt\n"
    ",C1; C2,36,.9722222,.7321,.7345,excerpt\n",
    "excerpts": "theme,code,interview,excerpt\n"
    "family,care,P01,<script>alert(1)</script> <b>late</b>\nfamily,care,P01,second of P01\n"
    "family,care,P02,first of P02\n",
    "joint_display": "theme,table,row,statistic,direction,expects,state,est,ci_low,ci_high,p\n"
    'family,group_differences,"outcome=c, by=sex, test=welch_t",welch_t,negative,nonzero,'
    "converges,-2.77,,,.013\n"
    'family,correlations,"x=a, y=b",r,positive,negative,diverges,.38,.1,.6,.004\n'
    "future,,,,,,silent,,,,\n",
    "recommendations": "id,level,finding,verdict,state\n"
    "R1,individual,H1,supported,called_for\n"
    'R2,society,"regression[model=steps, step=2, term=sex=male]: positive",not_supported,'
    "not_called_for\n",
}
STUDY = {
    "interviews": {
        "unit": "excerpt",
        "excerpts": 2,
        "reviewed": True,
        "facts": {"duration": both("about an hour")},
    },
    "recommendations": {
        "R1": {"title": both("Do this"), "text": both("It is <i>good</i>.")},
        "R2": {"title": both("Do that"), "text": both("Never printed.")},
    },
}
NAMES = {
    "interviews.level=home": both("At home"),
    "interviews.theme=family": both("Family"),
    "interviews.theme=future": both("Future"),
    "interviews.code=care": both("caring"),
    "interviews.code=roles": both("roles"),
    "interviews.code=goals": both("goals"),
}


@pytest.fixture
def page(study, tables, parts):
    """The HTML of one chapter in one language."""

    def of(name, language="en", **changed):
        own = {**study, **STUDY, **changed.pop("study", {})}
        own["names"] = {**study["names"], **NAMES}
        html = render_page(own, {**tables, **INTERVIEWS, **changed}, {}, **parts)
        chapter = re.search(
            rf'<section aria-labelledby="{language}-{name}">.*?</section>', html, re.S
        )
        return chapter.group() if chapter else ""

    return of


def plain(html):
    text = re.sub(r"<[^>]*>", " ", re.sub(r"</?(i|span|sup|sub)\b[^>]*>", "", html))
    return re.sub(r"[\s\xa0]+", " ", unescape(text))


def test_themes_are_counted_and_small_counts_hidden(page):
    text = plain(page("interviews"))
    assert "7 interviews were coded under 3 codes in 2 themes." in text
    assert "Duration about an hour" in text
    assert "At home Family 6 9 Future 0 0" in text
    assert "Family caring 6 8 roles not shown not shown Future goals 0 0" in text
    assert "共编码访谈 7 份，编码框架含 2 个主题、3 个编码。" in plain(page("interviews", "zh"))


def test_an_excerpt_is_text_whatever_is_in_it(page):
    html = page("interviews")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;late&lt;/b&gt;" in html
    assert "<script>" not in html and "<b>" not in html


def test_excerpts_are_spread_over_interviews_and_limited(page):
    text = plain(page("interviews"))
    assert "Excerpts: 2 of 3 that were reviewed" in text
    assert "first of P02" in text and "second of P01" not in text


@pytest.mark.parametrize("declared", [{"reviewed": False}, {"excerpts": 0}, None])
def test_nothing_is_quoted_without_review(page, declared):
    own = declared and {**STUDY["interviews"], **declared}
    html = page("interviews", study={"interviews": own})
    assert "late" not in html and "first of P02" not in html
    assert "7 interviews" in plain(html)


def test_agreement_and_saturation_in_words(page):
    text = plain(page("interviews"))
    assert (
        "C1 and C2 agree in 97.2% of 36 decisions (code by code on passages); "
        "Cohen's κ = .73, Krippendorff's α = .73." in text
    )
    assert "caring 12 91.7% .81 .82 roles 12 100.0% \u2013 \u2013 All codes 36 97.2%" in text
    assert "2 codes occur. The last new one came in P02; the 5 interviews after it" in text
    late = INTERVIEWS["saturation"].replace("7,P07,0,2", "7,P07,1,3")
    assert "still brought a new one" in plain(page("interviews", saturation=late))
    alone = INTERVIEWS["coder_agreement"].splitlines()[0] + "\n"
    assert "agreement is not known" in plain(page("interviews", coder_agreement=alone))


def test_themes_stand_beside_their_statistics(page):
    text = plain(page("interviews"))
    assert "converge in 1 rows and diverge in 1; in 1 one of the two is silent" in text
    assert "Family 6 Gamma by sex t = \u22122.77, p = .013 a difference ✓ converges" in text
    assert "Alpha with Beta r = .38, 95% CI [.10, .60], p = .004 negative ✗ diverges" in text
    assert "Future 0 no question was about it – silent" in text


def test_advice_is_given_with_its_finding_alone(page):
    html = page("recommendations")
    text = plain(html)
    assert "Do this . It is <i>good</i>. Called for by: H1, A is related to C." in text
    assert "&lt;i&gt;good" in html
    assert "Never printed" not in text
    assert re.search(r"Do that Society .*male.* in “C on A”: positive Not supported", text)
    assert "simulated" not in text
    simulated = plain(page("recommendations", study={"simulated": True}))
    assert "follow from simulated numbers" in simulated
    assert "由模拟数据推出" in plain(page("recommendations", "zh", study={"simulated": True}))


def test_without_a_finding_there_is_no_advice(page):
    rows = INTERVIEWS["recommendations"].replace("supported,called_for", "partly,not_called_for")
    text = plain(page("recommendations", recommendations=rows))
    assert "These data call for none of the recommendations." in text
    assert "It is" not in text
    assert page("recommendations", recommendations="id,level\n") == ""
    assert page("interviews", themes="level,theme\n") == ""


def test_evidence_is_read_as_it_was_written():
    text = "mediation[path=a -> b -> c, term=sex=male]: positive"
    table, where, expects, higher = read_evidence(text)
    assert higher == []
    assert (table, expects) == ("mediation", "positive")
    assert (
        where
        == {"path": "a -> b -> c", "term": "sex=male"}
        == read_where("path=a -> b -> c, term=sex=male")
    )
    assert read_evidence("H1") is None
    ordered = read_evidence("group_differences[outcome=c, by=sex]: nonzero, higher: male, other")
    assert ordered[2:] == ("nonzero", ["male", "other"])


def test_levels_that_should_be_higher_are_named(page):
    finding = '"group_differences[outcome=c, by=sex]: nonzero, higher: male"'
    rows = INTERVIEWS["recommendations"].replace("R1,individual,H1", f"R1,individual,{finding}")
    text = plain(page("recommendations", recommendations=rows))
    assert "Called for by: Gamma by sex: a difference, higher: male." in text
