"""What the catalogues may not say: that something causes something, or a limit without a source."""

import re
from pathlib import Path

import pytest
import yaml

from grassroots.report.references import cited, read_references

REPORT = Path(__file__).parents[2] / "report"
LANGUAGES = ("en", "zh")
CAUSAL = {
    "en": re.compile(
        r"\b(caus(?:e|es|ed|ing|al|ally)|because of|leads? to|led to|effects? of \{|"
        r"impact(?:s|ed)?|influenc(?:e|es|ed|ing)|affect(?:s|ed|ing)?|results? in|due to|"
        r"improv(?:e|es|ed|ing)|reduc(?:e|es|ing)|increas(?:e|es|ed|ing)|promot(?:e|es|ed)|"
        r"determines?|predicts?|drives?)\b"
    ),
    "zh": re.compile(
        "导致|引起|引发|造成|影响|使得|促进|提升|提高|降低|改善|决定|促使|削弱|增强|预测|的作用"
    ),
}
# Key: what in its text only looks like a claim about causes.
ALLOWED = {
    "en": {
        "fiml.all": "lead to the same conclusion",
        "fiml.some": "lead to the same conclusion",
        "screening.sensitivity.all": "lead to the same conclusion",
        "screening.sensitivity.some": "lead to the same conclusion",
        "methods.cross_sectional": "do not show what causes what",
    },
    "zh": {
        "note.figure.simple_slopes": "时的预测值",
        "residuals.shapiro_wilk.against": "系数检验受此影响不大",
        "residuals.cook.large": "个别个案影响很大",
        "index.left_out.lead": "其他数据集不受影响",
    },
}
# A decimal or a percentage in a text of the catalogue is a limit, but for these.
LIMIT = re.compile(r"(?<![\d{.])0?\.\d{2,3}(?!\d)|\d+ ?%")
NO_LIMIT = {
    "note.stars": "levels of significance",
    "note.groups": "a level of significance",
    "note.figure.likert": "which shares are printed",
    "note.items.critical_ratio": "follows a note that names the source of 27%",
    "fig.scree.random": "the percentile, of which the note of the figure names the source",
}
CONFIDENCE = re.compile(r"90% ?(CI|interval|置信区间)|95th percentile|第 95 百分位数")
CITATION = re.compile(r"\w[^0-9]{0,60}(19|20)\d\d")


def catalogue(language):
    return yaml.safe_load((REPORT / "locale" / f"{language}.yaml").read_text("utf-8"))


def works():
    return read_references((REPORT / "references.yaml").read_text("utf-8"))


def claims_of_causes(language, texts):
    """Keys of texts with a causal word that is not allowed there; a placeholder is no word."""
    found = []
    for key, text in texts.items():
        rest = text.replace(ALLOWED[language].get(key, "\0"), "").replace("{cause}", "{x}")
        if CAUSAL[language].search(rest):
            found.append(key)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_what_causes_what(language):
    texts = catalogue(language)
    assert claims_of_causes(language, texts) == []
    for key, phrase in ALLOWED[language].items():
        assert phrase in texts[key]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Motivation reduces burnout."),
        ("en", "There is an effect of {x} on {y}."),
        ("zh", "动机对倦怠有显著影响。"),
        ("zh", "{x}显著降低{y}。"),
    ],
)
def test_a_claim_of_a_cause_is_found(language, text):
    assert claims_of_causes(language, {"key": text}) == ["key"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_to_copy_hold_results_and_no_judgement(language):
    """What a result means stands elsewhere: here is only what was found."""
    judging = re.compile(
        r"\b(good|acceptable|excellent|poor|strong|weak|important|confirm|prove|should)|"
        "良好|理想|较好|说明|证明|证实|表明了|重要|建议"
    )
    texts = {key: text for key, text in catalogue(language).items() if key.startswith("say.")}
    assert len(texts) > 30
    assert [key for key, text in texts.items() if judging.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_has_its_source(language):
    texts = catalogue(language)
    limits = [key for key, text in texts.items() if LIMIT.search(CONFIDENCE.sub("", text))]
    assert len(limits) > 10
    without = [key for key in limits if key not in NO_LIMIT and not cited(works(), texts[key])]
    assert without == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_citation_is_in_the_list(language):
    """Of whatever stands before a year some work is found, so that no citation goes without."""
    years = re.compile(r"[A-Z一-鿿][^0-9;；。]{0,45}?(19|20)\d\d(?!\d)")
    unknown = []
    for key, text in catalogue(language).items():
        unknown += [(key, m[0]) for m in years.finditer(text) if not cited(works(), m[0])]
    assert unknown == []


def test_both_languages_cite_the_same_works():
    said = [" ".join(catalogue(language).values()) for language in LANGUAGES]
    english, chinese = ({work.key for work in cited(works(), text)} for text in said)
    assert english == chinese
    # The sources of a study's own limits stand in its protocol.
    files = [*(REPORT / "checklists").iterdir(), *(REPORT.parent / "protocols").glob("*.yaml")]
    others = " ".join(path.read_text("utf-8") for path in files)
    assert {w.key for w in works()} == english | {w.key for w in cited(works(), others)}
