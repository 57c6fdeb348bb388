"""Faults in explorations and comparisons, and the sections that rules get."""

import pytest

from grassroots.study import asked, sections
from grassroots.study.load import load_study

DESIGN = "protocols/psm_burnout.yaml"
EXPLORED = "  public_service_motivation: {rotation: oblimin, split_half: true}"
COMPARED = "  motivation: {one_factor: true, second_order: true}"


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "nearest"),
    [
        (EXPLORED, EXPLORED.replace("public_", "publik_"), "P102",
         "exploration.publik_service_motivation", "public_service_motivation"),
        (EXPLORED, EXPLORED.replace("{", "{factors: 19, "), "P111",
         "exploration.public_service_motivation", ""),
        (EXPLORED, EXPLORED.replace("oblimin", "promax"), "F106",
         "exploration.public_service_motivation.rotation", ""),
        (EXPLORED, EXPLORED.replace("{", "{factors: 0, "), "F106",
         "exploration.public_service_motivation.factors", ""),
        (COMPARED, COMPARED.replace("motivation", "motivations"), "P102",
         "comparisons.motivations", "motivation"),
        (COMPARED, COMPARED.replace("motivation", "self_efficacy"), "P112",
         "comparisons.self_efficacy", ""),
        ("      - [public_service_motivation, career_calling]\n",
         "      - [public_service_motivation, calling]\n", "P102",
         "comparisons.four_constructs.merged[0][1]", ""),
        ("      - [public_service_motivation, career_calling]\n",
         "      - [career_calling, career_calling]\n", "P104",
         "comparisons.four_constructs.merged[0][1]", ""),
        ("  drop_below_citc: 0.3", "  drop_below_citc: 30", "F106", "items.drop_below_citc", ""),
    ],
)  # fmt: skip
def test_a_fault_in_what_is_asked_of_measurement(
    edit, stopping_faults, old, new, code, where, nearest
):
    edit(DESIGN, old, new)
    faults = {(fault.code, fault.where): fault for fault in stopping_faults()}
    assert (code, where) in faults, list(faults)
    assert "{" not in faults[code, where].text("en") + faults[code, where].text("zh")
    if nearest:
        assert faults[code, where].nearest == nearest


def test_the_halves_are_those_of_the_exploration(study_folder):
    study = load_study(study_folder)
    city = study.datasets["city_s"]
    halves = sections.other_halves(study, city)
    # The model of the four constructs has other items too; the others belong to no exploration.
    assert halves["models"] == ["motivation"]
    assert sections.other_halves(study, study.datasets["holzinger1939"]) == {}
    (plan,) = sections.explorations(study, city).values()
    assert plan["factors"] is None and plan["split_half"]
    assert sum(len(items) for items in plan["dimensions"].values()) == 24


def test_what_is_not_asked_for_is_no_table(study_folder):
    study = load_study(study_folder)
    tables = {"exploration", "efa", "efa_correlations", "eigenvalues", "cfa_comparison"}
    tables |= {"item_rule", "scales_without"}
    assert tables <= set(asked.tables(study.datasets["city_s"]))
    assert not tables & set(asked.tables(study.datasets["holzinger1939"]))
