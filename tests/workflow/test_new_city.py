"""docs/new-city.md and docs/new-study.md, walked to the letter on a file that nobody has seen."""

from pathlib import Path

import pytest
from unseen import SECRET, write_export
from walking import Walk, fences, with_environment

ROOT = Path(__file__).parents[2]
SMALL_CONFIG = """\
datasets:
  political_democracy:
    protocol: industry_and_democracy
seed: 1
draws: 100
alpha: 0.05
smallest_cell: 5
languages: [{first}, {second}]
"""


@pytest.fixture
def walk(copy_of_project, tmp_path):
    """A walk in a copy of the project with one dataset in it and the export among the downloads."""

    def begin(language: str) -> Walk:
        checkout = copy_of_project(tmp_path / "project")
        with_environment(checkout.folder)
        second = "zh" if language == "en" else "en"
        config = SMALL_CONFIG.format(first=language, second=second)
        (checkout.folder / "config.yaml").write_text(config, encoding="utf-8")
        downloads = tmp_path / "home" / "Downloads"
        downloads.mkdir(parents=True)
        write_export(downloads / "harbin.xlsx")
        return Walk(checkout.folder, tmp_path / "home")

    return begin


@pytest.mark.parametrize("document", ["new-city", "new-study"])
def test_both_languages_have_the_same_commands_and_edits(document):
    en, zh = (fences(ROOT / "docs" / f"{document}{end}") for end in (".md", ".zh.md"))
    assert [kind for kind, _ in en] == [kind for kind, _ in zh]
    for (kind, english), (_, chinese) in zip(en, zh, strict=True):
        assert kind == "text" or english == chinese


@pytest.mark.parametrize("document", ["new-city", "new-study"])
def test_english_to_the_finished_page(document, walk):
    journey = walk("en")
    blocks = fences(ROOT / "docs" / f"{document}.md")
    for kind, text in blocks:
        journey.block(kind, text)
    assert blocks[-1][1].strip() == "snakemake --cores 4"
    assert journey.status == 0, journey.said
    page = (journey.folder / "results/harbin/report.html").read_text(encoding="utf-8")
    assert "data-language" in page or "lang=" in page
    # The other city was fine all along, and is built as well.
    assert (journey.folder / "results/political_democracy/report.html").is_file()
    assert_nothing_personal(journey)


@pytest.mark.parametrize("document", ["new-city", "new-study"])
def test_chinese_to_the_last_check(document, walk):
    journey = walk("zh")
    *blocks, (kind, last) = fences(ROOT / "docs" / f"{document}.zh.md")
    for each in blocks:
        journey.block(*each)
    assert (kind, last.strip()) == ("bash", "snakemake --cores 4")
    assert journey.status == 0
    assert_nothing_personal(journey)


def test_an_error_ends_the_check_with_a_status_of_its_own(walk):
    journey = walk("en")
    journey.run("snakemake --cores 1 check")
    assert journey.status == 0
    assert "political_democracy: nothing is wrong" in journey.said
    config = journey.folder / "config.yaml"
    config.write_text(
        config.read_text("utf-8").replace("seed:", "  nowhere:\n    protocol: psm_burnout\nseed:")
    )
    journey.run("snakemake --cores 1 check")
    assert journey.status == 1
    assert "make city NAME=nowhere PROTOCOL=psm_burnout" in journey.said
    assert "political_democracy: nothing is wrong" in journey.said
    assert not list((journey.folder / "results").glob("*/"))


def assert_nothing_personal(journey):
    """A phone number that somebody wrote into the questionnaire is in no file but the raw one."""
    assert SECRET not in "".join(journey.whole)
    for path in journey.folder.rglob("*"):
        inside = path.relative_to(journey.folder).parts[0] != ".venv"
        if inside and path.is_file() and path.suffix != ".xlsx":
            assert SECRET.encode() not in path.read_bytes(), path
