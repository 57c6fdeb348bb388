"""`reporting` in a codebook: keys that a checklist has, and those that none has."""

import shutil
from pathlib import Path

import pytest

from grassroots.study import sections
from grassroots.study.load import load_study
from grassroots.study.reporting_checks import reported_items

ROOT = Path(__file__).parents[2]
CODEBOOK = "data/raw/city_s/codebook.yaml"
SAID = "reporting:\n  {}: {{en: Approved., zh: 已批准。}}\nsimulated: true\n"


@pytest.fixture(autouse=True)
def checklists(study_folder):
    shutil.copytree(ROOT / "report" / "checklists", study_folder / "report" / "checklists")


def test_what_the_author_says_reaches_the_page(edit, study_folder):
    edit(CODEBOOK, "simulated: true\n", SAID.format("ethics"))
    study = load_study(study_folder)
    page = sections.page(study, study.datasets["city_s"])
    assert page["reporting"] == {"ethics": {"en": "Approved.", "zh": "已批准。"}}
    assert page["online"] is True
    assert sections.page(study, study.datasets["holzinger1939"])["reporting"] == {}


def test_a_key_that_no_checklist_has_is_named_with_the_nearest(edit, left_out):
    edit(CODEBOOK, "simulated: true\n", SAID.format("etics"))
    (fault,) = left_out()["city_s"]
    assert (fault.code, fault.where, fault.nearest) == ("S171", "reporting.etics", "ethics")


def test_a_text_in_one_language_is_not_enough(edit, left_out):
    edit(CODEBOOK, "simulated: true\n", "reporting:\n  ethics: {en: Approved.}\nsimulated: true\n")
    (fault,) = left_out()["city_s"]
    assert (fault.code, fault.where) == ("F105", "reporting.ethics.zh")


def test_the_items_of_all_checklists_are_known(study_folder):
    items = reported_items(study_folder)
    assert {"ethics", "funding", "response_rate", "sem_equivalent", "guide"} <= set(items)
    assert len(items) == len(set(items)) > 80
