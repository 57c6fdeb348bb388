"""Faults in the conditions of eligibility and in the limits of screening."""

import pytest

from grassroots.study import sections
from grassroots.study.load import load_study

DESIGN = "protocols/psm_burnout.yaml"
SCREENING = "screening:\n"


def eligible(condition):
    return SCREENING + f"  eligible:\n    {condition}\n"


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "nearest"),
    [
        (SCREENING, eligible("post_typ: {levels: [professional]}"), "P102",
         "screening.eligible.post_typ", "post_type"),
        (SCREENING, eligible("post_type: {levels: [profesional]}"), "P102",
         "screening.eligible.post_type.levels[0]", "professional"),
        (SCREENING, eligible("post_type: {at_least: 18}"), "P130",
         "screening.eligible.post_type", ""),
        (SCREENING, eligible("post_type: {}"), "P130", "screening.eligible.post_type", ""),
        (SCREENING, eligible("post_type: {levels: [professional], at_most: 3}"), "P130",
         "screening.eligible.post_type", ""),
        ("    synonyms: 0\n", "    synonyms: 2\n", "F106", "screening.flags.synonyms", ""),
        ("    synonyms: 0\n", "    synonims: 0\n", "F104", "screening.flags.synonims", "synonyms"),
        ("only_shown: [share_of_median,", "only_shown: [median,", "F106",
         "screening.flags.only_shown[0]", ""),
    ],
)  # fmt: skip
def test_a_fault(edit, stopping_faults, old, new, code, where, nearest):
    edit(DESIGN, old, new)
    faults = {(fault.code, fault.where): fault for fault in stopping_faults()}
    assert (code, where) in faults, list(faults)
    assert faults[code, where].nearest == nearest or not nearest
    for fault in faults.values():
        assert "{" not in fault.text("en") + fault.text("zh")


GENDER = "  gender:\n    title: {en: Gender, within: gender, zh: 性别}\n"
YEARS = "  years:\n    title: {en: Years, zh: 年数}\n"


@pytest.mark.parametrize("ends", ["{at_least: 60, at_most: 18}", "{levels: [young]}", "{}"])
def test_a_number_has_a_range(edit, stopping_faults, ends):
    edit(DESIGN, GENDER, YEARS + GENDER)
    edit(DESIGN, SCREENING, eligible(f"years: {ends}"))
    assert [fault.code for fault in stopping_faults()] == ["P130"]


def test_what_fits_is_no_fault_and_reaches_screening_and_page(edit, study_folder):
    edit(DESIGN, SCREENING, eligible("post_type: {levels: [professional]}"))
    edit(DESIGN, "exclude: [no_consent, failed_attention_check]", "exclude: [no_consent, flagged]")
    study = load_study(study_folder)
    assert not study.left_out
    rules = sections.screening(study, study.datasets["city_s"])
    assert rules["eligible"] == {
        "post_type": {"levels": ["professional"], "at_least": None, "at_most": None}
    }
    (condition,) = sections.page(study, study.datasets["city_s"])["eligible"]
    assert condition["levels"] == [{"en": "professional and technical", "zh": "专业技术"}]
