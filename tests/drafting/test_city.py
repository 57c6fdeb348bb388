"""Whole drafts: of the project's own files, and of the awkward ones."""

from pathlib import Path

import pytest
from unseen import write_export

from grassroots.drafting.__main__ import main
from grassroots.drafting.city import draft_city
from grassroots.drafting.files import design, write_new
from grassroots.drafting.speech import FOLDER, Speech
from grassroots.intake.recognition import recognise
from grassroots.study.codebook import Codebook
from grassroots.study.documents import read_document
from grassroots.study.yaml_source import load_yaml

ROOT = Path(__file__).parents[2]
OWN = {
    "city_s": "psm_burnout",
    "m_county": "burnout_correlates",
    "jincheng": "work_pressure",
    "political_democracy": "industry_and_democracy",
    "holzinger1939": "mental_abilities",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("city", "protocol"), OWN.items())
def test_the_codebooks_of_the_project_are_drafted_as_they_were_written(city, protocol, language):
    written = read_document(ROOT, f"data/raw/{city}/codebook.yaml", Codebook)[0].model
    export = recognise(ROOT / "data/raw" / city / written.file)
    text = draft_city(export, city, [written.file], design(ROOT, protocol), Speech(language))
    drafted = load_yaml(text)[0]
    for name, scale in written.scales.items():
        assert drafted["scales"][name]["items"] == list(scale.items)
    for name, variable in written.background.items():
        part = drafted["background"][name]
        assert part["column"] == variable.column
        assert {str(k): v for k, v in part.get("levels", {}).items()} == {
            str(k): v for k, v in variable.levels.items()
        }
    meta = drafted.get("meta", {})
    assert meta == written.meta.model_dump(mode="json", exclude_defaults=True)
    assert drafted["format"] == export.format
    # All that is left are the sentences that only a person can write.
    todo = [line for line in text.splitlines() if ": TODO" in line]
    assert len(todo) == (6 if "submitted" in meta else 8)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_of_nothing_is_left_out(language):
    speech = Speech(language)
    for key in ("column_unknown", "check_expected"):
        assert not {"{", "-"} & set(speech(key, title="x"))


def test_both_languages_say_the_same():
    en, zh = (load_yaml((FOLDER / f"{each}.yaml").read_text("utf-8"))[0] for each in ("en", "zh"))
    assert en.keys() == zh.keys()
    sources = "".join(path.read_text("utf-8") for path in FOLDER.parents[1].rglob("drafting/*.py"))
    for key in en:
        places = [set(_places(text[key])) for text in (en, zh)]
        assert places[0] == places[1], key
        assert f'"{key}"' in sources or key.endswith(("_en", "_zh")) or key.startswith("meta_"), key


def _places(text):
    import string

    return [name for _, name, _, _ in string.Formatter().parse(text) if name]


@pytest.fixture
def project(tmp_path):
    """A project with one small protocol and an empty city."""
    import shutil

    shutil.copytree(ROOT / "protocols", tmp_path / "protocols")
    shutil.copy(ROOT / "config.yaml", tmp_path)
    (tmp_path / "data/raw/town").mkdir(parents=True)
    return tmp_path


def put(project, name, text):
    path = project / "data/raw/town" / name
    path.write_text(text, encoding="utf-8")
    return path


TESTS = "sex,x1,x2,x3,x4,x5,x6,x7,x8,x9\n1,1,2,3,4,5,6,7,8,9\n2,2,3,4,5,6,7,8,9,1\n"


def run(project, *arguments, capsys):
    status = main(list(arguments), project)
    said = capsys.readouterr()
    return status, said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("city", "village", "mental_abilities"), "N101"),
        (("city", "town", "mental_abilities"), "N101"),
        (("city", "哈尔滨", "mental_abilities"), "N103"),
        (("city", "town", "mental_ability"), "C101"),
        (("protocol", "9", "data/raw/town/x.csv"), "N103"),
        (("protocol", "mine", "data/raw/town/x.csv"), "F101"),
    ],
)
def test_what_cannot_be_drafted_is_said_and_nothing_is_written(arguments, code, project, capsys):
    if code == "C101":
        put(project, "raw.csv", TESTS)
    before = sorted(project.rglob("*"))
    status, said = run(project, *arguments, capsys=capsys)
    assert status == 1
    assert f"[{code}]" in said
    assert sorted(project.rglob("*")) == before


def test_several_files_are_asked_about_and_one_can_be_named(project, capsys):
    put(project, "one.csv", TESTS)
    put(project, "two.csv", TESTS)
    status, said = run(project, "city", "town", "mental_abilities", capsys=capsys)
    assert (status, "[N102]" in said, 'FILE="one.csv"' in said) == (1, True, True)
    status, _ = run(project, "city", "town", "mental_abilities", "two.csv", capsys=capsys)
    assert status == 0
    assert "file: two.csv" in (project / "data/raw/town/codebook.yaml").read_text("utf-8")


def test_nothing_is_overwritten(project, capsys):
    put(project, "raw.csv", TESTS)
    mine = put(project, "codebook.yaml", "# mine\n")
    config = (project / "config.yaml").read_text("utf-8")
    status, said = run(project, "city", "town", "mental_abilities", capsys=capsys)
    assert (status, mine.read_text("utf-8")) == (0, "# mine\n")
    assert "codebook.draft.yaml" in said
    draft = project / "data/raw/town/codebook.draft.yaml"
    once = draft.read_text("utf-8")
    status, said = run(project, "city", "town", "mental_abilities", capsys=capsys)
    assert (status, "[N104]" in said, draft.read_text("utf-8")) == (1, True, once)
    after = (project / "config.yaml").read_text("utf-8")
    assert after.replace("  town:\n    protocol: mental_abilities\n", "") == config


def test_the_two_exports_of_one_survey_are_drafted_as_one(project, capsys):
    town = project / "data/raw/town"
    write_export(town / "by_number.xlsx", words=False)
    status, said = run(project, "city", "town", "burnout_correlates", capsys=capsys)
    assert status == 0
    assert "按文本" in said
    alone = load_yaml((town / "codebook.yaml").read_text("utf-8"))[0]
    # Codes are never matched silently: as many as there are levels are guessed, others asked for.
    assert alone["background"]["gender"]["levels"] == {"1": "male", "2": "female"}
    assert set(alone["background"]["rank"]["levels"].values()) == {"TODO"}
    assert alone["meta"]["consent"]["expected"] == [1]

    (town / "codebook.yaml").unlink()
    write_export(town / "by_text.xlsx")
    status, said = run(project, "city", "town", "burnout_correlates", capsys=capsys)
    assert status == 0
    both = load_yaml((town / "codebook.yaml").read_text("utf-8"))[0]
    assert {both["file"], both["second_file"]} == {"by_number.xlsx", "by_text.xlsx"}
    assert both["background"]["gender"]["levels"] == {"男性": "male", "女性": "female"}
    assert both["background"]["rank"]["levels"]["副科级"] == "deputy_section_head"


def test_a_study_needs_a_scale(project, capsys):
    put(project, "raw.csv", "性别,年龄\n男,30\n女,40\n")
    status, said = run(project, "protocol", "mine", "data/raw/town/raw.csv", capsys=capsys)
    assert (status, "[N105]" in said) == (1, True)


def test_what_looks_personal_is_in_no_draft(project, capsys):
    # What stands in a column beside personal data may be a name: it is not shown either.
    secrets = ["13812345678", "a.b@example.cn", "192.0.2.7", "张三丰"]
    rows = "\n".join(
        f"{n % 2 + 1},{secret},{n},2,3,4,5,6,7,8,9" for n, secret in enumerate(secrets)
    )
    put(project, "raw.csv", f"sex,联系电话,x1,x2,x3,x4,x5,x6,x7,x8,x9\n{rows}\n")
    status, said = run(project, "city", "town", "mental_abilities", capsys=capsys)
    assert status == 0
    text = (project / "data/raw/town/codebook.yaml").read_text("utf-8")
    status, more = run(project, "protocol", "mine", "data/raw/town/raw.csv", capsys=capsys)
    assert status == 0
    text += "".join(path.read_text("utf-8") for path in project.glob("protocols/**/mine*.yaml"))
    for secret in secrets:
        assert secret not in text + said + more


def test_a_file_that_appears_in_between_is_not_overwritten(tmp_path):
    there = tmp_path / "codebook.yaml"
    there.write_text("mine", "utf-8")
    with pytest.raises(FileExistsError):
        write_new(there, "draft")
    assert there.read_text("utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [there]


def test_what_is_missing_is_a_placeholder_with_its_question(project, capsys):
    put(project, "raw.csv", "x1,x2,x3\n1,2,3\n3,2,1\n")
    assert run(project, "city", "town", "mental_abilities", capsys=capsys)[0] == 0
    document, faults = read_document(project, "data/raw/town/codebook.yaml", Codebook)
    assert document is not None
    assert {fault.code for fault in faults} == {"F111"}
    places = {fault.where for fault in faults}
    assert {"background.sex.column", "background.sex.levels.TODO"} <= places
    assert "scales.ability_tests.items[0]" in places
    assert all(fault.words["what"] != "?" for fault in faults)
