"""docs/reviewing.md walked to the letter, on the two real datasets."""

from pathlib import Path

import pytest
import yaml
from walking import Walk, fences, with_environment

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "docs/reviewing.md", ROOT / "docs/reviewing.zh.md"]


@pytest.fixture(scope="module")
def journey(tmp_path_factory, copy_of_project):
    """The whole walk in a copy of the project; the simulated studies are not built."""
    folder = tmp_path_factory.mktemp("review")
    checkout = copy_of_project(folder / "project")
    with_environment(checkout.folder)
    checkout.keep_real_datasets()
    (folder / "home").mkdir()
    walk = Walk(checkout.folder, folder / "home")
    statuses = []
    for kind, block in fences(DOCUMENTS[0]):
        walk.block(kind, block)
        if kind == "bash":
            statuses.append((block, walk.status, walk.said))
    return walk, statuses


def test_every_command_of_the_document_ends_well(journey):
    _, statuses = journey
    assert len(statuses) == 9
    for block, status, said in statuses:
        assert status == 0, f"{block}\n{said}"


def test_the_reviewer_holds_the_papers(journey):
    walk, _ = journey
    paper = yaml.safe_load((walk.home / "codecheck/codecheck.yml").read_text("utf-8"))
    folder = walk.home / "codecheck"
    assert all((folder / each["file"]).is_file() for each in paper["manifest"])
    for name in ("codecheck/certificate.en.md", "run-record.json", "results/index.html"):
        assert (folder / name).is_file()


def test_the_blanks_are_those_that_the_document_explains(journey):
    walk, _ = journey
    text = (walk.home / "codecheck/codecheck.yml").read_text("utf-8")
    blanks = [line.strip() for line in text.splitlines() if "FIXME" in line]
    explained = "reference repository name ORCID summary check_time certificate report".split()
    assert [blank.lstrip("- ").partition(":")[0] for blank in blanks] == explained


def test_the_number_that_was_taken_as_an_example_is_computed_again(journey):
    _, statuses = journey
    said = next(said for block, _, said in statuses if "--forcerun" in block)
    assert "political_democracy" in said and "1 of 1 steps" in said


def test_the_twin_says_what_it_is(journey):
    walk, _ = journey
    page = (walk.folder / "results/holzinger1939_twin/report.html").read_text("utf-8")
    assert "Simulated data." in page


def test_both_languages_have_the_same_commands_and_edits():
    en, zh = map(fences, DOCUMENTS)
    assert en == zh


def test_every_state_that_verify_prints_is_explained(root):
    for document, language in zip(DOCUMENTS, ("en", "zh"), strict=True):
        messages = yaml.safe_load((root / f"workflow/messages/{language}.yaml").read_text("utf-8"))
        text = document.read_text("utf-8")
        states = [said for key, said in messages.items() if key.startswith("state_")]
        assert len(states) == 9
        for state in states:
            assert state.removeprefix("与设定") in text, state
