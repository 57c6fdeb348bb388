"""Faults in levels, joined categories and the examination of gaps, and what becomes of them."""

from pathlib import Path

import pytest

from grassroots.study import asked, sections
from grassroots.study.load import load_study
from grassroots.study.protocol_description import Variable

DESIGN = "protocols/psm_burnout.yaml"
TITLE = {"en": "x", "zh": "x"}
POLITICAL = "      no_affiliation: {en: no affiliation, zh: 群众}\n"
MERGE = POLITICAL + (
    "    merge:\n"
    "      others:\n"
    "        title: {en: others, zh: 其他}\n"
    "        levels: [democratic_party, no_affiliation]\n"
)


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "nearest"),
    [
        ("      - compassion\n      - self", "      - compasion\n      - self", "P102",
         "levels.height_of_scores.scales[7]", "compassion"),
        ("      - compassion\n      - self", "      - altruism\n      - self", "P103",
         "levels.height_of_scores.scales[10]", ""),
        ("at_least: 2.5", "at_least: 3.5", "P120", "levels.height_of_scores.bands.high", ""),
        (", at_least: 2.5", "", "P120", "levels.height_of_scores.bands.medium", ""),
        (", above: 3.5", ", above: 3.5, at_least: 3.5", "P120",
         "levels.height_of_scores.bands.high", ""),
        ("zh: 较低}}", "zh: 较低}, above: 1}", "P120", "levels.height_of_scores.bands.low", ""),
        ("missing:\n  scales: [public_service_motivation,", "missing:\n  scales: [motivation,",
         "P102", "missing.scales[0]", ""),
        (POLITICAL, MERGE.replace("[democratic_party,", "[democrats,"), "P102",
         "background.political_status.merge.others.levels[0]", ""),
        (POLITICAL, MERGE.replace("others:\n", "youth_league:\n"), "P103",
         "background.political_status.merge.youth_league", ""),
        (POLITICAL, MERGE.replace("[democratic_party, no_affiliation]", "[democratic_party]"),
         "F106", "background.political_status.merge.others.levels", ""),
    ],
)  # fmt: skip
def test_a_fault(edit, stopping_faults, old, new, code, where, nearest):
    edit(DESIGN, old, new)
    faults = {(fault.code, fault.where): fault for fault in stopping_faults()}
    assert (code, where) in faults, list(faults)
    assert faults[code, where].nearest == nearest or not nearest
    for fault in faults.values():
        assert "{" not in fault.text("en") + fault.text("zh")


def test_a_joined_level_stands_where_its_first_member_stood():
    levels = dict.fromkeys("abcd", TITLE)
    merge = {"x": {"title": TITLE, "levels": ["d", "b"]}}
    variable = Variable.model_validate({"title": TITLE, "levels": levels, "merge": merge})
    assert list(variable.analysed) == ["a", "x", "c"]
    assert variable.replaced == {"d": "x", "b": "x"}


def test_everything_after_screening_has_the_joined_level(edit, study_folder: Path):
    edit(DESIGN, POLITICAL, MERGE)
    study = load_study(study_folder)
    dataset = study.datasets["city_s"]
    joined = ["party_member", "youth_league", "others"]
    description = sections.description(study, dataset)
    assert description["background"]["political_status"] == joined
    groups = sections.group_comparisons(study, dataset)
    assert groups["background"]["political_status"] == joined
    assert sections.regressions(study, dataset)["levels"]["political_status"] == joined
    assert sections.names(study, dataset)["political_status=others"]["zh"] == "其他"
    merged = sections.scoring(study, dataset)["merged"]
    assert merged == {
        "political_status": {"democratic_party": "others", "no_affiliation": "others"}
    }
    (told,) = sections.page(study, dataset)["merged"]
    assert [member["en"] for member in told["members"]] == [
        "member of a democratic party", "no affiliation",
    ]  # fmt: skip


def test_what_is_not_asked_for_is_not_made(study_folder: Path):
    study = load_study(study_folder)
    gaps = {"missing_patterns", "missing_test", "fiml_comparison"}
    residuals = {"regression_diagnostics", "regression_residuals"}
    city, democracy = study.datasets["city_s"], study.datasets["political_democracy"]
    assert gaps | residuals <= set(asked.tables(city))
    assert not (gaps | residuals) & set(asked.tables(democracy))
    assert sections.description(study, democracy)["bands"] == {}
    assert len(sections.missing_answers(study, city)["items"]) == 60
