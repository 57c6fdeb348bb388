"""Invariance and moderation on the page."""

import re
from html import unescape

import pytest

from grassroots.report.chapters.invariance import highest_step
from grassroots.report.page import render_page

INVARIANCE = (
    "model,by,step,chi2,df,cfi,rmsea,delta_chi2,delta_df,p,delta_cfi,delta_rmsea,estimator,n,groups,"
    "srmr,against,released,status,message\n"
    "three,sex,configural,115.9,48,.923,.097,,,,,,ML,301,2,.068,,,ok,\n"
    "three,sex,metric,124,54,.921,.093,8.19,6,.224,-.002,-.004,ML,301,2,.072,configural,,ok,\n"
    "three,sex,scalar,164.1,60,.882,.107,40.06,6,1e-7,-.038,.015,ML,301,2,.08,metric,,ok,\n"
    "three,sex,partial_scalar,129.4,58,.919,.09,5.38,4,.25,-.002,-.002,ML,301,2,.07,metric,"
    "x1 ~ 1; f =~ x1,ok,\n"
)
MEANS = (
    "model,by,factor,level,reference,est,se,z,p,ci_low,ci_high,d,n,n_reference,step,estimator\n"
    "three,sex,a,female,male,.58,.12,4.92,1e-6,.35,.81,.62,150,151,partial_scalar,ML\n"
)
MODERATION = (
    "model,path,term,b,se,t,p,ci_low,ci_high,n,outcome,beta,df,r2,delta_r2,method,status,message\n"
    "chain,intercept -> c,intercept,3,.1,30,1e-9,2.8,3.2,320,c,,307,.3,,t,ok,\n"
    "chain,b -> c,b,-.13,.05,-2.6,.01,-.23,-.03,320,c,-.14,307,.3,,t,ok,\n"
    "chain,b -> c,b:w,.17,.08,2.03,.043,.01,.34,320,c,.1,307,.3,.009,t,ok,\n"
    "chain,sex=female -> c,sex=female,.1,.1,1,.3,-.1,.3,320,c,.05,307,.3,,t,ok,\n"
    "chain,a -> b -> c,index,.09,.05,,.041,.004,.188,320,c,,,,,percentile,ok,\n"
    "chain,a -> b -> c,index,.09,.05,,.041,.003,.185,320,c,,,,,bca,ok,\n"
)
EFFECTS = (
    "model,path,at,value,est,se,ci_low,ci_high,method,effect,p,n,draws,n_failed\n"
    "chain,a -> b -> c,low,2.07,-.12,.04,-.21,-.05,percentile,indirect,.0004,320,5000,0\n"
    "chain,a -> b -> c,low,2.07,-.12,.04,-.22,-.06,bca,indirect,.0004,320,5000,0\n"
)
SLOPES = (
    "model,path,at,value,est,se,t,p,ci_low,ci_high,n,df,x_low,x_high,y_low,y_high,significant\n"
    "chain,b -> c,low,2.07,-.23,.07,-3.2,.002,-.36,-.09,320,307,2.8,4.1,3,2.7,\n"
    "chain,b -> c,boundary,2.78,-.1,.05,-1.97,.05,-.2,0,320,307,,,,,below\n"
)
TABLES = {
    "invariance": INVARIANCE,
    "latent_means": MEANS,
    "moderation": MODERATION,
    "conditional_effects": EFFECTS,
    "simple_slopes": SLOPES,
}


@pytest.fixture
def said(study, tables, parts):
    """The text of the page in one language."""
    model = {"id": "chain", "predictor": "a", "mediators": ["b"], "outcome": "c", "moderator": "w"}
    both = {
        "w": {"en": "Support", "zh": "支持", "within": "support"},
        "sex=female": {"en": "female", "zh": "女"},
    }

    def of(language="en", **changed):
        own = {**study, "structural": [model], "names": study["names"] | both}
        page = render_page(own, {**tables, **TABLES, **changed}, {}, **parts)
        start = page.index(f'class="edition" data-lang="{language}"')
        edition = page[start : page.find('<div class="edition"', start) if start else None]
        text = re.sub(r"<[^>]*>", " ", re.sub(r"</?(i|span|sup|sub)\b[^>]*>", "", edition))
        return re.sub(r"[\s\xa0]+", " ", unescape(text))

    return of


def steps(text):
    header, *lines = text.strip().split("\n")
    return [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]


def test_the_highest_step_that_holds():
    rows = steps(INVARIANCE)
    assert highest_step(rows) == "partial_scalar"
    assert highest_step(rows[:3]) == "metric"
    assert highest_step(rows[:1]) == "configural"
    worse = [{**row, "delta_rmsea": ".0151"} if row["step"] == "metric" else row for row in rows]
    assert highest_step(worse) == "configural"
    assert highest_step([{"step": "configural", "chi2": ""}]) == ""


def test_invariance_is_told(said):
    english, chinese = said(), said("zh")
    assert "partial scalar invariance" in english
    assert "The step that fails: Scalar, Δχ²(6) = 40.06, p < .001, ΔCFI = −.038" in english
    assert "Released: intercept of Item one, loading of Item one." in english
    assert "N = 301. Difference from male, from the step: Partial scalar." in english
    assert "部分强等值）成立" in chinese and "未成立的一步为强等值：Δχ²(6)=40.06" in chinese


def test_latent_means_without_equal_intercepts_are_not_to_be_compared(said):
    without = "\n".join(INVARIANCE.split("\n")[:4]) + "\n"
    assert "Equal intercepts were not reached" in said(invariance=without)
    assert "Equal intercepts were not reached" not in said()


def test_groups_that_could_not_be_compared_say_why(said):
    refused = INVARIANCE.split("\n")[0] + (
        "\nthree,sex,configural,,,,,,,,,,ML,,2,,,,small_groups,Too few complete rows\n"
    )
    text = said(invariance=refused, latent_means=MEANS.split("\n")[0])
    assert "could not be compared by sex (ML): a group has too few complete answers." in text


def test_moderation_is_told(said):
    english, chinese = said(), said("zh")
    assert "the relation of beta with gamma differs with support (interaction b = 0.17" in english
    assert "Simple slopes by support: −1 SD (2.07): b = −0.23, p = .002." in english
    assert "The slope differs from zero where support is below 2.78" in english
    assert "via beta: index of moderated mediation 0.09, 95% CI [0.004, 0.188]" in english
    assert "observed scores alone" in english
    assert "Beta × Support" in english and "Sex: female" in english
    assert "有调节的中介指数为 0.09" in chinese and "支持低于 2.78 时" in chinese


def test_an_interaction_without_a_finding_is_no_finding(said):
    weak = MODERATION.replace(".043,.01,.34", ".43,-.1,.34")
    text = said(moderation=weak)
    assert "no sign that the relation of beta with gamma differs with support" in text


def test_a_moderated_model_that_failed_says_why(said):
    failed = MODERATION.split("\n")[0] + "\nchain,,,,,,,,,6,,,,,,,too_few_cases,6 rows\n"
    empty = {name: TABLES[name].split("\n")[0] for name in ("conditional_effects", "simple_slopes")}
    text = said(moderation=failed, **empty)
    assert "Chain could not be estimated: there are too few cases." in text
